"""What leaves the register in a format for other programs."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Place:
    """Somebody's place in an organisation: the other end's id, name and ways to reach, and the role."""

    id: uuid.UUID
    name: str
    title: str
    email: str
    phone: str


@dataclass(frozen=True)
class Outgoing:
    """A stakeholder as a viewer may hand it on.

    Whoever asked not to be contacted comes without any way to reach them. ``level`` is who may see the record
    (R-D10), in the words of ``LEVEL_WORDS``. ``contacts`` are kind, value and label,
    ``identifiers`` list and number; ``organisations`` and ``people`` are those the viewer may see.
    """

    id: uuid.UUID
    kind: str
    values: dict[str, str]
    languages: list[str]
    level: str
    refuses_contact: bool
    updated_at: datetime
    contacts: list[tuple[str, str, str]] = field(default_factory=list)
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    organisations: list[Place] = field(default_factory=list)
    people: list[Place] = field(default_factory=list)
