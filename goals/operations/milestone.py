"""Adding milestones, moving them, saying with evidence that one is reached, and dropping one with its reason."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core.access.visibility import Visibility
from core.models import StoredFile, User
from core.operations.audit import changed_fields, record
from core.operations.file import store_upload
from core.rules.upload_content import UploadError
from goals.models import Goal, Milestone
from goals.operations.goal import GoalRefusedError
from goals.rules.goal import can_edit_goal
from goals.rules.milestone import SHORTEST_REASON, can_drop_milestone
from metrics.rules.measurement import checked_value
from partnerships.queries.representative import active_representation
from partnerships.rules.task_evidence import ALLOWED as EVIDENCE_FILES

PURPOSE = "milestone_evidence"


@transaction.atomic
def add_milestone(*, goal: Goal, due_on: date, by: User | None, **fields: Any) -> Milestone:
    """A point on the way; its first date is kept for good.

    Refuses a closed goal (GoalRefusedError). Raises ValidationError, among others for an owner from elsewhere.
    """
    _open(goal)
    milestone = Milestone(goal=goal, due_on=due_on, first_due_on=due_on, **fields)
    _checked(milestone)
    milestone.save()
    record("milestone.added", milestone, by=by, scope_id=goal.partnership.scope_id)
    return milestone


@transaction.atomic
def change_milestone(*, milestone: Milestone, by: User, **fields: Any) -> Milestone:
    """Change what it is, its date or who looks after it; the first date stays beside the new one.

    Refuses a closed goal and a milestone that was dropped (GoalRefusedError). Raises ValidationError.
    """
    locked = _locked(milestone)
    _still_there(locked)
    changes = changed_fields(locked, fields)
    for name, value in fields.items():
        setattr(locked, name, value)
    _checked(locked)
    locked.save()
    record("milestone.changed", locked, by=by, scope_id=locked.goal.partnership.scope_id, changes=changes)
    return locked


@transaction.atomic
def reach_milestone(
    *,
    milestone: Milestone,
    reached_on: date,
    evidence: str,
    by: User,
    today: date,
    upload: UploadedFile[Any] | None = None,
) -> Milestone:
    """Say that a milestone is reached, and what shows it: words, a file, or both.

    Refuses a closed goal and a dropped milestone (GoalRefusedError); raises ValidationError without evidence, for a
    file that cannot be taken and for a day to come.
    """
    locked = _locked(milestone)
    _still_there(locked)
    if not evidence.strip() and upload is None:
        raise ValidationError({"evidence": _("Write what shows it: a photo, a list, a decision.")})
    if reached_on > today:
        raise ValidationError({"reached_on": _("This day is still to come.")})
    locked.reached_on, locked.evidence = reached_on, evidence
    if upload is not None:
        locked.evidence_file = _kept(upload, locked, by=by)
    _checked(locked)
    locked.save(update_fields=["reached_on", "evidence", "evidence_file"])
    changes = {"reached_on": reached_on.isoformat(), "due_on": locked.due_on.isoformat()}
    record("milestone.reached", locked, by=by, scope_id=locked.goal.partnership.scope_id, changes=changes)
    return locked


@transaction.atomic
def drop_milestone(*, milestone: Milestone, reason: str, by: User, today: date) -> Milestone:
    """Give a milestone up; it stays in sight with its reason.

    Refuses a closed goal and one that is reached or dropped (GoalRefusedError); raises ValidationError without a
    reason.
    """
    locked = _locked(milestone)
    if not (verdict := can_drop_milestone(reached_on=locked.reached_on, dropped_on=locked.dropped_on)):
        raise GoalRefusedError(str(verdict.reason))
    if len(reason.strip()) < SHORTEST_REASON:
        raise ValidationError({"reason": _("Write why it is dropped: it stays in sight with its reason.")})
    locked.dropped_on, locked.dropped_reason = today, reason.strip()
    _checked(locked)
    locked.save(update_fields=["dropped_on", "dropped_reason"])
    changes = {"due_on": locked.due_on.isoformat()}
    record("milestone.dropped", locked, by=by, scope_id=locked.goal.partnership.scope_id, changes=changes)
    return locked


def _locked(milestone: Milestone) -> Milestone:
    rows = Milestone.objects.select_for_update(of=("self",)).select_related("goal__partnership")
    locked = rows.get(pk=milestone.pk)
    _open(locked.goal)
    return locked


def _open(goal: Goal) -> None:
    if not (verdict := can_edit_goal(state=goal.state)):
        raise GoalRefusedError(str(verdict.reason))


def _still_there(milestone: Milestone) -> None:
    if milestone.dropped_on is not None:
        raise GoalRefusedError(_("This milestone is dropped already."))


def _kept(upload: UploadedFile[Any], milestone: Milestone, *, by: User) -> StoredFile:
    goal = milestone.goal
    try:
        return store_upload(
            upload=upload,
            purpose=PURPOSE,
            allowed=EVIDENCE_FILES,
            by=by,
            scope_id=goal.partnership.scope_id,
            visibility=Visibility(goal.visibility),
        )
    except UploadError as error:
        raise ValidationError({"upload": str(error)}) from error


def _checked(milestone: Milestone) -> None:
    if not milestone.title_en and not milestone.title_it:
        raise ValidationError({"title": _("Write what will be there.")})
    member, person = milestone.owner_member, milestone.owner_person
    if member is not None and member.partnership_id != milestone.goal.partnership_id:
        raise ValidationError({"owner_member": _("This organisation is not in the partnership.")})
    if member is not None and person is not None and active_representation(person.pk, member.pk) is None:
        raise ValidationError({"owner_person": _("This person does not speak for the organisation.")})
    indicator = milestone.goal.indicator
    if milestone.expected_value is not None and indicator is not None:
        checked_value(milestone.expected_value, unit=indicator.unit, field="expected_value")
    milestone.clean_fields(exclude={"tenant", "goal", "owner_member", "owner_person", "evidence_file"})
