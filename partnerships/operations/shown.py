"""Choosing who may see a record, at any time of its life."""

from typing import Any

from django.db import transaction

from core.models import User
from core.operations.audit import record
from partnerships.rules.visibility import can_change_level
from partnerships.shown import ShownRecord


class LevelRefusedError(Exception):
    """The record cannot be shown so; the message says why."""


@transaction.atomic
def show_to(*, shown: ShownRecord, visibility: int, by: User, is_meant: bool = False) -> Any:
    """Give a record its level; ``is_meant`` confirms that more people shall see it than now.

    Nothing else of it changes, and no signature is touched. Raises LevelRefusedError for a level wider than the
    partnership's own, for one that hides it from whoever is asked, and for a wider one nobody confirmed.
    """
    locked = type(shown.record).objects.select_for_update(of=("self",)).get(pk=shown.record.pk)
    verdict = can_change_level(
        visibility,
        now=locked.visibility,
        cap=shown.partnership.visibility,
        floor=shown.floor,
        is_meant=is_meant,
    )
    if not verdict:
        raise LevelRefusedError(str(verdict.reason))
    if locked.visibility != visibility:
        changes = {"visibility": [str(locked.visibility), str(visibility)]}
        locked.visibility = visibility
        locked.save(update_fields=["visibility"])
        record(f"{shown.kind}.shown_to", locked, by=by, scope_id=shown.partnership.scope_id, changes=changes)
    return locked
