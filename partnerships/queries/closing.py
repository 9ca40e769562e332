"""Reading what an ending partnership has to settle."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from partnerships.models import ClosingStep, Partnership

Kind = ClosingStep.Kind


@dataclass(frozen=True)
class ClosingRow:
    """A point of the checklist for closing."""

    kind: str
    label: str
    note: str
    settled_on: date | None
    settled_by: str


def closing_rows(partnership: Partnership) -> list[ClosingRow]:
    """The seven points in their order, written down or not."""
    steps = ClosingStep.objects.filter(partnership=partnership).select_related("settled_by")
    written = {step.kind: step for step in steps}
    return [_row(kind, written.get(kind)) for kind in Kind]


def is_closing_done(partnership: Partnership) -> bool:
    """Whether every point is settled."""
    settled = ClosingStep.objects.filter(partnership=partnership, settled_on__isnull=False)
    return settled.count() == len(Kind)


def _row(kind: Kind, step: ClosingStep | None) -> ClosingRow:
    return ClosingRow(
        kind=kind.value,
        label=str(kind.label),
        note=step.note if step else "",
        settled_on=step.settled_on if step else None,
        settled_by=str(step.settled_by or _("somebody")) if step and step.settled_on else "",
    )
