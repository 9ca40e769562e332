"""Reading what was done."""

import uuid

from django.db.models import QuerySet

from core.models import AuditEvent


def audit_events(*, by: uuid.UUID | None = None, noun: str = "") -> QuerySet[AuditEvent]:
    """Events of the tenant, newest first, with their actors; of one person, or about one kind of thing."""
    events: QuerySet[AuditEvent] = AuditEvent.objects.select_related("actor").order_by("-at", "-id")
    if by is not None:
        events = events.filter(actor_id=by)
    if noun:
        events = events.filter(verb__startswith=f"{noun}.")
    return events


def audit_events_about(subject_id: uuid.UUID) -> QuerySet[AuditEvent]:
    """What happened to one record, newest first."""
    return audit_events().filter(subject_id=subject_id)
