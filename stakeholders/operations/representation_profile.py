"""Describing a community: its groups along one dimension, with where the figures are from."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import changed_fields, record
from stakeholders.models import ReferenceCategory, ReferenceProfile, RepresentationAudit
from stakeholders.rules.representation_profile import Category

FIELDS = ("dimension", "area", "year", "source")


class ProfileInUseError(Exception):
    """An audit compares with it, so its figures stay; the message says what to do instead."""


@transaction.atomic
def add_reference_profile(*, categories: Sequence[Category], by: User | None, **fields: Any) -> ReferenceProfile:
    """A community along one dimension, with its groups in their order.

    Raises ValidationError, among others when that dimension of that area is described for that year already.
    """
    profile = ReferenceProfile(**fields)
    profile.full_clean()
    profile.save()
    _write_groups(profile, categories)
    record("reference_profile.added", profile, by=by, changes={"dimension": profile.dimension, "year": profile.year})
    return profile


@transaction.atomic
def change_reference_profile(
    *, profile: ReferenceProfile, categories: Sequence[Category], by: User | None, **fields: Any
) -> ReferenceProfile:
    """Correct what a community looks like. Raises ValidationError, and ProfileInUseError when an audit uses it."""
    locked = _free_to_change(profile)
    changes = changed_fields(locked, {name: fields[name] for name in ("dimension", "year") if name in fields})
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.full_clean()
    locked.save()
    ReferenceCategory.objects.filter(profile=locked).delete()
    _write_groups(locked, categories)
    record("reference_profile.changed", locked, by=by, changes=changes)
    return locked


@transaction.atomic
def remove_reference_profile(*, profile: ReferenceProfile, by: User | None) -> None:
    """Take a community out. Raises ProfileInUseError when an audit uses it."""
    locked = _free_to_change(profile)
    record("reference_profile.removed", locked, by=by)
    ReferenceCategory.objects.filter(profile=locked).delete()
    locked.delete()


def _free_to_change(profile: ReferenceProfile) -> ReferenceProfile:
    locked = ReferenceProfile.objects.select_for_update().get(pk=profile.pk)
    if RepresentationAudit.objects.filter(profile=locked).exists():
        raise ProfileInUseError(
            _("An audit compares with these figures, so they stay. Write down a newer year instead.")
        )
    return locked


def _write_groups(profile: ReferenceProfile, categories: Sequence[Category]) -> None:
    if not categories:
        raise ValidationError({"categories": _("Write between two and thirty groups, one a line.")})
    ReferenceCategory.objects.bulk_create(
        ReferenceCategory(profile=profile, position=position, label=one.label, population_count=one.population_count)
        for position, one in enumerate(categories)
    )
