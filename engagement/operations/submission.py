"""Answering residents: read, reply, put into themes, close."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise

from core.models import User
from core.operations.audit import record
from core.rules.bilingual import spoken
from core.rules.membership import Verdict
from engagement.models import Submission, SubmissionReply, SubmissionTheme, Theme
from engagement.operations.resident_mail import write_reply_mail
from engagement.queries.public_phrase import base_language
from engagement.queries.submission import settled_by_day
from engagement.rules.settling import ANSWERED, Settled, can_settle, settled_by
from engagement.rules.submission import (
    DAYS_TO_COME_BACK,
    WAITING,
    can_be_answered_with_another,
    can_close,
    can_mark_spam,
    can_move,
    can_read,
    can_reopen,
    can_reply,
)

State = Submission.State
# What is done with one message alone; the rest is also done with those joined to it.
_OF_ONE_ALONE = {State.ACKNOWLEDGED, State.TRIAGED, State.ASSIGNED, State.REFERRED}


class SubmissionRefusedError(Exception):
    """The message's state does not allow this; the text says why."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))


class ThemeElsewhereError(Exception):
    """The theme belongs to another partnership."""


@transaction.atomic
def read_submission(*, submission: Submission, by: User, today: date | None = None) -> Submission:
    """Mark as read, with what was added to it. Raises SubmissionRefusedError when there is nothing unread."""
    locked = lock_submission(submission)
    added = locked.additions.filter(read_on=None).update(read_on=today or timezone.localdate())
    if added and locked.state != State.RECEIVED:
        record("submission.read", locked, by=by, scope_id=locked.partnership.scope_id, changes={"added": added})
        return locked
    require(can_read(locked))
    return move_submission(locked, State.ACKNOWLEDGED, "submission.read", by=by)


@transaction.atomic
def reply_to_submission(
    *, submission: Submission, text: str, by: User, settled: Settled = ANSWERED, today: date | None = None
) -> SubmissionReply:
    """Answer the person, and everybody whose message is the same or joined with it (R-E9); mailed where wanted.

    ``settled`` says what becomes of it. The same answer twice in a row, as from a double click, is kept once. Raises
    SubmissionRefusedError, also for a "no" without a reason and for "done" that nothing shows (R-E15).
    """
    locked = lock_submission(submission)
    require(can_reply(locked))
    last = locked.replies.order_by("-at", "-id").first()
    if last is not None and last.text == text and locked.state == settled.state:
        return last
    shown = locked.themes.filter(published_on__isnull=False, outcome=Theme.Outcome.DONE).exists()
    require(can_settle(settled, is_shown=shown))
    if settled.state != locked.state:
        require(can_move(locked, settled.state))
    return give_answer(submission=locked, text=text, by=by, settled=settled, today=today)


def give_answer(
    *, submission: Submission, text: str, by: User, settled: Settled = ANSWERED, today: date | None = None
) -> SubmissionReply:
    """Store and mail an answer to a locked message and those joined with it; the first answer sets the day."""
    reply = _answer_one(submission, text, by=by, settled=settled, today=today)
    for duplicate in submission.duplicates.select_for_update(of=("self",)).order_by("pk"):
        if can_be_answered_with_another(duplicate):
            _answer_one(duplicate, text, by=by, settled=settled, today=today)
    changes = {"state": str(settled.state)}
    record("submission.answered", submission, by=by, scope_id=submission.partnership.scope_id, changes=changes)
    return reply


@transaction.atomic
def put_into_theme(
    *, submission: Submission, theme: Theme | None, by: User, heard: str = "", today: date | None = None
) -> Theme:
    """File a message under a theme, beside those it is in, or under a new one that begins with ``heard``.

    Whoever waits in a theme whose answer is published gets that answer. Raises ThemeElsewhereError,
    SubmissionRefusedError, ValidationError for a new theme without words.
    """
    locked = lock_submission(submission)
    require(can_reply(locked))
    if theme is None:
        language = base_language(locked.language)
        theme = Theme(partnership=locked.partnership, **{f"heard_{language}": heard})
        theme.full_clean()
        theme.save()
        record("theme.created", theme, by=by, scope_id=locked.partnership.scope_id)
    elif theme.partnership_id != locked.partnership_id:
        raise ThemeElsewhereError
    else:
        theme = Theme.objects.select_for_update(of=("self",)).get(pk=theme.pk)
    together = [locked, *locked.duplicates.exclude(state=State.WITHDRAWN)]
    links = [SubmissionTheme(submission=one, theme=theme) for one in together]
    SubmissionTheme.objects.bulk_create(links, ignore_conflicts=True)
    if locked.state in {State.RECEIVED, State.ACKNOWLEDGED}:
        locked.state = State.TRIAGED
        locked.save(update_fields=["state"])
    record("submission.filed", locked, by=by, scope_id=locked.partnership.scope_id, changes={"theme": str(theme.pk)})
    if theme.published_on and theme.outcome != Theme.Outcome.OPEN and locked.state in WAITING:
        answer = spoken(theme, "answer", base_language(locked.language))
        give_answer(submission=locked, text=answer, by=by, settled=settled_by(theme), today=today)
    return theme


