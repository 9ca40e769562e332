"""The life of a resident's message: which state may follow which, and what people may do in each (domain 7.3)."""

import hashlib
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from core.rules.membership import ALLOWED, Verdict
from core.rules.text import mask_for_search
from core.rules.workdays import workdays_after
from engagement.models import Submission
from partnerships.models import Partnership

State = Submission.State
# Nobody said yet what becomes of it; what is joined with another waits with that one.
WAITING = (State.RECEIVED, State.ACKNOWLEDGED, State.TRIAGED, State.REFERRED, State.ASSIGNED)
# Something was said, and may still be done or closed.
DECIDED = (State.ANSWERED, State.REDIRECTED, State.PLANNED, State.DONE, State.NOT_POSSIBLE)
OPEN_STATES = (*WAITING, *DECIDED)
# Neither is a voice of the community any more.
NO_MESSAGE = (State.SPAM, State.WITHDRAWN)
# How somebody who works here enters what was told.
TOLD_BY = (Submission.Channel.PAPER, Submission.Channel.PHONE, Submission.Channel.MEETING)
# Everything was said: nobody owes the person anything more.
SETTLED = (State.ANSWERED, State.REDIRECTED, State.DONE, State.NOT_POSSIBLE)
ANSWER_WITHIN_WORKING_DAYS = 10
# So long the person can come back on an answer before the message closes by itself.
DAYS_TO_COME_BACK = 30
TEXT_CHARACTERS = 2000
MOST_ADDITIONS = 10

_JOINED = _("This message is joined with another: go on there, or take it out.")
_SORTING = {State.TRIAGED, State.MERGED, State.REDIRECTED, State.REFERRED, State.ASSIGNED}
_SAYING = {State.ANSWERED, State.PLANNED, State.DONE, State.NOT_POSSIBLE}
_WAITING = _SORTING | _SAYING | {State.SPAM}
_FOLLOWING: dict[str, set[str]] = {
    State.RECEIVED: {State.ACKNOWLEDGED} | _WAITING,
    State.ACKNOWLEDGED: {State.CLOSED} | _WAITING,
    State.TRIAGED: {State.CLOSED} | _WAITING,
    State.REFERRED: {State.CLOSED} | _WAITING,
    State.ASSIGNED: {State.CLOSED} | _WAITING,
    State.MERGED: {State.TRIAGED, State.CLOSED, State.REDIRECTED, State.SPAM} | _SAYING,
    State.REDIRECTED: {State.TRIAGED, State.ANSWERED, State.CLOSED, State.SPAM},
    State.ANSWERED: {State.TRIAGED, State.CLOSED, State.SPAM, State.REDIRECTED} | _SAYING,
    State.PLANNED: {State.TRIAGED, State.ANSWERED, State.DONE, State.NOT_POSSIBLE, State.CLOSED, State.SPAM},
    State.DONE: {State.TRIAGED, State.ANSWERED, State.PLANNED, State.CLOSED, State.SPAM},
    State.NOT_POSSIBLE: {State.TRIAGED, State.ANSWERED, State.PLANNED, State.CLOSED, State.SPAM},
    State.CLOSED: {State.TRIAGED},
    State.SPAM: {State.TRIAGED},
}
# What may follow each state: the same state again is no move, and every message can be taken back.
MOVES: dict[str, frozenset[str]] = {
    State.WITHDRAWN: frozenset(),
    **{state: frozenset(to - {state} | {State.WITHDRAWN}) for state, to in _FOLLOWING.items()},
}

STATE_TONES: dict[str, str] = {
    State.RECEIVED: "soon",
    State.ACKNOWLEDGED: "now",
    State.TRIAGED: "now",
    State.MERGED: "info",
    State.REDIRECTED: "info",
    State.REFERRED: "late",
    State.ASSIGNED: "now",
    State.ANSWERED: "ok",
    State.PLANNED: "info",
    State.DONE: "done",
    State.NOT_POSSIBLE: "idle",
    State.CLOSED: "done",
    State.SPAM: "idle",
    State.WITHDRAWN: "idle",
}


def hour_of(moment: datetime) -> datetime:
    """The moment as it may be stored: no finer than the hour (PRI-04)."""
    return moment.replace(minute=0, second=0, microsecond=0)


def key_of_text(text: str) -> str:
    """Equal for texts that differ only in case, accents, punctuation and spaces; empty for no text."""
    masked = mask_for_search(text) or text.strip()
    return hashlib.sha256(masked.encode()).hexdigest() if masked else ""


def answer_due_on(received_on: date) -> date:
    """The day by which a person should have answered: ten working days on (R-E6). Holidays count as working days."""
    return workdays_after(received_on, ANSWER_WITHIN_WORKING_DAYS)


