"""Answering residents: read, reply, put into a theme, close."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise

from core.models import User
from core.operations.audit import record
from core.rules.bilingual import spoken
from core.rules.membership import Verdict
from engagement.models import Submission, SubmissionReply, Theme
from engagement.operations.resident_mail import write_reply_mail
from engagement.rules.submission import can_close, can_mark_spam, can_read, can_reopen, can_reply

State = Submission.State


class SubmissionRefusedError(Exception):
    """The message's state does not allow this; the text says why."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))


class ThemeElsewhereError(Exception):
    """The theme belongs to another partnership."""


@transaction.atomic
def read_submission(*, submission: Submission, by: User) -> Submission:
    """Mark as read. Raises SubmissionRefusedError when it was read before."""
    locked = _locked(submission)
    _require(can_read(locked))
    return _move(locked, State.READ, "submission.read", by=by)


@transaction.atomic
def reply_to_submission(*, submission: Submission, text: str, by: User, today: date | None = None) -> SubmissionReply:
    """Answer the person, and everybody who sent the same words (R-E9); mailed to those who left an address.

    The same answer twice in a row, as from a double click, is kept once. Raises SubmissionRefusedError.
    """
    locked = _locked(submission)
    _require(can_reply(locked))
    last = locked.replies.order_by("-at", "-id").first()
    if last is not None and last.text == text:
        return last
    return give_answer(submission=locked, text=text, by=by, today=today)


def give_answer(*, submission: Submission, text: str, by: User, today: date | None = None) -> SubmissionReply:
    """Store and mail an answer to a locked message and its duplicates; the first answer sets the day."""
    reply = _answer_one(submission, text, by=by, today=today)
    for duplicate in submission.duplicates.select_for_update(of=("self",)).order_by("pk"):
        if can_reply(duplicate):
            _answer_one(duplicate, text, by=by, today=today)
    record("submission.answered", submission, by=by, scope_id=submission.partnership.scope_id)
    return reply


@transaction.atomic
def put_into_theme(
    *, submission: Submission, theme: Theme | None, by: User, heard: str = "", today: date | None = None
) -> Theme:
    """File a message under a theme, or under a new one that begins with ``heard``.

    Whoever waits in a theme whose answer is published gets that answer. Raises ThemeElsewhereError,
    SubmissionRefusedError, ValidationError for a new theme without words.
    """
    locked = _locked(submission)
    _require(can_reply(locked))
    if theme is None:
        language = locked.language[:2]
        theme = Theme(partnership=locked.partnership, **{f"heard_{language}": heard})
        theme.full_clean()
        theme.save()
        record("theme.created", theme, by=by, scope_id=locked.partnership.scope_id)
    elif theme.partnership_id != locked.partnership_id:
        raise ThemeElsewhereError
    else:
        theme = Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
    locked.theme = theme
    if locked.state == State.RECEIVED:
        locked.state = State.READ
    locked.save(update_fields=["theme", "state"])
    locked.duplicates.update(theme=theme)
    record("submission.filed", locked, by=by, scope_id=locked.partnership.scope_id, changes={"theme": str(theme.pk)})
    if theme.published_on and theme.outcome != Theme.Outcome.OPEN and locked.state == State.READ:
        give_answer(submission=locked, text=spoken(theme, "answer", locked.language), by=by, today=today)
    return theme


@transaction.atomic
def close_submission(*, submission: Submission, by: User, today: date | None = None) -> Submission:
    """Close what was answered; from that day the address is kept for the space's time. SubmissionRefusedError."""
    locked = _locked(submission)
    theme = locked.theme
    in_public = theme is not None and theme.published_on is not None and theme.outcome != Theme.Outcome.OPEN
    _require(can_close(locked, is_answered_in_public=in_public))
    return _move(locked, State.CLOSED, "submission.closed", by=by, closed_on=today or timezone.localdate())


@transaction.atomic
def mark_submission_as_spam(*, submission: Submission, by: User, today: date | None = None) -> Submission:
    """Set aside what is no message, with all its copies. Raises SubmissionRefusedError."""
    locked = _locked(submission)
    _require(can_mark_spam(locked))
    return _move(locked, State.SPAM, "submission.marked_spam", by=by, closed_on=today or timezone.localdate())


@transaction.atomic
def reopen_submission(*, submission: Submission, by: User) -> Submission:
    """Take a closed or wrongly set-aside message up again. Raises SubmissionRefusedError."""
    locked = _locked(submission)
    _require(can_reopen(locked))
    return _move(locked, State.READ, "submission.reopened", by=by, closed_on=None)


def _locked(submission: Submission) -> Submission:
    return Submission.objects.select_for_update().get(pk=submission.pk)


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise SubmissionRefusedError(verdict.reason)


def _move(submission: Submission, state: str, verb: str, *, by: User, **fields: Any) -> Submission:
    before = submission.state
    for name, value in {"state": state, **fields}.items():
        setattr(submission, name, value)
    submission.save(update_fields=["state", *fields])
    # What one says with the same words stands for all who said them.
    submission.duplicates.exclude(state=State.WITHDRAWN).update(state=state, **fields)
    record(verb, submission, by=by, scope_id=submission.partnership.scope_id, changes={"state": [before, str(state)]})
    return submission


def _answer_one(submission: Submission, text: str, *, by: User, today: date | None) -> SubmissionReply:
    reply = SubmissionReply(submission=submission, text=text, by=by)
    reply.full_clean(exclude={"submission", "by"})
    reply.save()
    submission.state = State.ANSWERED
    submission.answered_on = submission.answered_on or today or timezone.localdate()
    submission.save(update_fields=["state", "answered_on"])
    write_reply_mail(reply, by=by)
    return reply
