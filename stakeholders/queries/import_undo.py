"""What an undone import left, and why."""

from dataclasses import dataclass

from django.db.models import Q

from core.access.viewer import Viewer
from core.web.space import space_url
from stakeholders.models import ImportChange, StakeholderImport
from stakeholders.queries.stakeholder import stakeholders_kept_by
from stakeholders.rules.import_undo import reason_of
from stakeholders.rules.stakeholder import FIELD_LABELS

MOST_KEPT_SHOWN = 200


@dataclass(frozen=True)
class Kept:
    """A stakeholder that stayed, or fields of one that did: its name, address and why."""

    id: str
    name: str
    url: str
    reason: str
    fields: str


def kept_after_undo(viewer: Viewer, found: StakeholderImport) -> list[Kept]:
    """Whom undoing left as they are, by name, those the viewer may see, at most two hundred."""
    rows = (
        ImportChange.objects.filter(
            Q(before__has_key="kept") | Q(before__has_key="stays"),
            stakeholder_import=found,
            stakeholder__in=stakeholders_kept_by(viewer).order_by(),
        )
        .order_by("stakeholder__sort_name", "id")
        .values_list("stakeholder_id", "stakeholder__name", "before")
    )
    return [
        Kept(
            id=str(pk),
            name=name,
            url=space_url("stakeholder_detail", stakeholder_id=pk),
            reason=reason_of(before.get("kept", "changed")),
            fields=", ".join(str(FIELD_LABELS[field]) for field in before.get("stays", [])),
        )
        for pk, name, before in rows[:MOST_KEPT_SHOWN]
    ]


def can_be_undone(found: StakeholderImport) -> bool:
    """Whether what the import did was noted."""
    is_done = found.state == StakeholderImport.State.DONE
    return is_done and ImportChange.objects.filter(stakeholder_import=found).exists()
