"""The life of a meeting as decisions (domain 2.2, R-C1, R-C3, R-C5)."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.rules.membership import ALLOWED, Verdict
from core.rules.workdays import workdays_after
from partnerships.models import AgendaItem, Meeting, MeetingKind, MeetingSeries
from partnerships.rules.severity import Finding

State = Meeting.State
Rhythm = MeetingSeries.Rhythm

# People can be asked, the agenda changed, the meeting moved.
AHEAD = (State.DRAFT, State.SCHEDULED, State.AGENDA_SENT)
INVITED = (State.SCHEDULED, State.AGENDA_SENT)
# To come or running: lists show it as such until its time is over.
NOT_OVER = (*AHEAD, State.HELD)
# Attendance, notes, decisions and promises can be written down.
RUNNING = (State.SCHEDULED, State.AGENDA_SENT, State.HELD, State.MINUTES_DRAFT)
WITH_MINUTES = (State.MINUTES_CIRCULATED, State.MINUTES_APPROVED, State.ARCHIVED)
TONES: dict[str, str] = {
    State.DRAFT: "draft",
    State.SCHEDULED: "info",
    State.AGENDA_SENT: "info",
    State.HELD: "soon",
    State.MINUTES_DRAFT: "soon",
    State.MINUTES_CIRCULATED: "now",
    State.MINUTES_APPROVED: "done",
    State.ARCHIVED: "idle",
    State.CANCELLED: "idle",
}
AGENDA_WORKDAYS = 5
# Zones of earlier centuries differ by seconds, which no calendar understands.
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
VOICE_MONTHS = 12
DAYS: dict[str, int] = {
    Rhythm.WEEKLY: 7,
    Rhythm.TWO_WEEKS: 14,
    Rhythm.MONTHLY: 28,
    Rhythm.SIX_WEEKS: 42,
    Rhythm.QUARTERLY: 91,
}
NOT_AHEAD = gettext_lazy("This meeting is over or was cancelled.")


@dataclass(frozen=True)
class ItemFacts:
    """What of an agenda item the rules look at."""

    title: str
    kind: str
    minutes: int
    has_paper: bool


def facts_of(items: Iterable[AgendaItem]) -> list[ItemFacts]:
    """The facts of agenda items."""
    return [ItemFacts(item.title, item.kind, item.minutes_planned, item.has_paper) for item in items]


def agenda_findings(
    items: Iterable[ItemFacts], *, kind: str, length_minutes: int, meets_on: date, today: date
) -> list[Finding]:
    """What R-C1 does not like about an agenda that would go out today."""
    items = list(items)
    findings = length_findings(sum(item.minutes for item in items) - length_minutes)
    findings += [
        Finding("R-C1-paper", _("“%(title)s” is to be decided: add something to read before.") % {"title": item.title})
        for item in items
        if item.kind == AgendaItem.Kind.DECIDE and not item.has_paper
    ]
    if kind == MeetingKind.STEERING and today > workdays_after(meets_on, -AGENDA_WORKDAYS):
        findings.append(
            Finding("R-C1-days", _("The agenda of a steering group goes out five working days before the meeting."))
        )
    return findings


def length_findings(over: int) -> list[Finding]:
    """What R-C1 does not like about an agenda that takes so many minutes more than its meeting."""
    if over <= 0:
        return []
    text = ngettext(
        "The items take %(number)d minute more than the meeting lasts.",
        "The items take %(number)d minutes more than the meeting lasts.",
        over,
    )
    return [Finding("R-C1-length", text % {"number": over})]


def can_change_meeting(*, state: str) -> Verdict:
    """Whether time, place, guests and agenda may still change."""
    return ALLOWED if state in AHEAD else Verdict(False, NOT_AHEAD)


def can_schedule_meeting(*, state: str, guests: int, starts_at: datetime, now: datetime) -> Verdict:
    """Whether the invitations may leave."""
    if state != State.DRAFT:
        return Verdict(False, gettext_lazy("The invitations have left already."))
    if not guests:
        return Verdict(False, gettext_lazy("Choose first whom to invite."))
    if starts_at <= now:
        return Verdict(False, gettext_lazy("This meeting would begin in the past."))
    return ALLOWED


def can_invite(*, state: str) -> Verdict:
    """Whether somebody may be put on the list: before the meeting, and who turns up while it runs."""
    return ALLOWED if state in NOT_OVER else Verdict(False, NOT_AHEAD)


def is_held(*, state: str, present: int, starts_at: datetime, now: datetime) -> bool:
    """Whether a meeting people were called to counts as held: it has begun and somebody was noted as there."""
    return state in INVITED and present > 0 and starts_at <= now


def can_cancel_meeting(*, state: str, reason: str) -> Verdict:
    """Whether a meeting may be cancelled; the people invited read the reason."""
    if state not in AHEAD:
        return Verdict(False, NOT_AHEAD)
    if not reason.strip():
        return Verdict(False, gettext_lazy("Write the reason. The people invited read it."))
    return ALLOWED


def can_take_notes(*, state: str) -> Verdict:
    """Whether attendance and notes may be written: from the invitation until the minutes go round."""
    if state in RUNNING:
        return ALLOWED
    return Verdict(False, gettext_lazy("Notes are taken from the invitation until the minutes go round."))


def can_send_notes_link(*, state: str, has_taker: bool) -> Verdict:
    """Whether somebody may be sent the link with which the minutes of one meeting are written."""
    if not has_taker:
        return Verdict(False, gettext_lazy("Say first who takes the minutes."))
    return can_take_notes(state=state)


def can_close_meeting(*, state: str, present: int, starts_at: datetime, now: datetime) -> Verdict:
    """Whether a meeting may be ended, after which its minutes are written."""
    if state not in {State.SCHEDULED, State.AGENDA_SENT, State.HELD}:
        return Verdict(False, gettext_lazy("This meeting has been ended already, or was not called."))
    if starts_at > now:
        return Verdict(False, gettext_lazy("This meeting has not begun."))
    if not present:
        return Verdict(False, gettext_lazy("Note first who is here."))
    return ALLOWED


def next_start(last: datetime, rhythm: str) -> datetime:
    """When a series meets again: the same weekday and hour, one rhythm later."""
    return last + timedelta(days=DAYS[rhythm])


@dataclass(frozen=True)
class Voice:
    """One organisation's part in the meetings of a time, in whole per cent."""

    member_id: uuid.UUID
    proposed: int
    proposed_percent: int
    chaired: int
    chaired_percent: int


def voice_balance(
    members: Iterable[uuid.UUID], *, proposed: Mapping[uuid.UUID, int], chaired: Mapping[uuid.UUID, int]
) -> list[Voice]:
    """Each member's share of items proposed and meetings chaired (R-C5), in the members' order: nobody is ranked.

    Shares are of what members did; what coordination did itself is left out. 0 per cent of nothing is 0.
    """
    items, chairs = Counter(proposed), Counter(chaired)
    return [
        Voice(
            member,
            items[member],
            _percent(items[member], items.total()),
            chairs[member],
            _percent(chairs[member], chairs.total()),
        )
        for member in members
    ]


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0
