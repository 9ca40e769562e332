"""Days of a kit counted from the start of a partnership, and what differs between two versions of it (R-P2)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.rules.bilingual import spoken_item
from core.rules.workdays import is_workday, workdays_after
from partnerships.models import Partnership
from partnerships.rules.kit_difference import Difference, differences_of

Mode = Partnership.Mode
ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class KitChange:
    """One item that came, went or reads differently now; ``fields`` names what of it changed, ``differences`` how."""

    section: str
    code: str
    what: str
    title: str
    fields: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()


def first_mode(*, is_own: bool, is_light: bool) -> str:
    """How strict a partnership made of a kit begins: light, unless the space made the kit of a full one."""
    return Mode.FULL if is_own and not is_light else Mode.LIGHT


def day_of(start: date, offset: int) -> date:
    """The working day a kit means by so many days after the start, or, negative, before it.

    A day of the weekend becomes the next working day, before the start the last one.
    """
    day = start + timedelta(days=offset)
    return day if is_workday(day) else workdays_after(day, -1 if offset < 0 else 1)


def offset_of(start: date, day: date, known: int | None = None) -> int:
    """How many days after the start a day is; the ``known`` offset where that means this day."""
    return known if known is not None and day_of(start, known) == day else (day - start).days


def day_words(offset: int) -> str:
    """A day counted from the start, in words."""
    if offset == 0:
        return _("on the day it starts")
    if offset < 0:
        return ngettext("%d day before the start", "%d days before the start", -offset) % -offset
    return ngettext("%d day after the start", "%d days after the start", offset) % offset


def span_words(starts: int | None, due: int | None) -> str:
    """From when to when something is done, in words; empty where no day is known."""
    if due is None:
        return ""
    if starts is None or starts == due:
        return day_words(due)
    return _("between %(first)s and %(last)s") % {"first": day_words(starts), "last": day_words(due)}


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
        elif fields := tuple(name for name in item if _differs(item[name], old[key].get(name))):
            differences = tuple(differences_of(old[key], item, fields, day=day_words))
            yield KitChange(section, key, CHANGED, title_of(item), fields, differences)
    yield from (KitChange(section, key, REMOVED, title_of(item)) for key, item in old.items() if key not in new)


def _differs(now: Any, before: Any) -> bool:
    # What an older version did not know yet is no change while it is empty.
    return bool(now != before and (now or before))


def only_new(
    before: Mapping[str, Sequence[Mapping[str, Any]]], now: Mapping[str, Sequence[Mapping[str, Any]]]
) -> dict[str, list[dict[str, Any]]]:
    """The items of ``now`` that ``before`` has not, by section; sections without any are left out."""
    known = {(code, key_of(item)) for code, items in before.items() for item in items}
    found = {code: [dict(item) for item in items if (code, key_of(item)) not in known] for code, items in now.items()}
    return {code: items for code, items in found.items() if items}
