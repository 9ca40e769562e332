"""Writing down what was done, in the transaction that does it."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import models

from core.models import AuditEvent, User

LABEL_LENGTH = 200


def record(
    verb: str,
    subject: models.Model,
    *,
    by: User | None,
    scope_id: uuid.UUID | None = None,
    changes: dict[str, Any] | None = None,
    actor_label: str = "",
) -> AuditEvent:
    """Add one audit event. ``actor_label`` says who acted without an account ("link", "worker", "resident").

    ``changes`` must hold no free text about people: ids, numbers, dates, states.
    """
    return AuditEvent.objects.create(
        actor=by,
        actor_label="" if by else actor_label or "system",
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_label=str(subject)[:LABEL_LENGTH],
        scope_id=scope_id,
        changes=changes or {},
    )


def changed_fields(before: models.Model, after: dict[str, Any]) -> dict[str, list[str]]:
    """Old and new value, as text, of the fields a change touches."""
    return {
        name: [str(getattr(before, name)), str(value)]
        for name, value in after.items()
        if getattr(before, name) != value
    }


def record_for_all(
    verb: str,
    subjects: Iterable[tuple[models.Model, dict[str, Any]]],
    *,
    by: User | None,
    scope_id: uuid.UUID | None = None,
    actor_label: str = "",
) -> None:
    """Add one audit event for each of many records, with its own changes; rules as for ``record``."""
    events = [
        AuditEvent(
            actor=by,
            actor_label="" if by else actor_label or "system",
            verb=verb,
            subject_type=subject._meta.label_lower,
            subject_id=subject.pk,
            subject_label=str(subject)[:LABEL_LENGTH],
            scope_id=scope_id,
            changes=changes,
        )
        for subject, changes in subjects
    ]
    AuditEvent.objects.bulk_create(events, batch_size=500)
