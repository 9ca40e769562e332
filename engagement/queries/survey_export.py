"""Answers as rows for a spreadsheet, for whoever may read each of them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.tabular.writing import Writable
from engagement.models import Survey, SurveyAnswer, SurveyQuestion, SurveyResponse
from engagement.queries.survey import current_version
from engagement.queries.survey_question import as_asked, questions_of
from engagement.queries.survey_result import counted_responses
from engagement.rules.survey_form import Asked, Kind, Nature

Reading = SurveyAnswer.Reading


def answer_rows(survey: Survey, *, with_sensitive: bool = False) -> tuple[list[str], Iterator[list[Writable]]]:
    """A heading for each question and a row for each person whose answers count, in no order of time.

    Words stand as they may be told once somebody read them, and not at all before (PRI-05). Questions on health, origin
    or beliefs are left out unless ``with_sensitive`` (PRI-06). There is no hour, and nothing that names a person.
    """
    version = current_version(survey)
    rows = [row for row in questions_of(version) if row.kind != Kind.SECTION]
    if not with_sensitive:
        rows = [row for row in rows if row.nature != Nature.SENSITIVE]
    asked = [as_asked(row) for row in rows]
    header = [_("Channel"), _("Language"), *(f"{one.code}. {one.text}" for one in asked)]
    responses = counted_responses(version).order_by("id").prefetch_related("answers")
    return header, _rows(responses.iterator(chunk_size=500), rows, asked)


def _rows(
    responses: Iterator[SurveyResponse], rows: list[SurveyQuestion], asked: list[Asked]
) -> Iterator[list[Writable]]:
    for response in responses:
        answers = {answer.question_id: answer for answer in response.answers.all()}
        cells = [_cell(answers.get(row.pk), one) for row, one in zip(rows, asked, strict=True)]
        yield [response.get_channel_display(), response.language, *cells]


def _cell(answer: SurveyAnswer | None, asked: Asked) -> Writable:
    if answer is None:
        return None
    if answer.number is not None:
        return answer.number.normalize()
    if answer.reading != Reading.NO_WORDS:
        return {Reading.CLEAR: answer.told_text, Reading.UNREAD: _("(not read yet)")}.get(
            Reading(answer.reading), _("(not told)")
        )
    labels = {choice.code: choice.label for choice in asked.choices}
    return "; ".join(labels.get(code, code) for code in answer.codes)
