"""What a partnership needs: asking for it."""

from datetime import date

from django.db import transaction

from core.models import User
from core.operations.audit import record
from partnerships.models import Partnership, ResourceNeed


@transaction.atomic
def open_resource_need(
    *,
    partnership: Partnership,
    kind: str,
    title: str,
    by: User | None,
    description: str = "",
    place: str = "",
    needed_from: date | None = None,
    needed_until: date | None = None,
    template_key: str = "",
) -> ResourceNeed:
    """Write down that something is needed. Raises ValidationError, among others for days in the wrong order."""
    need = ResourceNeed(
        partnership=partnership,
        kind=kind,
        title=title,
        description=description,
        place=place,
        needed_from=needed_from,
        needed_until=needed_until,
        template_key=template_key,
    )
    need.full_clean()
    need.save()
    record("resource_need.opened", need, by=by, scope_id=partnership.scope_id, changes={"kind": kind})
    return need
