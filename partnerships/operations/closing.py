"""Settling what an ending partnership leaves behind."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from partnerships.models import ClosingStep, Partnership


class ClosingRefusedError(Exception):
    """The point cannot be settled now; the message says why."""


@transaction.atomic
def settle_closing_step(
    *,
    partnership: Partnership,
    kind: str,
    by: User,
    is_settled: bool = True,
    note: str = "",
    today: date | None = None,
) -> ClosingStep:
    """Mark a point of the checklist as settled, or open again. The note of the last talk is the lesson others read.

    Raises ClosingRefusedError for a partnership that is not winding down, and for a lesson without words.
    """
    locked = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if locked.state != Partnership.State.WINDING_DOWN:
        raise ClosingRefusedError(_("This partnership is not winding down."))
    if kind not in ClosingStep.Kind.values:
        raise ClosingRefusedError(_("Choose one from the list."))
    if is_settled and kind == ClosingStep.Kind.LESSON and not note.strip():
        raise ClosingRefusedError(_("Write in a sentence what was learned."))
    step, _created = ClosingStep.objects.update_or_create(
        partnership=locked,
        kind=kind,
        defaults={
            "note": note.strip()[:500],
            "settled_on": (today or timezone.localdate()) if is_settled else None,
            "settled_by": by if is_settled else None,
        },
    )
    changes = {"kind": kind, "settled": is_settled}
    record("partnership.closing_settled", locked, by=by, scope_id=locked.scope_id, changes=changes)
    return step
