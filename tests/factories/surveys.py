"""Surveys with a few questions, and people who answer them."""

import itertools
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime

from engagement.models import Survey, SurveyAnswer, SurveyInvitation, SurveyResponse
from engagement.operations.survey import create_survey
from engagement.operations.survey_question import write_questions
from engagement.operations.survey_response import Sent, answers_for, send_answers
from engagement.queries.survey import current_version
from engagement.queries.survey_question import questions_of
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
    was_open = state not in {"draft", "reviewed", "piloted"}
    dates = {"opened_on": "2026-10-01"} if was_open else {}
    if was_open and state != "open":
        dates["closed_on"] = "2026-10-31"
    Survey.objects.filter(pk=survey.pk).update(state=state, **dates)
    survey.refresh_from_db()
    return survey


def sent(given: dict[str, Given] | None = None, **fields: object) -> Sent:
    """Answers on their way in; the first answer to the first question by default."""
    known = {"Q1": Given(codes=("1",))} if given is None else given
    return Sent(**{"given": known, "answer_id": uuid.uuid4(), "language": "en", **fields})


def people(survey: Survey, count: int, **given: str | Given) -> list[SurveyResponse]:
    """So many people who answered the same and count, written at once."""
    version = current_version(survey)
    responses = [
        SurveyResponse(
            survey=survey,
            version=version,
            sent_hash=uuid.uuid4().hex,
            answered_hour=datetime(2026, 10, 2, 9, tzinfo=UTC),
            language="en",
        )
        for _number in range(count)
    ]
    questions = list(questions_of(version))
    answers = {code: _given(value) for code, value in given.items()}
    SurveyResponse.objects.bulk_create(responses)
    SurveyAnswer.objects.bulk_create([row for one in responses for row in answers_for(one, questions, answers)])
    return responses


def _given(value: str | Given) -> Given:
    return value if isinstance(value, Given) else Given(codes=tuple(value.split()))


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
    answers = {code: _given(value) for code, value in given.items()}
    known = set(SurveyResponse.objects.filter(survey=survey).values_list("pk", flat=True))
    send_answers(
        survey=survey,
        sent=sent(answers, **(fields or {})),
        sent_from=f"10.{number // 250}.{number % 250}.0/24",
        invitation=invitation,
        now=now,
    )
    return SurveyResponse.objects.filter(survey=survey).exclude(pk__in=known).get()
