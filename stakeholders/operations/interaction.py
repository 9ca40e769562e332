"""Writing down a call, a meeting, a mail or a visit."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import User
from core.operations.audit import record
from stakeholders.models import Affiliation, Interaction, Stakeholder
from stakeholders.rules.interaction import can_change_interaction, missing_in_interaction


class NotYourWordsError(Exception):
    """Only who wrote an interaction down may change or delete it; the message says so."""


@transaction.atomic
def log_interaction(
    *, stakeholder: Stakeholder, by: User | None, today: date | None = None, **fields: Any
) -> Interaction:
    """Keep what was said and what comes next. Raises ValidationError, also for a person of another organisation."""
    written = Interaction(stakeholder=stakeholder, by=by)
    _write(written, fields, today)
    record("interaction.logged", stakeholder, by=by, changes={"kind": written.kind, "held_on": str(written.held_on)})
    return written


@transaction.atomic
def change_interaction(*, interaction: Interaction, by: User, today: date | None = None, **fields: Any) -> Interaction:
    """Put right what one wrote. Raises NotYourWordsError, ValidationError."""
    locked = _own(interaction, by)
    _write(locked, fields, today)
    record("interaction.changed", locked.stakeholder, by=by, changes={"kind": locked.kind})
    return locked


@transaction.atomic
def delete_interaction(*, interaction: Interaction, by: User) -> None:
    """Take back what one wrote. Raises NotYourWordsError."""
    locked = _own(interaction, by)
    record("interaction.deleted", locked.stakeholder, by=by, changes={"kind": locked.kind})
    locked.delete()


def _own(interaction: Interaction, by: User) -> Interaction:
    locked: Interaction = Interaction.objects.select_for_update().get(pk=interaction.pk)
    if not (verdict := can_change_interaction(written_by=locked.by_id, by=by.pk)):
        raise NotYourWordsError(str(verdict.reason))
    return locked


def _write(interaction: Interaction, fields: dict[str, Any], today: date | None) -> None:
    for name, value in fields.items():
        setattr(interaction, name, value)
    if interaction.person_id and not _belongs(interaction):
        raise ValidationError({"person": _("This person is not of this organisation.")})
    interaction.full_clean()
    faults = missing_in_interaction(
        held_on=interaction.held_on,
        next_step=interaction.next_step,
        next_step_on=interaction.next_step_on,
        today=today or timezone.localdate(),
    )
    if faults:
        raise ValidationError({name: [message] for name, message in faults.items()})
    interaction.save()


def _belongs(interaction: Interaction) -> bool:
    places = Affiliation.objects.filter(person=interaction.person_id, organisation=interaction.stakeholder_id)
    return places.exists()
