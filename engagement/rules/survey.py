"""The life of a survey: what must be true before each step (domain 7.5, R-E17, R-E21, R-E23)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict
from engagement.models import Survey
from partnerships.rules.severity import Finding

State = Survey.State
Recruitment = Survey.Recruitment
ORDER = tuple(State)
BEING_WRITTEN = (State.DRAFT, State.REVIEWED, State.PILOTED)
# Pilots can answer, nobody else.
TRYING = (State.REVIEWED, State.PILOTED)
# The answers are in and no more come.
OVER = (State.CLOSED, State.CLEANED, State.ANALYSED, State.PUBLISHED, State.LOOP_CLOSED)
TOLD = (State.PUBLISHED, State.LOOP_CLOSED)
FEWEST_PILOTS = 5
PUBLISH_WITHIN = timedelta(days=60)
REPORT_BACK_WITHIN = timedelta(days=30)
_BACK: dict[str, tuple[State, ...]] = {
    State.REVIEWED: (State.DRAFT,),
    State.PILOTED: (State.DRAFT,),
    State.CLOSED: (State.OPEN,),
    State.CLEANED: (State.OPEN,),
    State.ANALYSED: (State.CLEANED,),
    State.PUBLISHED: (State.ANALYSED,),
}
STEP_WORDS: dict[str, str | Promise] = {
    State.DRAFT: _("Back to the draft"),
    State.REVIEWED: _("Somebody else has read it: let people try it"),
    State.PILOTED: _("The trial is over"),
    State.OPEN: _("Open it to everybody"),
    State.CLOSED: _("Close it"),
    State.CLEANED: _("The answers are checked"),
    State.ANALYSED: _("The answers are worked out"),
    State.PUBLISHED: _("Publish the results"),
    State.LOOP_CLOSED: _("Report back and close"),
}
STATE_TONES: dict[str, str] = {
    State.DRAFT: "draft",
    State.REVIEWED: "soon",
    State.PILOTED: "soon",
    State.OPEN: "now",
    State.CLOSED: "info",
    State.CLEANED: "info",
    State.ANALYSED: "info",
    State.PUBLISHED: "ok",
    State.LOOP_CLOSED: "done",
}


@dataclass(frozen=True)
class SurveyFacts:
    """What is known of a survey when it is about to go on."""

    questions: int
    broken: tuple[str, ...] = ()
    untranslated: tuple[str, ...] = ()
    pilots: int = 0
    counted: int = 0
    to_check: int = 0
    unread: int = 0
    answers: int = 0


def next_steps(state: str, *, is_answered: bool = True) -> tuple[State, ...]:
    """The states that can come next: ahead, small partnerships may leave steps out; then back.

    What is open goes back to the draft as long as nobody has answered.
    """
    place = ORDER.index(State(state))
    if place < ORDER.index(State.OPEN):
        ahead = ORDER[place + 1 : ORDER.index(State.OPEN) + 1]
    elif state in {State.CLOSED, State.CLEANED, State.ANALYSED}:
        ahead = ORDER[place + 1 : ORDER.index(State.PUBLISHED) + 1]
    else:
        ahead = ORDER[place + 1 : place + 2]
    back = (State.DRAFT,) if state == State.OPEN and not is_answered else _BACK.get(state, ())
    return (*ahead, *back)


def is_ahead(state: str, to: str) -> bool:
    """Whether a step goes on, not back."""
    return ORDER.index(State(to)) > ORDER.index(State(state))


def can_step(survey: Survey, to: str, *, is_answered: bool = True) -> Verdict:
    """Whether a survey may go to a state at all; what is missing on the way is said by ``findings``."""
    if survey.state == State.OPEN and to == State.DRAFT and is_answered:
        return Verdict(False, _("Somebody has answered: these words stay. Close it, and ask in other words in a copy."))
    if to not in next_steps(survey.state, is_answered=is_answered):
        return Verdict(False, _("The survey is not at a point from which this is the next step."))
    return ALLOWED


def findings(survey: Survey, facts: SurveyFacts, *, to: str, today: date) -> list[Finding]:
    """What stands in the way of a state and of those left out before it; nothing stands in the way back."""
    if not is_ahead(survey.state, to):
        return []
    start, end = ORDER.index(State(survey.state)), ORDER.index(State(to))
    return [finding for state in ORDER[start + 1 : end + 1] for finding in _before(state, survey, facts, today)]


def _before(state: State, survey: Survey, facts: SurveyFacts, today: date) -> Iterator[Finding]:
    if state == State.REVIEWED:
        yield from _before_review(survey, facts)
    elif state == State.PILOTED and facts.pilots < FEWEST_PILOTS and not survey.pilot_reason:
        yield Finding(
            "R-E17",
            _("%(pilots)d of at least 5 people have tried it. Let more try it, or write why not.")
            % {"pilots": facts.pilots},
        )
    elif state == State.OPEN:
        yield from _before_opening(survey, today)
    elif state == State.CLEANED and facts.to_check:
        yield Finding("survey checked", _("Some answers wait to be looked at: count them or set them aside."))
    elif state == State.PUBLISHED:
        yield from _before_publishing(survey, facts, today)
    elif state == State.LOOP_CLOSED and not (survey.became_en or survey.became_it):
        yield Finding("survey reported back", _("Write what became of the answers."))


def _before_review(survey: Survey, facts: SurveyFacts) -> Iterator[Finding]:
    if not facts.questions:
        yield Finding("survey questions", _("There is no question yet."))
    if facts.broken:
        yield Finding(
            "survey questions",
            _("These questions hang on an answer nobody can have given before: %(codes)s.")
            % {"codes": ", ".join(facts.broken)},
        )
    if facts.untranslated:
        yield Finding(
            "survey questions",
            _("Words are missing in a language it is offered in: %(codes)s.")
            % {"codes": ", ".join(facts.untranslated)},
        )
    if not (survey.purpose and survey.decisions and survey.population):
        yield Finding("survey purpose", _("Write what it is for, which decisions it informs, and whom it asks."))


def _before_opening(survey: Survey, today: date) -> Iterator[Finding]:
    if survey.report_back_by is None:
        yield Finding("survey report back", _("Say by when you tell people what became of their answers."))
    if survey.closes_on is not None and survey.closes_on < today:
        yield Finding("survey questions", _("The last day is over. Set a later one."))
    if survey.recruitment == Recruitment.RANDOM and survey.population_size is None:
        yield Finding("R-E19", _("A random sample needs the number of people on the list it is drawn from."))


def _before_publishing(survey: Survey, facts: SurveyFacts, today: date) -> Iterator[Finding]:
    if not (survey.learned_en or survey.learned_it):
        yield Finding("survey reported back", _("Write in a few sentences what you learned."))
    if facts.unread:
        yield Finding("survey words", _("Some words were read by nobody yet. They are not told."))
    if is_publishing_late(survey, today=today):
        yield Finding("R-E23", _("Results are told within 60 days of closing, also when they are unwelcome."))


def publish_by(survey: Survey) -> date | None:
    """The day by which results are told (R-E23); None while it is open."""
    return survey.closed_on + PUBLISH_WITHIN if survey.closed_on else None


def owed_by(survey: Survey) -> date | None:
    """The day by which those who answered hear something next: the results, then what became of them (P5).

    None while it is open, and when nothing is owed.
    """
    return survey.report_back_by if survey.state in TOLD else publish_by(survey)


def is_publishing_late(survey: Survey, *, today: date) -> bool:
    """Whether results are owed for longer than promised."""
    due = publish_by(survey)
    return due is not None and survey.state not in TOLD and today > due


def is_taking_answers(survey: Survey, *, today: date) -> bool:
    """Whether anybody may answer today."""
    begun = survey.opens_on is None or survey.opens_on <= today
    return survey.state == State.OPEN and begun and not is_past_last_day(survey, today=today)


def is_past_last_day(survey: Survey, *, today: date) -> bool:
    """Whether its last day is over."""
    return survey.closes_on is not None and survey.closes_on < today


def can_answer(survey: Survey, *, today: date, is_pilot: bool = False, is_at_work: bool = False) -> Verdict:
    """Whether answers are taken; staff key in paper until the answers are checked."""
    if is_pilot:
        return ALLOWED if survey.state in TRYING else Verdict(False, _("The trial is over."))
    if is_at_work and survey.state in {State.OPEN, State.CLOSED}:
        return ALLOWED
    if is_taking_answers(survey, today=today):
        if survey.is_on_web:
            return ALLOWED
        return Verdict(False, _("This survey is answered on paper, or with somebody who asks."))
    return Verdict(False, _why_not_open(survey, today))


def _why_not_open(survey: Survey, today: date) -> str | Promise:
    if survey.state == State.OPEN and survey.opens_on is not None and survey.opens_on > today:
        return _("This survey has not begun yet.")
    if survey.state in BEING_WRITTEN:
        return _("This survey is being put right. Please look again in a few days.")
    return _("This survey is over. Thank you for wanting to answer.")


def can_edit_wording(survey: Survey, *, is_frozen: bool) -> Verdict:
    """Wording is changed until the first answer, and never while people may answer."""
    if is_frozen:
        return Verdict(False, _("Somebody has answered: these words stay. Other words are a new version."))
    if survey.state not in BEING_WRITTEN:
        return Verdict(False, _("The survey is open or over: its words stay."))
    return ALLOWED
