"""Writing the questions of a survey, while nobody has answered them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from engagement.models import Survey, SurveyOption, SurveyQuestion, SurveyVersion
from engagement.queries.survey import current_version
from engagement.queries.survey_question import OWN_FIELDS, as_asked, questions_of
from engagement.rules.survey import can_edit_wording
from engagement.rules.survey_form import LONGEST_RANKING, LONGEST_SCALE, WITH_OPTIONS, Asked, Choice, Kind, is_code
from metrics.models import Indicator

MOST_QUESTIONS = 200
MOST_OPTIONS = 60
KEYS = {"tenant", "version", "asked_after", "indicator"}


class WordingFrozenError(Exception):
    """These words may not be changed any more; the text says why."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))


@transaction.atomic
def add_question(
    *,
    survey: Survey,
    by: User | None,
    options: Sequence[Choice] = (),
    asked_after: SurveyQuestion | None = None,
    indicator: Indicator | None = None,
    **fields: Any,
) -> SurveyQuestion:
    """One more question at the end. Raises WordingFrozenError, ValidationError."""
    version = editable_version(survey)
    present = list(questions_of(version))
    if len(present) >= MOST_QUESTIONS:
        raise ValidationError(_("Two hundred questions are more than anybody answers."))
    question = SurveyQuestion(version=version, position=_after_all(version))
    fields.setdefault("code", next_code(version))
    _write(question, options, asked_after, indicator, fields)
    _record("survey.question_added", survey, question, by=by)
    return question


@transaction.atomic
def change_question(
    *,
    question: SurveyQuestion,
    by: User | None,
    options: Sequence[Choice] = (),
    asked_after: SurveyQuestion | None = None,
    indicator: Indicator | None = None,
    **fields: Any,
) -> SurveyQuestion:
    """Change a question and its options. Raises WordingFrozenError, ValidationError."""
    survey = question.version.survey
    locked = _locked(question)
    _write(locked, options, asked_after, indicator, fields)
    _record("survey.question_changed", survey, locked, by=by)
    return locked


@transaction.atomic
def move_question(*, question: SurveyQuestion, by: User | None, steps: int) -> None:
    """Move it up (below zero) or down; at either end it stays. Raises WordingFrozenError."""
    locked = _locked(question)
    order = list(questions_of(locked.version))
    place = next((place for place, one in enumerate(order) if one.pk == locked.pk), None)
    if place is None:
        return
    order.insert(max(0, min(len(order) - 1, place + steps)), order.pop(place))
    for position, one in enumerate(order, start=1):
        one.position = position
    SurveyQuestion.objects.bulk_update(order, ["position"])
    _record("survey.question_moved", question.version.survey, locked, by=by)


@transaction.atomic
def remove_question(*, question: SurveyQuestion, by: User | None) -> None:
    """Take it out; it can be put back while nothing is frozen. Raises WordingFrozenError."""
    locked = _locked(question)
    locked.is_removed = True
    locked.save(update_fields=["is_removed"])
    _record("survey.question_removed", question.version.survey, locked, by=by)


@transaction.atomic
def restore_question(*, question: SurveyQuestion, by: User | None) -> None:
    """Put back what was taken out, where it stood. Raises WordingFrozenError."""
    locked = _locked(question)
    locked.is_removed = False
    locked.save(update_fields=["is_removed"])
    _record("survey.question_restored", question.version.survey, locked, by=by)


@transaction.atomic
def copy_question(*, question: SurveyQuestion, by: User | None) -> SurveyQuestion:
    """The same question again, right below it. Raises WordingFrozenError."""
    locked = _locked(question)
    asked = as_asked(locked)
    fields = {name: getattr(asked, name) for name in OWN_FIELDS if name != "code"}
    copy = add_question(
        survey=question.version.survey,
        by=by,
        options=asked.options,
        asked_after=locked.asked_after,
        asked_if=locked.asked_if,
        **fields,
    )
    order = [one.pk for one in questions_of(locked.version)]
    move_question(question=copy, by=by, steps=order.index(locked.pk) - len(order) + 2)
    return copy


@transaction.atomic
def replace_questions(*, survey: Survey, questions: Sequence[Asked], by: User | None) -> None:
    """Put questions in the place of all there are. Raises WordingFrozenError, ValidationError."""
    version = editable_version(survey)
    present = SurveyQuestion.objects.filter(version=version)
    SurveyOption.objects.filter(question__in=present).delete()
    present.update(asked_after=None)
    present.delete()
    write_questions(version=version, questions=questions)
    changes = {"questions": len(questions)}
    record("survey.questions_replaced", survey, by=by, scope_id=survey.partnership.scope_id, changes=changes)


def write_questions(*, version: SurveyVersion, questions: Iterable[Asked]) -> None:
    """Fill an empty version with questions as plain values, in one go. Raises ValidationError.

    For whoever copies or imports; the caller holds the survey and writes history.
    """
    written: dict[str, SurveyQuestion] = {}
    options: list[SurveyOption] = []
    questions = list(questions)
    if len({asked.code for asked in questions}) != len(questions):
        raise ValidationError(_("Two questions have the same code."))
    for position, asked in enumerate(questions, start=1):
        question = SurveyQuestion(
            version=version,
            position=position,
            asked_after=written.get(asked.asked_after),
            asked_if=" ".join(asked.asked_if) if asked.asked_after in written else "",
            **{name: getattr(asked, name) for name in OWN_FIELDS},
        )
        _require_sound(question, asked.options)
        question.clean_fields(exclude=KEYS)
        question.validate_constraints(exclude=KEYS)
        written[asked.code] = question
        options += _options_for(question, asked.options)
    if len(written) > MOST_QUESTIONS:
        raise ValidationError(_("Two hundred questions are more than anybody answers."))
    SurveyQuestion.objects.bulk_create(written.values())
    SurveyOption.objects.bulk_create(options)


