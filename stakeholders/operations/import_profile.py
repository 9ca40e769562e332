"""Keeping the mapping of columns under a name."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from stakeholders.models import ImportProfile
from stakeholders.rules.import_profile import masked_headers

MOST_PROFILES = 100


@transaction.atomic
def save_profile(*, name: str, mapping: Mapping[str, Any], header: Sequence[str], by: User | None) -> ImportProfile:
    """Keep a mapping for the next file with these headers. Raises ValidationError for a name taken or too long."""
    if ImportProfile.objects.count() >= MOST_PROFILES:
        raise ValidationError({"name": _("This space has 100 profiles already. Delete one first.")})
    profile = ImportProfile(name=_said(name), mapping=dict(mapping), headers=masked_headers(header), created_by=by)
    _store(profile)
    record("import_profile.saved", profile, by=by)
    return profile


@transaction.atomic
def rename_profile(*, profile: ImportProfile, name: str, by: User | None) -> ImportProfile:
    """Give a profile another name. Raises ValidationError for a name taken or too long."""
    profile.name = _said(name)
    _store(profile)
    record("import_profile.renamed", profile, by=by)
    return profile


@transaction.atomic
def delete_profile(*, profile: ImportProfile, by: User | None) -> None:
    """Forget a profile; imports made with it stay."""
    record("import_profile.deleted", profile, by=by)
    profile.delete()


def _said(name: str) -> str:
    return " ".join(name.split())


def _store(profile: ImportProfile) -> None:
    # Whoever made it may be gone, and a file may have no header we can read.
    profile.full_clean(exclude=["created_by", "headers"])
    profile.save()
