"""The life of an activity and the promise it begins with (domain 7.1, 7.2; R-E1 to R-E5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.rules.membership import ALLOWED, Verdict
from engagement.models import EngagementActivity, Level
from partnerships.rules.severity import Finding

State = EngagementActivity.State
ANNOUNCE_BEFORE = timedelta(days=14)
REPORT_BACK_WITHIN = timedelta(days=30)
# Announced once, an activity stays readable for everybody, however it went on.
TOLD_STATES = (
    State.ANNOUNCED, State.HELD, State.SUMMARISED, State.ANSWERED, State.CLOSED, State.CANCELLED,
)  # fmt: skip
AHEAD = (State.PLANNED, State.ANNOUNCED)
# It was, and those who took part wait to hear what became of it.
OWING = (State.HELD, State.SUMMARISED)
TONES: dict[str, str] = {
    State.PLANNED: "draft",
    State.ANNOUNCED: "info",
    State.HELD: "now",
    State.SUMMARISED: "soon",
    State.ANSWERED: "ok",
    State.CLOSED: "done",
    State.CANCELLED: "idle",
}
READ_FOR_NAMES = gettext_lazy("Read it once more for names and for what tells who somebody is, and tick that you did.")
# Word for word: a promise is only one when it is said alike everywhere (domain 7.1).
PROMISES: dict[int, str | Promise] = {
    Level.TELLING: gettext_lazy("You will get clear, timely facts. Nothing is open to change here."),
    Level.LISTENING: gettext_lazy("We ask, we answer every theme, and we say what we did with it."),
    Level.SHAPING: gettext_lazy("You work on the options with us before we choose."),
    Level.DECIDING: gettext_lazy("The decision needs your agreement as well as ours."),
    Level.LEADING: gettext_lazy("You decide; we support and carry it out."),
}


@dataclass(frozen=True)
class Facts:
    """What the rules look at. ``has_answer``: a published theme or decision is named as what came back."""

    state: str
    level: int
    what_is_open: str = ""
    report_back_by: date | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    has_answer: bool = False


def facts_of(activity: EngagementActivity, *, has_answer: bool = False) -> Facts:
    """The facts of a stored activity."""
    return Facts(
        state=activity.state,
        level=activity.level,
        what_is_open=activity.what_is_open,
        report_back_by=activity.report_back_by,
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        has_answer=has_answer,
    )


def report_back_for(level: int, ends_at: datetime | None) -> date | None:
    """Thirty days after the end for all that asks people something (R-E1); None without a day or a question."""
    if level == Level.TELLING or ends_at is None:
        return None
    return timezone.localdate(ends_at) + REPORT_BACK_WITHIN


def announcing_findings(facts: Facts, *, today: date) -> list[Finding]:
    """What the rules do not like about announcing it now (R-E1 to R-E3)."""
    found = []
    if facts.level > Level.TELLING and facts.report_back_by is None:
        found.append(Finding("R-E1", _("Say by when people hear what became of it.")))
    if facts.level > Level.TELLING and not facts.what_is_open.strip():
        found.append(Finding("R-E2", _("Nothing is open: then the level is “Telling”, or say what people can change.")))
    if facts.starts_at and timezone.localdate(facts.starts_at) - today < ANNOUNCE_BEFORE:
        found.append(Finding("R-E3", _("It begins in less than fourteen days: many people need longer to plan.")))
    return found


def closing_findings(facts: Facts) -> list[Finding]:
    """What stands against closing the loop: who was asked something hears what became of it (R-E1)."""
    if facts.level > Level.TELLING and not facts.has_answer:
        return [Finding("R-E1-answer", _("Name the published answer or decision that came of it."))]
    return []


def can_change(facts: Facts) -> Verdict:
    """Until the loop is closed or the activity called off."""
    if facts.state in {State.CLOSED, State.CANCELLED}:
        return Verdict(False, _("This activity is over. What it says stays."))
    return ALLOWED


def can_announce(facts: Facts, *, now: datetime) -> Verdict:
    """A planned one with a day to come."""
    if facts.state != State.PLANNED:
        return Verdict(False, _("This activity was announced before."))
    if facts.starts_at is None or facts.ends_at is None:
        return Verdict(False, _("Say when it begins and ends."))
    if facts.starts_at <= now:
        return Verdict(False, _("It would have begun already."))
    return ALLOWED


def can_hold(facts: Facts, *, now: datetime) -> Verdict:
    """An announced one that has begun."""
    if facts.state != State.ANNOUNCED:
        return Verdict(False, _("Only what was announced can have been held."))
    if facts.starts_at is None or facts.starts_at > now:
        return Verdict(False, _("It has not begun yet."))
    return ALLOWED


def can_publish_summary(facts: Facts, *, summary: str, names_checked: bool) -> Verdict:
    """Plain words after it was held, in which somebody looked for names (R-E5)."""
    if facts.state not in {State.HELD, State.SUMMARISED, State.ANSWERED}:
        return Verdict(False, _("First it has to have been held."))
    if not summary.strip():
        return Verdict(False, _("Write the summary first."))
    if not names_checked:
        return Verdict(False, READ_FOR_NAMES)
    return ALLOWED


def can_answer(facts: Facts) -> Verdict:
    """Once a summary is published."""
    if facts.state not in {State.SUMMARISED, State.ANSWERED}:
        return Verdict(False, _("Publish the summary first."))
    return ALLOWED


def can_close(facts: Facts) -> Verdict:
    """What was answered; what only told something, once it is summed up."""
    closes = State.SUMMARISED if facts.level == Level.TELLING else State.ANSWERED
    if facts.state not in {closes, State.ANSWERED}:
        return Verdict(False, _("First say what came of it."))
    return ALLOWED


def can_cancel(facts: Facts) -> Verdict:
    """What is still ahead."""
    return ALLOWED if facts.state in AHEAD else Verdict(False, _("It is over already."))


def is_report_back_late(activity: EngagementActivity, *, today: date) -> bool:
    """Whether people wait longer than they were promised."""
    return activity.state in OWING and activity.report_back_by is not None and activity.report_back_by < today


def words_of(findings: Iterable[Finding]) -> str:
    """What findings say, as one text."""
    return " ".join(str(finding.message) for finding in findings)


def next_step(facts: Facts, *, now: datetime) -> str:
    """The one thing to do next: "announce", "hold", "summarise", "answer", "close", or nothing."""
    if facts.state == State.ANNOUNCED:
        return "hold" if facts.starts_at and facts.starts_at <= now else ""
    return {
        State.PLANNED: "announce",
        State.HELD: "summarise",
        State.SUMMARISED: "close" if facts.level == Level.TELLING else "answer",
        State.ANSWERED: "close",
    }.get(State(facts.state), "")