@transaction.atomic
def take_out_of_theme(*, submission: Submission, theme: Theme, by: User) -> None:
    """Undo filing: the message and its copies are in the theme no more; what was answered stays answered."""
    locked = lock_submission(submission)
    together = [locked.pk, *locked.duplicates.values_list("pk", flat=True)]
    gone, _tables = SubmissionTheme.objects.filter(submission__in=together, theme=theme).delete()
    if gone:
        changes = {"theme": str(theme.pk)}
        record("submission.unfiled", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)


@transaction.atomic
def close_submission(*, submission: Submission, by: User, today: date | None = None) -> Submission:
    """Close what was answered; from that day the address is kept for the space's time. SubmissionRefusedError."""
    locked = lock_submission(submission)
    published = locked.themes.filter(published_on__isnull=False).exclude(outcome=Theme.Outcome.OPEN)
    require(can_close(locked, is_answered_in_public=published.exists()))
    today = today or timezone.localdate()
    return move_submission(locked, State.CLOSED, "submission.closed", by=by, closed_on=today)


@transaction.atomic
def close_settled_submissions(*, today: date) -> int:
    """Close what was settled and to which nobody came back, as ``closes_by_itself_on`` says. Safe to run twice.

    Returns how many messages closed, not counting those joined with them.
    """
    last_day = today - timedelta(days=DAYS_TO_COME_BACK)
    due = settled_by_day(last_day).select_for_update(of=("self",)).select_related("partnership")
    rows = list(due.order_by("pk"))
    for submission in rows:
        move_submission(submission, State.CLOSED, "submission.closed", by=None, closed_on=today)
    return len(rows)


@transaction.atomic
def mark_submission_as_spam(
    *, submission: Submission, by: User, reason: str = "", today: date | None = None
) -> Submission:
    """Set aside what is no message, with all its copies; ``reason`` is a ``Submission.Moderation``.

    Raises SubmissionRefusedError.
    """
    locked = lock_submission(submission)
    require(can_mark_spam(locked))
    fields = {"closed_on": today or timezone.localdate(), "moderation": reason}
    return move_submission(locked, State.SPAM, "submission.marked_spam", by=by, **fields)


@transaction.atomic
def reopen_submission(*, submission: Submission, by: User) -> Submission:
    """Take a closed or wrongly set-aside message up again. Raises SubmissionRefusedError."""
    locked = lock_submission(submission)
    require(can_reopen(locked))
    return move_submission(locked, State.TRIAGED, "submission.reopened", by=by, closed_on=None, moderation="")


def lock_submission(submission: Submission) -> Submission:
    """The message, held until the transaction ends."""
    return Submission.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=submission.pk)


def require(verdict: Verdict) -> None:
    """Raises SubmissionRefusedError unless allowed."""
    if not verdict:
        raise SubmissionRefusedError(verdict.reason)


def move_submission(submission: Submission, state: str, verb: str, *, by: User | None, **fields: Any) -> Submission:
    """Move a locked message, and with it those it stands for, and write it down. Part of an operation that checked."""
    before = submission.state
    fields = {"state": state, **fields}
    for name, value in fields.items():
        setattr(submission, name, value)
    submission.save(update_fields=list(fields))
    others = submission.duplicates.exclude(state=State.WITHDRAWN)
    if state in _OF_ONE_ALONE and before not in {State.CLOSED, State.SPAM}:
        others = others.exclude(state=State.MERGED)
    others.update(**{name: value for name, value in fields.items() if name != "assigned_to"})
    record(verb, submission, by=by, scope_id=submission.partnership.scope_id, changes={"state": [before, str(state)]})
    return submission


def _answer_one(
    submission: Submission, text: str, *, by: User, settled: Settled, today: date | None
) -> SubmissionReply:
    reply = SubmissionReply(submission=submission, text=text, by=by)
    reply.full_clean(exclude={"submission", "by"})
    reply.save()
    submission.state = submission.outcome = settled.state
    submission.why_not, submission.passed_to = settled.why_not, settled.passed_to
    submission.answered_on = submission.answered_on or today or timezone.localdate()
    submission.save(update_fields=["state", "outcome", "why_not", "passed_to", "answered_on"])
    write_reply_mail(reply, by=by)
    return reply
