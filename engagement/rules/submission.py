"""The life of a resident's message: received, read, answered, closed (domain 7.3)."""

import hashlib
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from core.rules.membership import ALLOWED, Verdict
from core.rules.text import mask_for_search
from engagement.models import Submission
from partnerships.models import Partnership

State = Submission.State
OPEN_STATES = (State.RECEIVED, State.READ, State.ANSWERED)
# Neither is a voice of the community any more.
NO_MESSAGE = (State.SPAM, State.WITHDRAWN)
ANSWER_WITHIN_WORKING_DAYS = 10
TEXT_CHARACTERS = 2000
_SATURDAY = 5

STATE_TONES: dict[str, str] = {
    State.RECEIVED: "soon",
    State.READ: "now",
    State.ANSWERED: "ok",
    State.CLOSED: "done",
    State.SPAM: "idle",
    State.WITHDRAWN: "idle",
}

# What the state means for whoever sent it.
STATE_WORDS: dict[str, StrPromise] = {
    State.RECEIVED: _("It is with the partnership. A person will read it and answer within ten working days."),
    State.READ: _("A person has read it. The answer is on its way."),
    State.ANSWERED: _("We have answered."),
    State.CLOSED: _("We have answered and closed it. To go on, send a new message."),
    State.SPAM: _("We did not take this for a message to the partnership. If we are wrong, please write again."),
    State.WITHDRAWN: _("You took it back. Your words, our answers and your address are deleted."),
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
    day, left = received_on, ANSWER_WITHIN_WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY
    return day


def is_answer_late(submission: Submission, *, today: date) -> bool:
    """Whether a message waits longer than promised."""
    waiting = submission.state in {State.RECEIVED, State.READ}
    return waiting and today > answer_due_on(submission.received_hour.date())


def can_receive_feedback(partnership: Partnership) -> Verdict:
    """A partnership that ended has nobody left to answer."""
    if partnership.state == Partnership.State.CLOSED:
        return Verdict(False, _("This partnership has ended. Nobody would read your message here."))
    return ALLOWED


def can_read(submission: Submission) -> Verdict:
    """Only what came in is marked as read."""
    return ALLOWED if submission.state == State.RECEIVED else Verdict(False, _("This message was read before."))


def can_reply(submission: Submission) -> Verdict:
    """Whoever took their message back is left in peace; a closed one is opened first."""
    if submission.state == State.WITHDRAWN:
        return Verdict(False, _("The person took this message back."))
    if submission.state == State.SPAM:
        return Verdict(False, _("This is marked as no message. Open it again to answer."))
    if submission.state == State.CLOSED:
        return Verdict(False, _("This message is closed. Open it again to answer."))
    return ALLOWED


def can_close(submission: Submission, *, is_answered_in_public: bool) -> Verdict:
    """Closed is what was answered, to the person or with a published theme (P5)."""
    if submission.state not in OPEN_STATES:
        return Verdict(False, _("This message is closed already."))
    if submission.state != State.ANSWERED and not is_answered_in_public:
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
