"""Relations between stakeholders: writing them down, changing them, ending them."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import User
from core.operations.audit import record
from stakeholders.models import InfluenceLink, Stakeholder


@transaction.atomic
def add_relation(*, source: Stakeholder, target: Stakeholder, by: User | None, **fields: Any) -> InfluenceLink:
    """``source`` funds, regulates, advises ... ``target``. Raises ValidationError, also for one known already."""
    relation = InfluenceLink(source=source, target=target, **fields)
    relation.full_clean()
    relation.save()
    record("relation.added", source, by=by, changes={"kind": relation.kind, "target": str(target.pk)})
    return relation


@transaction.atomic
def end_relation(*, relation: InfluenceLink, by: User | None, until: date | None = None) -> InfluenceLink:
    """End a relation; it stays in what was. Raises ValidationError for a day before it began."""
    locked: InfluenceLink = InfluenceLink.objects.select_for_update().get(pk=relation.pk)
    locked.until = until or timezone.localdate()
    locked.full_clean()
    locked.save(update_fields=["until"])
    record("relation.ended", locked.source, by=by, changes={"kind": locked.kind, "target": str(locked.target_id)})
    return locked


@transaction.atomic
def remove_relation(*, relation: InfluenceLink, by: User | None) -> None:
    """Take out what was written down by mistake."""
    locked = InfluenceLink.objects.select_for_update().select_related("source").get(pk=relation.pk)
    record("relation.removed", locked.source, by=by, changes={"kind": locked.kind, "target": str(locked.target_id)})
    locked.delete()