def last_day_overdue(today: date) -> date:
    """The newest day of arrival whose messages should have been answered before today."""
    day = today
    while answer_due_on(day) >= today:
        day -= timedelta(days=1)
    return day


def closes_by_itself_on(state: str, last_said_on: date) -> date | None:
    """The day a message closes unless something more is said, so that its address is forgotten in time (R-E11).

    None for a message that somebody still owes something.
    """
    return last_said_on + timedelta(days=DAYS_TO_COME_BACK) if state in SETTLED else None


def is_answer_late(submission: Submission, *, today: date) -> bool:
    """Whether somebody who wants an answer waits longer than promised."""
    waits = submission.wants_reply and submission.state in WAITING
    return waits and today > answer_due_on(submission.received_hour.date())


def is_for_today(submission: Submission) -> bool:
    """Whether it speaks of danger and nobody has taken it up: it is read the same day (R-E6)."""
    return submission.is_urgent and submission.state in WAITING and submission.state != State.REFERRED


def can_receive_feedback(partnership: Partnership) -> Verdict:
    """A partnership that ended has nobody left to answer."""
    if partnership.state == Partnership.State.CLOSED:
        return Verdict(False, _("This partnership has ended. Nobody would read your message here."))
    return ALLOWED


def can_move(submission: Submission, to: str) -> Verdict:
    """Whether a message may go into a state; the reason names what stands in the way."""
    if to in MOVES[submission.state] or (to == submission.state == State.ASSIGNED):
        return ALLOWED
    if submission.state == State.WITHDRAWN:
        return Verdict(False, _("The person took this message back."))
    if submission.state == State.SPAM:
        return Verdict(False, _("This is marked as no message. Open it again to answer."))
    if submission.state == State.CLOSED:
        return Verdict(False, _("This message is closed. Open it again to answer."))
    if submission.state == State.MERGED:
        return Verdict(False, _JOINED)
    return Verdict(False, _("This cannot follow what was done with the message before."))


def can_read(submission: Submission) -> Verdict:
    """Only what came in is marked as read."""
    return ALLOWED if submission.state == State.RECEIVED else Verdict(False, _("This message was read before."))


def can_reply(submission: Submission) -> Verdict:
    """Whoever took their message back is left in peace; a joined one is answered in the other."""
    if submission.state == State.MERGED:
        return Verdict(False, _JOINED)
    return ALLOWED if submission.state in OPEN_STATES else can_move(submission, State.ANSWERED)


def can_be_answered_with_another(submission: Submission) -> Verdict:
    """Whether whoever sent it gets the answer given to the message it was joined with (R-E9)."""
    return ALLOWED if submission.state == State.MERGED else can_reply(submission)


def can_merge(submission: Submission, first: Submission) -> Verdict:
    """Two open messages of one partnership; the one joined to stands for itself, so no chains arise."""
    if submission.pk == first.pk or submission.partnership_id != first.partnership_id:
        return Verdict(False, _("Choose another message of the same partnership."))
    if first.duplicate_of_id or first.state not in OPEN_STATES:
        return Verdict(False, _("Choose a message that is open and stands for itself."))
    if submission.about_member_id != first.about_member_id:
        return Verdict(False, _("A complaint about a partner is not joined with what is about somebody else."))
    return can_move(submission, State.MERGED)


def can_close(submission: Submission, *, is_answered_in_public: bool) -> Verdict:
    """Closed is what was answered, to the person or with a published theme, or wanted no answer (P5)."""
    if submission.state not in OPEN_STATES:
        return Verdict(False, _("This message is closed already."))
    if submission.state in DECIDED or is_answered_in_public:
        return ALLOWED
    if submission.wants_reply or submission.state == State.RECEIVED:
        return Verdict(False, _("Answer first, or put it in a theme that is published with an answer."))
    return ALLOWED


def can_mark_spam(submission: Submission) -> Verdict:
    """Anything open."""
    return ALLOWED if submission.state in OPEN_STATES else Verdict(False, _("This message is closed already."))


def can_reopen(submission: Submission) -> Verdict:
    """A closed message, or one wrongly taken for none; never one that was taken back."""
    reopens = submission.state in {State.CLOSED, State.SPAM}
    return ALLOWED if reopens else Verdict(False, _("This message is open, or was taken back."))


def can_withdraw(submission: Submission) -> Verdict:
    """At any time, once."""
    gone = submission.state == State.WITHDRAWN
    return Verdict(False, _("You took this message back before.")) if gone else ALLOWED


def can_add(submission: Submission, *, added: int) -> Verdict:
    """While the message is open, and not without end."""
    if submission.state not in {*OPEN_STATES, State.MERGED}:
        return Verdict(False, _("This message is closed. To go on, send a new one."))
    if added >= MOST_ADDITIONS:
        return Verdict(False, _("You have added a lot already. Please send a new message."))
    return ALLOWED
