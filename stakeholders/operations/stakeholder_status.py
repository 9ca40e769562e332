"""Moving a stakeholder on from where we are with it."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from core.models import User
from core.operations.audit import record
from stakeholders.models import Stakeholder
from stakeholders.rules.stakeholder_status import RESTING, can_move_status

# Half a year: long enough to have been heard, short enough not to be forgotten.
REST = timedelta(days=180)


class StatusRefusedError(Exception):
    """The state does not follow; the message says why."""


@transaction.atomic
def move_stakeholder(
    *, stakeholder: Stakeholder, to: str, by: User, ask_again_on: date | None = None, today: date | None = None
) -> Stakeholder:
    """Move a stakeholder to a state that follows (domain 1.3). Raises StatusRefusedError.

    Whoever declines or falls silent is asked again from ``ask_again_on``, after half a year if nobody says when.
    """
    today = today or timezone.localdate()
    locked = Stakeholder.objects.select_for_update().get(pk=stakeholder.pk)
    before = locked.status
    verdict = can_move_status(current=before, to=to, ask_again_on=locked.ask_again_on, today=today)
    if not verdict:
        raise StatusRefusedError(str(verdict.reason))
    locked.status = to
    locked.ask_again_on = (ask_again_on or today + REST) if to in RESTING else None
    locked.save(update_fields=["status", "ask_again_on", "updated_at"])
    record("stakeholder.moved", locked, by=by, changes={"status": [before, to]})
    return locked


@transaction.atomic
def make_partner(*, stakeholder: Stakeholder, by: User | None) -> None:
    """Note that an organisation became a member of a partnership; the one way to this state."""
    locked = Stakeholder.objects.select_for_update().get(pk=stakeholder.pk)
    if locked.status == Stakeholder.Status.PARTNER:
        return
    before, locked.status, locked.ask_again_on = locked.status, Stakeholder.Status.PARTNER, None
    locked.save(update_fields=["status", "ask_again_on", "updated_at"])
    record("stakeholder.moved", locked, by=by, changes={"status": [before, locked.status]})