def keep_feeds(*, before: SurveyVersion, now: SurveyVersion) -> None:
    """Have the questions of a copy feed the indicators the same ones fed before; part of copying a survey."""
    rows = SurveyQuestion.objects.filter(version=before, indicator__isnull=False, is_removed=False)
    for code, indicator, counted in rows.values_list("code", "indicator_id", "counted_codes"):
        fed = SurveyQuestion.objects.filter(version=now, code=code)
        fed.update(indicator=indicator, counted_codes=counted)


def editable_version(survey: Survey) -> SurveyVersion:
    """The version whose words may be changed now, held until the transaction ends. Raises WordingFrozenError."""
    locked = Survey.objects.select_for_update().get(pk=survey.pk)
    version = current_version(locked)
    if not (verdict := can_edit_wording(locked, is_frozen=version.frozen_on is not None)):
        raise WordingFrozenError(verdict.reason)
    return version


def next_code(version: SurveyVersion) -> str:
    """The first free one of Q1, Q2, ..."""
    taken = set(SurveyQuestion.objects.filter(version=version).values_list("code", flat=True))
    return next(code for number in range(1, len(taken) + 2) if (code := f"Q{number}") not in taken)


def _locked(question: SurveyQuestion) -> SurveyQuestion:
    version = editable_version(question.version.survey)
    rows = SurveyQuestion.objects.select_related("version__survey__partnership", "asked_after")
    found: SurveyQuestion = rows.prefetch_related("options").get(pk=question.pk)
    if found.version_id != version.pk:
        raise WordingFrozenError(_("This is an older version of the survey: its words stay."))
    return found


def _write(
    question: SurveyQuestion,
    options: Sequence[Choice],
    asked_after: SurveyQuestion | None,
    indicator: Indicator | None,
    fields: dict[str, Any],
) -> None:
    for name, value in fields.items():
        setattr(question, name, value)
    if asked_after is not None and asked_after.version_id != question.version_id:
        raise ValidationError({"asked_after": _("This question belongs to another survey.")})
    partnership_id = question.version.survey.partnership_id
    if indicator is not None and indicator.partnership_id != partnership_id:
        raise ValidationError({"indicator": _("This indicator belongs to another partnership.")})
    question.asked_after, question.indicator = asked_after, indicator
    if asked_after is None:
        question.asked_if = ""
    _require_sound(question, options)
    require_known_codes(question, options)
    question.clean_fields(exclude=KEYS)
    question.validate_constraints(exclude=KEYS - {"tenant", "version"})
    question.save()
    SurveyOption.objects.filter(question=question).delete()
    SurveyOption.objects.bulk_create(_options_for(question, options))


def _require_sound(question: SurveyQuestion, options: Sequence[Choice]) -> None:
    """Raises ValidationError for what nobody could answer."""
    if not all(is_code(code) for code in (question.code, *(option.code for option in options))):
        raise ValidationError({"options": _("Codes are short and have letters, digits, hyphens or underscores only.")})
    if len({option.code for option in options}) != len(options):
        raise ValidationError({"options": _("Two answers have the same code.")})
    _require_right_number(question, len(options))
    if question.kind == Kind.SCALE:
        _require_scale(question)
    if question.nature != SurveyQuestion.Nature.SENSITIVE:
        question.basis = ""


def require_known_codes(question: SurveyQuestion, options: Sequence[Choice]) -> None:
    """Raises ValidationError for a code that counts for the indicator but that nobody can choose."""
    own = {name: getattr(question, name) for name in OWN_FIELDS}
    known = {choice.code for choice in Asked(**own, options=tuple(options)).choices}
    unknown = [code for code in question.counted_codes.split() if code not in known]
    if unknown and question.indicator is not None:
        terms = {"codes": " ".join(unknown), "known": " ".join(sorted(known))}
        raise ValidationError({"counted_codes": _("There is no answer %(codes)s. These are: %(known)s.") % terms})


def _require_right_number(question: SurveyQuestion, options: int) -> None:
    if question.kind in WITH_OPTIONS and options < 2:  # noqa: PLR2004 - a choice is between two
        raise ValidationError({"options": _("Write at least two answers to choose from.")})
    if options > MOST_OPTIONS:
        raise ValidationError({"options": _("Sixty answers are more than anybody reads.")})
    if question.kind == Kind.RANKING and options > LONGEST_RANKING:
        raise ValidationError({"options": _("At most five things can be put in order.")})


def _require_scale(question: SurveyQuestion) -> None:
    if question.lowest is None or question.highest is None:
        raise ValidationError({"lowest": _("Say where the scale begins and ends.")})
    if not 1 <= question.highest - question.lowest < LONGEST_SCALE:
        raise ValidationError({"highest": _("A scale has from two to eleven steps.")})


def _options_for(question: SurveyQuestion, options: Sequence[Choice]) -> list[SurveyOption]:
    rows = [
        SurveyOption(
            question=question,
            position=position,
            code=option.code,
            label_en=option.label_en,
            label_it=option.label_it,
            meaning=option.meaning,
        )
        for position, option in enumerate(options, start=1)
    ]
    for row in rows:
        row.clean_fields(exclude={"tenant", "question"})
    return rows


def _after_all(version: SurveyVersion) -> int:
    last = (
        SurveyQuestion.objects.filter(version=version).order_by("-position").values_list("position", flat=True).first()
    )
    return (last or 0) + 1


def _record(verb: str, survey: Survey, question: SurveyQuestion, *, by: User | None) -> None:
    changes = {"question": question.code, "kind": question.kind}
    record(verb, survey, by=by, scope_id=survey.partnership.scope_id, changes=changes)
