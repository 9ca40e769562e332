"""What differs between two versions of a kit (R-P2)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.rules.bilingual import spoken_item

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class KitChange:
    """One item that came, went or reads differently now; ``fields`` names what of it changed."""

    section: str
    code: str
    what: str
    title: str
    fields: tuple[str, ...] = ()


def title_of(item: Mapping[str, Any]) -> str:
    """What an item is called, in the page's language."""
    return next(
        (text for name in ("title", "name", "text") if (text := spoken_item(item, name))), str(item.get("code", ""))
    )


def key_of(item: Mapping[str, Any]) -> str:
    """What an item is recognised by in another version: its code, else its title."""
    return str(item.get("code") or item.get("title_en") or item.get("title_it") or title_of(item))


def changes_between(
    before: Mapping[str, Sequence[Mapping[str, Any]]], now: Mapping[str, Sequence[Mapping[str, Any]]]
) -> list[KitChange]:
    """What is new, gone or different in ``now``, section by section in its order, then what sections lost."""
    sections = [*now, *(code for code in before if code not in now)]
    return [change for code in sections for change in _in_section(code, before.get(code, ()), now.get(code, ()))]


def _in_section(
    section: str, before: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]
) -> Iterator[KitChange]:
    old, new = ({key_of(item): item for item in items} for items in (before, now))
    for key, item in new.items():
        if key not in old:
            yield KitChange(section, key, ADDED, title_of(item))
        elif fields := tuple(name for name in item if item[name] != old[key].get(name)):
            yield KitChange(section, key, CHANGED, title_of(item), fields)
    yield from (KitChange(section, key, REMOVED, title_of(item)) for key, item in old.items() if key not in new)


def only_new(
    before: Mapping[str, Sequence[Mapping[str, Any]]], now: Mapping[str, Sequence[Mapping[str, Any]]]
) -> dict[str, list[dict[str, Any]]]:
    """The items of ``now`` that ``before`` has not, by section; sections without any are left out."""
    known = {(code, key_of(item)) for code, items in before.items() for item in items}
    found = {code: [dict(item) for item in items if (code, key_of(item)) not in known] for code, items in now.items()}
    return {code: items for code, items in found.items() if items}
