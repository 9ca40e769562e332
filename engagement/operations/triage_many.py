"""Sorting many messages in one step: what an inbox needs after a hall full of people, or after a robot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from engagement.models import Submission, Theme
from engagement.operations.submission import (
    SubmissionRefusedError,
    ThemeElsewhereError,
    mark_submission_as_spam,
    put_into_theme,
    read_submission,
    reopen_submission,
)
from engagement.operations.triage import assign_submission, merge_submission
from engagement.rules.submission import OPEN_STATES
from engagement.rules.triage_many import MOST_AT_ONCE, ManyAct


@dataclass(frozen=True)
class ManyDone:
    """With how many it was done, and how many stayed as they were because they could not be moved like this."""

    changed: int
    left_out: int


@transaction.atomic
def sort_many(
    *,
    submissions: Sequence[Submission],
    act: str,
    by: User,
    reason: str = "",
    theme: Theme | None = None,
    to: User | None = None,
) -> ManyDone:
    """Do one of ``ManyAct`` with each message by the rules of one alone; what they refuse stays as it is.

    Joining joins all with the oldest that is open. Raises SubmissionRefusedError for none, for too many, and for
    filing without a theme.
    """
    if not submissions:
        raise SubmissionRefusedError(_("Tick the messages first."))
    if len(submissions) > MOST_AT_ONCE:
        raise SubmissionRefusedError(_("At most %(most)d messages at once.") % {"most": MOST_AT_ONCE})
    keys = [one.pk for one in submissions]
    # All are held before the first is moved, in one order, so that two people who sort do not wait for each other.
    held = list(Submission.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    held.sort(key=lambda one: (one.received_hour, str(one.pk)))
    move = _move(held, act, by=by, reason=reason, theme=theme, to=to)
    done = [_does(move, one) for one in held]
    return ManyDone(sum(done), len(done) - sum(done))


def _move(
    held: list[Submission], act: str, *, by: User, reason: str, theme: Theme | None, to: User | None
) -> Callable[..., object]:
    if act == ManyAct.JOIN:
        first = next((one for one in held if one.state in OPEN_STATES), held[0])
        held.remove(first)
        if not held:
            raise SubmissionRefusedError(_("Tick two messages or more."))
        return partial(merge_submission, into=first, by=by)
    if act == ManyAct.FILE:
        if theme is None:
            raise SubmissionRefusedError(_("Choose a theme."))
        return partial(put_into_theme, theme=theme, by=by)
    return {
        ManyAct.READ: partial(read_submission, by=by),
        ManyAct.GIVE: partial(assign_submission, to=to, by=by),
        ManyAct.SET_ASIDE: partial(mark_submission_as_spam, reason=reason, by=by),
        ManyAct.REOPEN: partial(reopen_submission, by=by),
    }[ManyAct(act)]


def _does(move: Callable[..., object], submission: Submission) -> bool:
    try:
        with transaction.atomic():
            move(submission=submission)
    except (SubmissionRefusedError, ThemeElsewhereError):
        return False
    return True
