"""Sorting residents' messages: join the same ones, give one to somebody, refer what is urgent, name who is meant."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from engagement.models import Submission
from engagement.operations.given_mail import write_given_mail
from engagement.operations.submission import SubmissionRefusedError, lock_submission, move_submission, require
from engagement.queries.handler import handlers_of
from engagement.rules.submission import WAITING, can_merge, can_move, can_reply
from partnerships.models import PartnershipMember

State = Submission.State


@transaction.atomic
def merge_submission(*, submission: Submission, into: Submission, by: User) -> Submission:
    """Join a message with another that asks for the same; each sender gets the one answer (R-E9).

    What was joined with it before goes along. Raises SubmissionRefusedError.
    """
    first, second = sorted((submission, into), key=lambda one: str(one.pk))
    lock_submission(first)
    lock_submission(second)
    locked, target = lock_submission(submission), lock_submission(into)
    require(can_merge(locked, target))
    locked.duplicates.update(duplicate_of=target)
    locked.duplicate_of = target
    locked.save(update_fields=["duplicate_of"])
    move_submission(locked, State.MERGED, "submission.merged", by=by)
    return locked


@transaction.atomic
def split_submission(*, submission: Submission, by: User) -> Submission:
    """Take a message out of the one it was joined with: it is answered for itself again.

    Raises SubmissionRefusedError for one that is joined with none.
    """
    locked = lock_submission(submission)
    if locked.duplicate_of_id is None:
        raise SubmissionRefusedError(_("This message stands for itself."))
    locked.duplicate_of = None
    locked.save(update_fields=["duplicate_of"])
    if locked.state == State.MERGED:
        return move_submission(locked, State.TRIAGED, "submission.split", by=by)
    record("submission.split", locked, by=by, scope_id=locked.partnership.scope_id)
    return locked


@transaction.atomic
def assign_submission(*, submission: Submission, to: User | None, by: User) -> Submission:
    """Give a message to somebody who takes part, who is told by mail once a day, or take it from them.

    A reminder follows before the answer is due.

    Refuses whoever takes no part, and people of the member a complaint is about (R-E8): SubmissionRefusedError.
    """
    locked = lock_submission(submission)
    if to is not None and not handlers_of(locked).filter(pk=to.pk).exists():
        raise SubmissionRefusedError(
            _("Choose somebody who takes part here and is not of the organisation this is about.")
        )
    require(can_reply(locked))
    if to is not None and to != by and to.pk != locked.assigned_to_id:
        write_given_mail(locked, to=to, by=by)
    verb = "submission.assigned" if to is not None else "submission.unassigned"
    if locked.state in WAITING:
        state = State.ASSIGNED if to is not None else State.TRIAGED
        return move_submission(locked, state, verb, by=by, assigned_to=to)
    locked.assigned_to = to
    locked.save(update_fields=["assigned_to"])
    record(verb, locked, by=by, scope_id=locked.partnership.scope_id)
    return locked


@transaction.atomic
def refer_urgent_submission(*, submission: Submission, to: str, by: User) -> Submission:
    """Note that what is urgent was taken to who can act: the police, social services, a helpline (R-E6).

    Raises SubmissionRefusedError, also when nobody is named.
    """
    locked = lock_submission(submission)
    if not to.strip():
        raise SubmissionRefusedError(_("Say to whom you took it."))
    require(can_move(locked, State.REFERRED))
    return move_submission(locked, State.REFERRED, "submission.referred", by=by, passed_to=to.strip()[:160])


@transaction.atomic
def say_whom_it_is_about(*, submission: Submission, member: PartnershipMember | None, by: User) -> Submission:
    """Name the member a complaint is about, or none: from then on its people neither see nor handle it (R-E8).

    Whoever of them had it in hand has it no more. Raises SubmissionRefusedError for a member of another partnership.
    """
    locked = lock_submission(submission)
    if member is not None and member.partnership_id != locked.partnership_id:
        raise SubmissionRefusedError(_("This organisation is not in the partnership."))
    locked.about_member = member
    locked.duplicates.update(about_member=member)
    if locked.assigned_to_id and not handlers_of(locked).filter(pk=locked.assigned_to_id).exists():
        locked.assigned_to = None
        if locked.state == State.ASSIGNED:
            locked.state = State.TRIAGED
    locked.save(update_fields=["about_member", "assigned_to", "state"])
    # Whom it is about is not told here: the history is read by people of every organisation.
    record("submission.about_said", locked, by=by, scope_id=locked.partnership.scope_id)
    return locked
