"""Reading what was done."""

import uuid

from django.db.models import Q, QuerySet

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.models import AuditEvent, Grant, User


def history_visible_to(viewer: Viewer, *, by: uuid.UUID | None = None, noun: str = "") -> QuerySet[AuditEvent]:
    """The events a person may read: all of them, or those of the scopes in which they may.

    What belongs to no partnership, or was written down without one, is for roles in the whole space.
    """
    events = audit_events(by=by, noun=noun)
    if viewer.can_everywhere(Permission.READ_AUDIT):
        return events
    return events.filter(scope_id__in=viewer.scopes_with(Permission.READ_AUDIT))


def people_in_history_of(viewer: Viewer) -> QuerySet[User]:
    """Whose events a person may ask for, by name: everyone with a role, or who did something where they may read."""
    if viewer.can_everywhere(Permission.READ_AUDIT):
        found = Q(pk__in=Grant.objects.values("user_id"))
    else:
        found = Q(pk__in=history_visible_to(viewer).order_by().values("actor_id"))
    return User.objects.filter(found).order_by("name", "email")


def audit_events(*, by: uuid.UUID | None = None, noun: str = "") -> QuerySet[AuditEvent]:
    """Events of the tenant, newest first, with their actors; of one person, or about one kind of thing."""
    events: QuerySet[AuditEvent] = AuditEvent.objects.select_related("actor").order_by("-at", "-id")
    if by is not None:
        events = events.filter(actor_id=by)
    if noun:
        events = events.filter(verb__startswith=f"{noun}.")
    return events


def history_about(viewer: Viewer, *subject_ids: uuid.UUID) -> QuerySet[AuditEvent]:
    """What happened to a record, or to several, as far as a person may read it, newest first."""
    events = history_visible_to(viewer)
    # A list of subjects costs more than one.
    return (
        events.filter(subject_id=subject_ids[0]) if len(subject_ids) == 1 else events.filter(subject_id__in=subject_ids)
    )
