"""Bringing questionnaires and answers in from files: all that is good, or nothing (FIL-08)."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access.visibility import Visibility
from core.models import StoredFile, User
from core.operations.audit import record
from core.operations.file import store_upload
from core.rules.upload import FileKind
from engagement.models import Survey, SurveyAnswer, SurveyResponse
from engagement.operations.survey import create_survey, locked_survey
from engagement.operations.survey_question import write_questions
from engagement.operations.survey_response import answers_for, hash_of_answer_id
from engagement.queries.survey import current_version
from engagement.queries.survey_file import PURPOSE, AnswerTable
from engagement.queries.survey_question import asked_from, questions_of
from engagement.rules.submission import hour_of
from engagement.rules.survey_answer import Given, checked, content_key
from engagement.rules.survey_form import Asked
from engagement.rules.survey_import import given_in, question_for
from engagement.rules.xlsform import Reading
from partnerships.models import Partnership

ALLOWED = frozenset({FileKind.TABLE, FileKind.SPREADSHEET})
State = Survey.State
TAKING = (State.OPEN, State.CLOSED)
MOST_ERRORS = 100


@dataclass(frozen=True)
class RowRefusal:
    """A cell that is no answer, or a row that cannot be read."""

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class _Column:
    """Where the answers to a question stand."""

    place: int
    header: str
    question: Asked


class ImportRefusedError(Exception):
    """Nothing was brought in; ``rows`` says what is wrong where."""

    def __init__(self, reason: str, rows: Sequence[RowRefusal] = ()) -> None:
        super().__init__(reason)
        self.rows = tuple(rows)


@dataclass(frozen=True)
class Imported:
    """How many people's answers came in, and how many were here before."""

    added: int
    known: int


@transaction.atomic
def store_survey_file(*, partnership: Partnership, upload: UploadedFile[Any], by: User) -> StoredFile:
    """Keep a file that was brought; nothing is taken from it yet. Raises UploadError, QuotaFullError."""
    return store_upload(
        upload=upload,
        purpose=PURPOSE,
        allowed=ALLOWED,
        by=by,
        scope_id=partnership.scope_id,
        visibility=Visibility.COORDINATION,
    )


@transaction.atomic
def forget_survey_file(*, stored: StoredFile) -> None:
    """Remove a file that was brought: what people wrote stays nowhere but with the survey."""
    key = stored.storage_key
    stored.delete()
    transaction.on_commit(lambda: default_storage.delete(key))


@transaction.atomic
def create_survey_from_form(
    *,
    partnership: Partnership,
    reading: Reading,
    by: User,
    leaves_out: bool = False,
    stored: StoredFile | None = None,
) -> Survey:
    """A draft with the questions of an XLSForm; the ``stored`` file it came in is removed.

    Raises ImportRefusedError, unless what is bad is to be left out.
    """
    if reading.problems and not leaves_out:
        rows = [RowRefusal(one.row, one.sheet, one.message) for one in reading.problems]
        raise ImportRefusedError(_("Some rows cannot be used."), rows)
    survey = create_survey(
        partnership=partnership,
        by=by,
        languages=_languages(reading.questions),
        **_titles(reading.title, _languages(reading.questions)),
    )
    _write(survey, reading.questions)
    _forget(stored)
    return survey


@transaction.atomic
def create_survey_from_table(
    *,
    partnership: Partnership,
    table: AnswerTable,
    kinds: Sequence[str],
    title: str,
    language: str,
    by: User,
    stored: StoredFile | None = None,
) -> tuple[Survey, Imported]:
    """A closed survey with a question for each column that has a kind, and with the answers of the table.

    The ``stored`` file it came in is removed. Raises ImportRefusedError; then there is neither survey nor answer.
    """
    questions: list[Asked] = []
    places: dict[int, Asked] = {}
    refused = []
    for place, (column, kind) in enumerate(zip(table.columns, kinds, strict=True)):
        if not kind:
            continue
        try:
            question = question_for(column, code=f"Q{len(questions) + 1}", kind=kind, language=language)
        except ValueError as error:
            refused.append(RowRefusal(1, column.header, str(error)))
            continue
        questions.append(question)
        places[place] = question
    if refused or not questions:
        raise ImportRefusedError(_("Not every column can be used like this."), refused)
    survey = create_survey(
        partnership=partnership, by=by, languages=language, is_on_web=False, **{f"title_{language}": title[:160]}
    )
    _write(survey, questions)
    today = timezone.localdate()
    Survey.objects.filter(pk=survey.pk).update(state=State.CLOSED, opened_on=today, closed_on=today)
    survey.refresh_from_db()
    imported = _take(survey, table, places, language=language, by=by)
    _forget(stored)
    return survey, imported


