"""What a kit brings into a partnership; higher apps register sections (goals, indicators) with data of their own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from core.models import User
from partnerships.kits.kit import ChosenKit, Item, Kit
from partnerships.models import Partnership


def _nothing(_partnership: Partnership) -> list[Item]:
    return []


def _stay(_partnership: Partnership, _before: date | None, _today: date | None) -> int:
    return 0


def none_of_ours(_kit: Kit) -> list[Item]:
    """The content of a section that our own kits do not have."""
    return []


@dataclass(frozen=True)
class KitSection:
    """One part of a kit.

    ``content(kit)`` gives the items one of our own kits has. ``apply(partnership, kit, by)`` writes drafts only (R-P1)
    of ``kit.items(code)``; relative dates count from ``partnership.starts_on``, without it they stay empty.
    ``capture(partnership)`` makes items of what a partnership has, for a kit of the space's own (R-P3).
    ``move(partnership, before, today)`` counts the days of its drafts anew when the start was another one before, and
    returns how many moved; what somebody agreed on or wrote stays.
    An item is called by its ``title_*``, ``name_*`` or ``text_*``. ``is_whole``: its items make one thing together,
    so single ones that a newer version gained are shown, not added.
    """

    code: str
    label: str | Promise
    order: int
    content: Callable[[Kit], Sequence[Item]]
    apply: Callable[[Partnership, ChosenKit, User | None], None]
    capture: Callable[[Partnership], Sequence[Item]] = _nothing
    is_whole: bool = False
    move: Callable[[Partnership, date | None, date | None], int] = _stay


_sections: dict[str, KitSection] = {}


def register_kit_section(section: KitSection) -> None:
    """Add a section; called from ``AppConfig.ready``. The same code again replaces it."""
    _sections[section.code] = section


def registered_kit_sections() -> list[KitSection]:
    """All sections in the order they are applied, for the README's list and its test."""
    return sorted(_sections.values(), key=lambda found: found.order)


def built_in(kit: Kit) -> ChosenKit:
    """One of our own kits, ready to be chosen."""
    content = {section.code: list(section.content(kit)) for section in registered_kit_sections()}
    return ChosenKit(
        code=kit.code,
        version=kit.version,
        name_en=kit.name_en,
        name_it=kit.name_it,
        sentence_en=kit.sentence_en,
        sentence_it=kit.sentence_it,
        is_light=kit.is_light,
        content={code: items for code, items in content.items() if items},
    )
