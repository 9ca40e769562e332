"""Taking a map of who matters along into a partnership, and leaving it behind."""

from django.db import transaction

from core.models import User
from core.operations.audit import record
from partnerships.models import Partnership, PartnershipMap
from stakeholders.models import StakeholderMap


@transaction.atomic
def connect_map(*, partnership: Partnership, found: StakeholderMap, by: User | None) -> PartnershipMap:
    """Say that a map was made for this partnership; a second time changes nothing."""
    link, is_new = PartnershipMap.objects.get_or_create(partnership=partnership, map=found)
    if is_new:
        record("partnership.map_connected", partnership, by=by, changes={"map": str(found.pk)})
    return link


@transaction.atomic
def disconnect_map(*, partnership: Partnership, found: StakeholderMap, by: User | None) -> None:
    """Take a map out of a partnership; the map itself stays."""
    gone, _kinds = PartnershipMap.objects.filter(partnership=partnership, map=found).delete()
    if gone:
        record("partnership.map_disconnected", partnership, by=by, changes={"map": str(found.pk)})
