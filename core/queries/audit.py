"""Reading what was done."""

import uuid

from django.db.models import QuerySet

from core.models import AuditEvent


def audit_events() -> QuerySet[AuditEvent]:
    """All events of the tenant, newest first, with their actors."""
    return AuditEvent.objects.select_related("actor").order_by("-at", "-id")


def audit_events_about(subject_id: uuid.UUID) -> QuerySet[AuditEvent]:
    """What happened to one record, newest first."""
    return audit_events().filter(subject_id=subject_id)
