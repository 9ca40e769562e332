"""Writing down what an organisation is good at."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import changed_fields, record
from stakeholders.models import Stakeholder, Strength

# Words of ours; what people wrote stays out of history.
CODED = ("skill", "level", "willing", "hours_month")


@transaction.atomic
def note_strength(*, owner: Stakeholder, by: User | None, **fields: Any) -> Strength:
    """A skill of an organisation or group. Raises ValidationError, also for a person and for a skill known already."""
    if owner.kind == Stakeholder.Kind.PERSON:
        raise ValidationError(_("Strengths are those of an organisation or a group."))
    strength = Strength(owner=owner)
    _write(strength, fields)
    record("strength.noted", strength, by=by, changes={name: str(getattr(strength, name)) for name in CODED})
    return strength


@transaction.atomic
def change_strength(*, strength: Strength, by: User | None, **fields: Any) -> Strength:
    """Change what is known of it; what changed is to be confirmed anew. Raises ValidationError."""
    locked = Strength.objects.select_for_update().get(pk=strength.pk)
    changes = changed_fields(locked, {name: fields[name] for name in CODED if name in fields})
    if changes:
        locked.confirmed_on = None
    _write(locked, fields)
    record("strength.changed", locked, by=by, changes=changes)
    return locked


@transaction.atomic
def confirm_strength(*, strength: Strength, by: User | None, today: date | None = None) -> Strength:
    """Note that the organisation itself says so."""
    locked: Strength = Strength.objects.select_for_update().get(pk=strength.pk)
    locked.confirmed_on = today or timezone.localdate()
    locked.save(update_fields=["confirmed_on"])
    record("strength.confirmed", locked, by=by)
    return locked


@transaction.atomic
def remove_strength(*, strength: Strength, by: User | None) -> None:
    """Take it out."""
    locked = Strength.objects.select_for_update().get(pk=strength.pk)
    record("strength.removed", locked, by=by, changes={"skill": locked.skill})
    locked.delete()


def _write(strength: Strength, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(strength, name, value)
    strength.full_clean()
    strength.save()