@transaction.atomic
def import_answers(
    *, survey: Survey, table: AnswerTable, language: str, by: User, stored: StoredFile | None = None
) -> Imported:
    """Take over the answers of a table, each row one person's, all or none; the same file again adds nothing.

    The ``stored`` file they came in is removed. Raises ImportRefusedError while the survey takes no answers, where no
    column is one of its questions, and with every cell that is no answer.
    """
    locked = locked_survey(survey)
    if locked.state not in TAKING:
        raise ImportRefusedError(_("Answers come in while the survey is open, or before they are checked."))
    places = table.matched(asked_from(list(questions_of(current_version(locked)))))
    if not places:
        raise ImportRefusedError(_("No column has the code or the words of a question."))
    imported = _take(locked, table, places, language=language, by=by)
    _forget(stored)
    return imported


def _forget(stored: StoredFile | None) -> None:
    if stored is not None:
        forget_survey_file(stored=stored)


def _take(survey: Survey, table: AnswerTable, places: Mapping[int, Asked], *, language: str, by: User) -> Imported:
    version = current_version(survey)
    questions = list(questions_of(version))
    asked = asked_from(questions)
    refused = [RowRefusal(error.number, error.column or "", str(error.reason)) for error in table.errors]
    columns = [_Column(place, table.header[place], question) for place, question in places.items()]
    people: list[tuple[str, dict[str, Given]]] = []
    seen: Counter[str] = Counter()
    for number, cells in table.rows:
        given = _row(number, cells, columns=columns, asked=asked, refused=refused)
        key = hashlib.sha256("\x1f".join(cells).encode(errors="replace")).hexdigest()
        # Two people may have answered the same: the second equal row is another one.
        people.append((f"row:{key}:{seen[key]}", given))
        seen[key] += 1
    if refused:
        raise ImportRefusedError(_("Some cells cannot be used, so nothing was brought in."), refused[:MOST_ERRORS])
    hashes = {hash_of_answer_id(survey, name): given for name, given in people}
    known = set(SurveyResponse.objects.filter(survey=survey, sent_hash__in=hashes).values_list("sent_hash", flat=True))
    now = hour_of(timezone.now())
    responses = {
        hashed: _response(survey, version.pk, hashed, given, now=now, language=language)
        for hashed, given in hashes.items()
        if hashed not in known
    }
    SurveyResponse.objects.bulk_create(responses.values())
    SurveyAnswer.objects.bulk_create(
        [row for hashed, response in responses.items() for row in answers_for(response, questions, hashes[hashed])],
        batch_size=2_000,
    )
    if responses and version.frozen_on is None:
        type(version).objects.filter(pk=version.pk).update(frozen_on=timezone.localdate())
    changes = {"added": len(responses), "known": len(known)}
    record("survey.answers_imported", survey, by=by, scope_id=survey.partnership.scope_id, changes=changes)
    return Imported(len(responses), len(known))


def _row(
    number: int, cells: Sequence[str], *, columns: Sequence[_Column], asked: Sequence[Asked], refused: list[RowRefusal]
) -> dict[str, Given]:
    given: dict[str, Given] = {}
    for column in columns:
        try:
            given[column.question.code] = given_in(column.question, cells[column.place])
        except ValueError as error:
            refused.append(RowRefusal(number, column.header, str(error)))
    try:
        return checked(asked, given, allows_gaps=True)
    except ValidationError as error:
        headers = {column.question.code: column.header for column in columns}
        refused += [RowRefusal(number, headers.get(code, code), found[0]) for code, found in error.message_dict.items()]
        return {}


def _response(
    survey: Survey, version_id: Any, hashed: str, given: Mapping[str, Given], *, now: datetime, language: str
) -> SurveyResponse:
    return SurveyResponse(
        survey=survey,
        version_id=version_id,
        sent_hash=hashed,
        content_key=content_key(given),
        answered_hour=now,
        channel=SurveyResponse.Channel.IMPORTED,
        language=language,
    )


def _write(survey: Survey, questions: Sequence[Asked]) -> None:
    try:
        write_questions(version=current_version(survey), questions=questions)
    except ValidationError as error:
        raise ImportRefusedError(" ".join(error.messages)) from error


def _languages(questions: Sequence[Asked]) -> str:
    english = all(one.text_en for one in questions)
    italian = all(one.text_it for one in questions)
    if english == italian:
        return Survey.Languages.BOTH
    return Survey.Languages.ENGLISH if english else Survey.Languages.ITALIAN


def _titles(title: str, languages: str) -> dict[str, str]:
    codes = ("en", "it") if languages == Survey.Languages.BOTH else (languages,)
    return {f"title_{code}": title[:160] for code in codes}
