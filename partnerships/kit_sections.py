"""What a kit brings into a partnership; higher apps register sections (goals, indicators) with data of their own."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from core.models import User
from partnerships.kits.kit import Kit
from partnerships.models import Partnership

Apply = Callable[[Partnership, Kit, User | None], None]


@dataclass(frozen=True)
class KitSection:
    """One part of a kit: ``apply(partnership, kit, by)`` writes drafts only (R-P1); nothing for a kit it does not know.

    Relative dates count from ``partnership.starts_on``; without it they stay empty.
    """

    code: str
    label: str | Promise
    order: int
    apply: Apply


_sections: dict[str, KitSection] = {}


def register_kit_section(section: KitSection) -> None:
    """Add a section; called from ``AppConfig.ready``. The same code again replaces it."""
    _sections[section.code] = section


def registered_kit_sections() -> list[KitSection]:
    """All sections in the order they are applied, for the README's list and its test."""
    return sorted(_sections.values(), key=lambda found: found.order)
