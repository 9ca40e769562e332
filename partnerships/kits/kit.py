"""What a kit is made of, and a kit as it is chosen: its parts as plain items that can be stored and compared."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.rules.bilingual import spoken

# A part of a kit as JSON knows it; ``code`` tells it from the others of its section.
Item = dict[str, Any]
Content = Mapping[str, Sequence[Item]]


@dataclass(frozen=True)
class KitRole:
    """A part an organisation or person plays."""

    code: str
    name_en: str
    name_it: str
    duties_en: str = ""
    duties_it: str = ""

    @property
    def name(self) -> str:
        """The role in the page's language."""
        return spoken(self, "name")


@dataclass(frozen=True)
class KitMember:
    """Whom to look for among the stakeholders; ``is_centre`` marks the people affected (ring 1)."""

    code: str
    name_en: str
    name_it: str
    sector: str
    at_least: int = 1
    is_optional: bool = False
    is_centre: bool = False


@dataclass(frozen=True)
class KitNeed:
    """Something the partnership will need that somebody could bring; ``kind`` is one of ``Asset.Kind``."""

    code: str
    kind: str
    title_en: str
    title_it: str
    text_en: str = ""
    text_it: str = ""


@dataclass(frozen=True)
class KitTask:
    """A task with its days counted from the start of the partnership; negative ones come before it.

    ``accountable``, ``responsible`` and ``consulted`` are codes of roles; the common ones are words. ``steps`` are its
    checklist, ``waits_for`` codes of other tasks.
    """

    code: str
    title_en: str
    title_it: str
    due: int | None
    starts: int | None = None
    accountable: str = ""
    responsible: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    result_en: str = ""
    result_it: str = ""
    effort_hours: int | None = None
    needs_evidence: bool = False
    steps: tuple[str, ...] = ()
    waits_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class KitClause:
    """A clause of the agreement, its gaps filled from data as the library's are.

    With the ``code`` of a clause of the library it is that clause in the kit's words; ``adds_to`` names the one it is
    written beneath. With neither it stands by itself.
    """

    title_en: str
    title_it: str
    text_en: str
    text_it: str
    code: str = ""
    adds_to: str = ""


class NoteKind(models.TextChoices):
    """What a note of a kit is about, in the order a page shows them."""

    NEED = "need", _("The need behind it, as an example")
    OUTCOME = "outcome", _("What shall change")
    LONG_TERM = "long_term", _("What it may lead to in the long run")
    ASSUMPTION = "assumption", _("What must hold")
    INSTRUMENT = "instrument", _("Kind of agreement in Italy")
    DOCUMENT = "document", _("Documents to have")
    RHYTHM = "rhythm", _("Rhythm")
    ENGAGEMENT = "engagement", _("Ways to take residents along")
    FUNDING = "funding", _("Where money may come from")
    RISK = "risk", _("What may go wrong, and what helps")


@dataclass(frozen=True)
class KitNote:
    """A starting point in words: nothing is made of it until somebody does."""

    code: str
    kind: NoteKind
    text_en: str
    text_it: str


@dataclass(frozen=True)
class Kit:
    """A template of a partnership. ``version`` grows with every change of its content (R-P2)."""

    code: str
    version: int
    name_en: str
    name_it: str
    sentence_en: str
    sentence_it: str
    roles: tuple[KitRole, ...] = ()
    members: tuple[KitMember, ...] = ()
    needs: tuple[KitNeed, ...] = ()
    tasks: tuple[KitTask, ...] = ()
    clauses: tuple[KitClause, ...] = ()
    notes: tuple[KitNote, ...] = ()
    is_light: bool = False

    @property
    def name(self) -> str:
        """The name in the page's language."""
        return spoken(self, "name")

    @property
    def sentence(self) -> str:
        """When to use it, in the page's language."""
        return spoken(self, "sentence")


@dataclass(frozen=True)
class ChosenKit:
    """A kit of ours or of the space, with its content by section. ``is_own`` when the space made it (R-P3)."""

    code: str
    version: int
    name_en: str
    name_it: str
    sentence_en: str = ""
    sentence_it: str = ""
    is_light: bool = False
    is_own: bool = False
    content: Content = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name in the page's language."""
        return spoken(self, "name")

    @property
    def sentence(self) -> str:
        """When to use it, in the page's language."""
        return spoken(self, "sentence")

    def items(self, section: str) -> Sequence[Item]:
        """The items of a section; none for one it has not."""
        return self.content.get(section, ())


def item_of(record: Any) -> Item:
    """A dataclass as plain values: decimals and choices as text, tuples as lists."""
    return {entry.name: _plain(getattr(record, entry.name)) for entry in dataclasses.fields(record)}


def record_of[RecordT](kind: type[RecordT], item: Item) -> RecordT:
    """The dataclass an item came from; what it does not know is left out, lists become tuples."""
    known = {entry.name for entry in dataclasses.fields(kind)}  # type: ignore[arg-type]  # always a dataclass
    return kind(
        **{name: tuple(value) if isinstance(value, list) else value for name, value in item.items() if name in known}
    )


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case Decimal():
            return str(value)
        case tuple() | list():
            return [_plain(one) for one in value]
    return item_of(value) if dataclasses.is_dataclass(value) else value
