"""Tying a theme to the needs residents speak of in it."""

import uuid
from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from engagement.models import Theme, ThemeNeed
from goals.models import Need


@transaction.atomic
def set_theme_needs(
    *, theme: Theme, needs: Iterable[Need], by: User, among: Collection[uuid.UUID] | None = None
) -> int:
    """Make these the needs residents speak of in a theme; returns how many there are.

    ``among`` limits the change to needs the caller could see: links to others stay. Raises ValidationError for a need
    of another partnership.
    """
    wanted = {need.pk: need for need in needs}
    if any(need.partnership_id != theme.partnership_id for need in wanted.values()):
        raise ValidationError({"needs": _("This need belongs to another partnership.")})
    locked = Theme.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=theme.pk)
    links = ThemeNeed.objects.filter(theme=locked)
    present = set(links.values_list("need_id", flat=True))
    gone = (present if among is None else present & set(among)) - set(wanted)
    new = set(wanted) - present
    links.filter(need_id__in=gone).delete()
    ThemeNeed.objects.bulk_create([ThemeNeed(theme=locked, need=wanted[key]) for key in new])
    if gone or new:
        changes = {"added": len(new), "removed": len(gone)}
        record("theme.needs_changed", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return len(present - gone | set(wanted))
