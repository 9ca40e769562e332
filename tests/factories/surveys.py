"""Surveys with a few questions, and people who answer them."""

import itertools
import uuid
from collections.abc import Sequence
from datetime import datetime

from engagement.models import Survey, SurveyInvitation, SurveyResponse
from engagement.operations.survey import create_survey
from engagement.operations.survey_question import write_questions
from engagement.operations.survey_response import Sent, send_answers
from engagement.queries.survey import current_version
from engagement.rules.survey_answer import Given
from engagement.rules.survey_form import Asked, Choice, Kind, Meaning
from partnerships.models import Partnership

_numbers = itertools.count(1)

COMES = Asked(
    "Q1",
    Kind.SINGLE,
    "Do you come to the park?",
    "Vieni al parco?",
    options=(
        Choice("1", "Often", "Spesso"),
        Choice("2", "At times", "Ogni tanto"),
        Choice("3", "Hardly", "Quasi per nulla"),
        Choice("dk", "I don't know", "Non so", Meaning.DONT_KNOW),
    ),
)
SAFE = Asked("Q2", Kind.RATING, "How safe is it in the evening?", "Quanto è sicuro di sera?")
WHY = Asked("Q3", Kind.LONG, "What keeps you away?", "Che cosa ti tiene lontano?", asked_after="Q1", asked_if=("3",))
QUESTIONS = (COMES, SAFE, WHY)
FIELDS = {
    "title_en": "The park in the evening",
    "title_it": "Il parco di sera",
    "purpose": "To know what keeps people away",
    "decisions": "Where the lamps go",
    "population": "Families of the quarter",
}


def make_survey(
    partnership: Partnership, questions: Sequence[Asked] = QUESTIONS, *, state: str = "open", **fields: object
) -> Survey:
    """A survey in a state, with questions."""
    survey = create_survey(partnership=partnership, by=None, **(FIELDS | fields))
    write_questions(version=current_version(survey), questions=questions)
    dates = {"opened_on": "2026-10-01"} if state != "draft" else {}
    if state not in {"draft", "reviewed", "piloted", "open"}:
        dates["closed_on"] = "2026-10-31"
    Survey.objects.filter(pk=survey.pk).update(state=state, **dates)
    survey.refresh_from_db()
    return survey


def sent(given: dict[str, Given] | None = None, **fields: object) -> Sent:
    """Answers on their way in; the first answer to the first question by default."""
    known = {"Q1": Given(codes=("1",))} if given is None else given
    return Sent(**{"given": known, "answer_id": uuid.uuid4(), "language": "en", **fields})


def answer(
    survey: Survey,
    *,
    now: datetime | None = None,
    invitation: SurveyInvitation | None = None,
    fields: dict[str, object] | None = None,
    **given: str | Given,
) -> SurveyResponse:
    """One person's answers, sent from a network of its own: codes set apart by spaces, or what was given."""
    number = next(_numbers)
    answers = {
        code: value if isinstance(value, Given) else Given(codes=tuple(value.split())) for code, value in given.items()
    }
    known = set(SurveyResponse.objects.filter(survey=survey).values_list("pk", flat=True))
    send_answers(
        survey=survey,
        sent=sent(answers, **(fields or {})),
        sent_from=f"10.{number // 250}.{number % 250}.0/24",
        invitation=invitation,
        now=now,
    )
    return SurveyResponse.objects.filter(survey=survey).exclude(pk__in=known).get()
