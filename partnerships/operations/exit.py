"""Settling what a leaving organisation leaves behind."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from partnerships.exits import holds_of
from partnerships.models import ExitStep, PartnershipMember
from partnerships.rules.member import LEAVING
from partnerships.rules.severity import Severity, severity_of


class ExitRefusedError(Exception):
    """The point cannot be settled now; the message says why."""


@transaction.atomic
def settle_exit_step(
    *,
    member: PartnershipMember,
    kind: str,
    by: User,
    is_settled: bool = True,
    note: str = "",
    today: date | None = None,
) -> ExitStep:
    """Mark a point of the checklist as settled, or open again. The note of the last talk is the lesson others read.

    Raises ExitRefusedError for a member that is not leaving, for something that is still held, for a lesson without
    words, and in a full partnership for any point without a note.
    """
    locked = PartnershipMember.objects.select_for_update().get(pk=member.pk)
    if locked.state not in LEAVING:
        raise ExitRefusedError(_("This organisation is not leaving."))
    if kind not in ExitStep.Kind.values:
        raise ExitRefusedError(_("Choose one from the list."))
    if is_settled and any(hold.stops for hold in holds_of(locked, kind)):
        raise ExitRefusedError(_("Something is still open here. Give it to somebody else first."))
    if is_settled and not note.strip():
        _require_note(kind, locked.partnership.mode)
    step, _created = ExitStep.objects.update_or_create(
        member=locked,
        kind=kind,
        defaults={
            "note": note.strip()[:500],
            "settled_on": (today or timezone.localdate()) if is_settled else None,
            "settled_by": by if is_settled else None,
        },
    )
    changes = {"kind": kind, "settled": is_settled}
    record("member.exit_settled", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return step


def _require_note(kind: str, mode: str) -> None:
    if kind == ExitStep.Kind.LESSON:
        raise ExitRefusedError(_("Write in a sentence what was learned."))
    if severity_of("exit note", mode) == Severity.BLOCKS:
        raise ExitRefusedError(_("Write in a few words how it was settled."))
