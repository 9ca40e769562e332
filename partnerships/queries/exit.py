"""Reading what a leaving organisation has to settle."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.web.space import space_url
from partnerships.exits import Hold, holds_of
from partnerships.models import ExitStep, PartnershipMember, Task
from partnerships.rules.task import OPEN

Kind = ExitStep.Kind


@dataclass(frozen=True)
class ExitRow:
    """A point of the checklist with what is still open under it."""

    kind: str
    label: str
    note: str
    settled_on: date | None
    settled_by: str
    holds: tuple[Hold, ...]

    @property
    def can_settle(self) -> bool:
        """Whether nothing stops it from being settled."""
        return not any(hold.stops for hold in self.holds)


def exit_rows(member: PartnershipMember) -> list[ExitRow]:
    """The seven points in their order, written down or not."""
    written = {step.kind: step for step in ExitStep.objects.filter(member=member).select_related("settled_by")}
    return [_row(member, kind, written.get(kind)) for kind in Kind]


def has_open_steps(member: PartnershipMember) -> bool:
    """Whether a point is not settled yet."""
    return ExitStep.objects.filter(member=member, settled_on__isnull=False).count() < len(Kind)


def open_tasks_held(member: PartnershipMember) -> list[Hold]:
    """The open tasks of a member: they go to somebody else or are called off before it leaves."""
    tasks = Task.objects.filter(member=member, state__in=OPEN).select_related("partnership").order_by("number", "id")
    return [
        Hold(task.title, space_url("task_detail", slug=task.partnership.slug, number=task.number), stops=True)
        for task in tasks[:50]
    ]


def still_speaking(member: PartnershipMember) -> list[Hold]:
    """How many people still get mails for it; their access ends when it has left."""
    count = member.representatives.filter(Q(until=None) | Q(until__gt=timezone.localdate())).count()
    if not count:
        return []
    said = ngettext("%(count)d person still speaks for it.", "%(count)d people still speak for it.", count)
    url = space_url("member_detail", slug=member.partnership.slug, member_id=member.pk)
    return [Hold(said % {"count": count}, url)]


def _row(member: PartnershipMember, kind: Kind, step: ExitStep | None) -> ExitRow:
    return ExitRow(
        kind=kind.value,
        label=str(kind.label),
        note=step.note if step else "",
        settled_on=step.settled_on if step else None,
        settled_by=str(step.settled_by or _("somebody")) if step and step.settled_on else "",
        holds=tuple(holds_of(member, kind)),
    )
