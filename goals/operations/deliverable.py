"""Writing deliverables, who plays which part in them, and their tasks."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.access.visibility import Visibility, capped
from core.models import User
from core.operations.audit import changed_fields, record
from goals.models import Deliverable, DeliverableRole, DeliverableTask, Goal
from goals.queries.deliverable import findings_for
from goals.rules.deliverable import Part, Parts
from partnerships.models import Partnership, PartnershipMember, Task
from partnerships.queries.representative import active_representation
from partnerships.rules.member import can_act_for_member
from partnerships.rules.severity import blocking

MOST_OF_ONE = 500


class DeliverableRefusedError(Exception):
    """The parts cannot be played so in this partnership; the message says why."""


@transaction.atomic
def plan_deliverable(
    *,
    partnership: Partnership,
    by: User | None,
    parts: Parts | None = None,
    people: Mapping[uuid.UUID, uuid.UUID] | None = None,
    is_draft: bool = False,
    **fields: Any,
) -> Deliverable:
    """A new deliverable with its parts; ``people`` names by member who plays them.

    ``is_draft``, a template's suggestion, is played by nobody yet.

    Raises ValidationError for its fields, DeliverableRefusedError for parts the partnership's rules stop (R-T3, R-T4).
    """
    parent = Partnership.objects.select_for_update().get(pk=partnership.pk)
    rows = Deliverable.objects.filter(partnership=parent)
    if rows.count() >= MOST_OF_ONE:
        raise ValidationError(_("Five hundred are enough. Remove what is done with first."))
    last = rows.aggregate(last=Max("number"))["last"] or 0
    deliverable = Deliverable(partnership=parent, number=last + 1)
    _write(deliverable, fields)
    if not is_draft:
        _set_parts(deliverable, parts or {}, people or {})
    changes = {"parts": _told(parts or {})}
    record("deliverable.planned", deliverable, by=by, scope_id=parent.scope_id, changes=changes)
    return deliverable


@transaction.atomic
def change_deliverable(
    *,
    deliverable: Deliverable,
    by: User,
    parts: Parts | None = None,
    people: Mapping[uuid.UUID, uuid.UUID] | None = None,
    **fields: Any,
) -> Deliverable:
    """Change a deliverable; ``parts`` None leaves its parts, ``people`` None who plays them where they still may.

    Raises as ``plan_deliverable``.
    """
    rows = Deliverable.objects.select_for_update(of=("self",)).select_related("partnership")
    locked = rows.get(pk=deliverable.pk)
    changes: dict[str, Any] = changed_fields(
        locked, {key: value for key, value in fields.items() if key in {"title", "due_on"}}
    )
    _write(locked, fields)
    if parts is not None:
        changes["parts"] = _told(parts)
        _set_parts(locked, parts, _still_there(locked) if people is None else people)
    record("deliverable.changed", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return locked


@transaction.atomic
def set_deliverable_tasks(
    *, deliverable: Deliverable, tasks: Iterable[Task], by: User | None, among: Collection[uuid.UUID] | None = None
) -> int:
    """Make these the deliverable's tasks; one that belonged to another deliverable moves here. Returns how many it has.

    ``among`` limits the change to tasks the caller could see. Raises ValidationError for a task of another partnership.
    """
    wanted = {task.pk: task for task in tasks}
    if any(task.partnership_id != deliverable.partnership_id for task in wanted.values()):
        raise ValidationError({"tasks": _("This task belongs to another partnership.")})
    Deliverable.objects.select_for_update().get(pk=deliverable.pk)
    links = DeliverableTask.objects.filter(deliverable=deliverable)
    present = set(links.values_list("task_id", flat=True))
    gone = (present if among is None else present & set(among)) - set(wanted)
    new = set(wanted) - present
    links.filter(task_id__in=gone).delete()
    DeliverableTask.objects.filter(task_id__in=new).delete()
    DeliverableTask.objects.bulk_create([DeliverableTask(deliverable=deliverable, task=wanted[key]) for key in new])
    if gone or new:
        changes = {"added": len(new), "removed": len(gone)}
        scope_id = deliverable.partnership.scope_id
        record("deliverable.tasks_changed", deliverable, by=by, scope_id=scope_id, changes=changes)
    return len(present - gone | set(wanted))


@transaction.atomic
def remove_deliverable(*, deliverable: Deliverable, by: User) -> None:
    """Take a deliverable out; its tasks stay."""
    locked = Deliverable.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=deliverable.pk)
    record("deliverable.removed", locked, by=by, scope_id=locked.partnership.scope_id)
    DeliverableTask.objects.filter(deliverable=locked).delete()
    DeliverableRole.objects.filter(deliverable=locked).delete()
    locked.delete()


def _write(deliverable: Deliverable, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        setattr(deliverable, name, value)
    goal: Goal | None = deliverable.goal
    if goal is not None and goal.partnership_id != deliverable.partnership_id:
        raise ValidationError({"goal": _("This goal belongs to another partnership.")})
    deliverable.visibility = capped(
        Visibility(deliverable.visibility), cap=Visibility(deliverable.partnership.visibility)
    )
    deliverable.full_clean(exclude={"tenant", "partnership", "goal"})
    deliverable.save()


def _set_parts(deliverable: Deliverable, parts: Parts, people: Mapping[uuid.UUID, uuid.UUID]) -> None:
    played = {key: set(some) for key, some in parts.items() if some}
    members = {
        member.pk: member
        for member in PartnershipMember.objects.filter(partnership=deliverable.partnership, pk__in=played)
    }
    if set(played) - set(members):
        raise DeliverableRefusedError(_("This organisation is not in the partnership."))
    for member in members.values():
        if not (verdict := can_act_for_member(state=member.state)):
            raise DeliverableRefusedError(str(verdict.reason))
        if (person := people.get(member.pk)) and active_representation(person, member.pk) is None:
            raise DeliverableRefusedError(_("This person does not speak for the organisation."))
    if sum(Part.ACCOUNTABLE in some for some in played.values()) > 1:
        raise DeliverableRefusedError(_("One organisation answers for the result, not two."))
    stops = blocking(findings_for(deliverable.partnership, played), deliverable.partnership.mode)
    if stops:
        raise DeliverableRefusedError(" ".join(str(finding.message) for finding in stops))
    DeliverableRole.objects.filter(deliverable=deliverable).delete()
    DeliverableRole.objects.bulk_create(
        DeliverableRole(deliverable=deliverable, member=members[key], part=part, person_id=people.get(key))
        for key, some in played.items()
        for part in Part
        if part in some
    )


def _still_there(deliverable: Deliverable) -> dict[uuid.UUID, uuid.UUID]:
    """Who plays a part now and still speaks for its member."""
    named = DeliverableRole.objects.filter(deliverable=deliverable).exclude(person=None)
    return {
        member_id: person_id
        for member_id, person_id in named.values_list("member_id", "person_id").distinct()
        if active_representation(person_id, member_id) is not None
    }


def _told(parts: Parts) -> dict[str, str]:
    return {str(key): "".join(sorted(some)) for key, some in parts.items() if some}
