"""Filters of the register that somebody comes back to."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from stakeholders.models import SavedFilter
from stakeholders.rules.register import Narrowing

MOST_FILTERS = 40


class NotYoursError(Exception):
    """Only who saved a filter may change or delete it."""


@transaction.atomic
def save_filter(*, name: str, narrowing: Narrowing, by: User, is_shared: bool = False) -> SavedFilter:
    """Keep a narrowed register under a name. Raises ValidationError for a name taken and for nothing to keep."""
    if not narrowing:
        raise ValidationError(_("Narrow the list down first: there is nothing to save yet."))
    if SavedFilter.objects.filter(owner=by).count() >= MOST_FILTERS:
        raise ValidationError(_("You have saved 40 filters. Delete one first."))
    saved = SavedFilter(name=name, query=narrowing.as_query(), owner=by, is_shared=is_shared)
    saved.full_clean()
    saved.save()
    record("filter.saved", saved, by=by, changes={"is_shared": is_shared})
    return saved


@transaction.atomic
def change_filter(*, saved: SavedFilter, by: User, name: str, is_shared: bool) -> SavedFilter:
    """Rename a filter, share it or keep it to oneself. Raises NotYoursError, ValidationError."""
    locked = _own(saved, by)
    locked.name, locked.is_shared = name, is_shared
    locked.full_clean()
    locked.save()
    record("filter.changed", locked, by=by, changes={"is_shared": is_shared})
    return locked


@transaction.atomic
def delete_filter(*, saved: SavedFilter, by: User) -> None:
    """Forget a filter. Raises NotYoursError."""
    locked = _own(saved, by)
    record("filter.deleted", locked, by=by)
    locked.delete()


def _own(saved: SavedFilter, by: User) -> SavedFilter:
    locked: SavedFilter = SavedFilter.objects.select_for_update().get(pk=saved.pk)
    if locked.owner_id != by.pk:
        raise NotYoursError
    return locked
