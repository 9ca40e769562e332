"""Audit events as the history page shows them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from core.access.roles import ROLES, Role
from core.models import AuditEvent
from core.queries.people import names_of
from core.rules.history import actor_in_words, sentence_for


@dataclass(frozen=True)
class HistoryRow:
    """One event: when, who, what, and which fields went from what to what."""

    at: datetime
    who: str
    what: str
    changes: list[tuple[str, str, str]]


def history_rows(events: Sequence[AuditEvent]) -> list[HistoryRow]:
    """The rows for a page of events; people named in them are loaded at once."""
    names = names_of({found for event in events if (found := _person_id(event))})
    return [_row(event, names) for event in events]


def _row(event: AuditEvent, names: dict[uuid.UUID, str]) -> HistoryRow:
    person_id = _person_id(event)
    role = str(event.changes.get("role", ""))
    what = sentence_for(
        event.verb,
        subject=event.subject_label,
        person=names.get(person_id, _("somebody who left")) if person_id else "",
        role=str(ROLES[Role(role)].label) if role in set(Role) else role,
    )
    who = (
        str(event.actor)
        if event.actor
        else _("Somebody who left")
        if event.actor_id
        else actor_in_words(event.actor_label)
    )
    return HistoryRow(event.at, who, what, _field_changes(event))


def _person_id(event: AuditEvent) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(event.changes.get("user", "")))
    except ValueError:
        return None


def _field_changes(event: AuditEvent) -> list[tuple[str, str, str]]:
    pairs = ((name, value) for name, value in event.changes.items() if isinstance(value, list) and len(value) == 2)  # noqa: PLR2004 - before, after
    return [(name.replace("_", " "), str(before), str(after)) for name, (before, after) in pairs]
