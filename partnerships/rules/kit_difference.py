"""What of an item of a kit reads differently in another version, in the page's language (R-P2)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.rules.bilingual import LANGUAGES, spoken_item

Item = Mapping[str, Any]
# What people read of an item; what else changed, codes and marks, is told as one line without values.
WRITTEN: dict[str, str | Promise] = {
    "title": gettext_lazy("Title"),
    "name": gettext_lazy("Name"),
    "text": gettext_lazy("Text"),
    "result": gettext_lazy("Result"),
    "duties": gettext_lazy("What it does"),
    "affected": gettext_lazy("Who lives it"),
    "population": gettext_lazy("For whom"),
    "place": gettext_lazy("Where"),
}


@dataclass(frozen=True)
class Difference:
    """One fact of an item as it was and as it is; both are empty for what has no words of its own."""

    label: str
    before: str
    now: str


def differences_of(before: Item, now: Item, fields: Iterable[str], *, day: Callable[[int], str]) -> list[Difference]:
    """What ``fields`` of an item say in the two versions; ``day`` tells a day counted from the start."""
    spoken = {f"{name}_{language}": name for name in WRITTEN for language in LANGUAGES}
    counted: dict[str, tuple[str, Callable[[Any], str]]] = {
        "due": (_("By"), day),
        "starts": (_("From"), day),
        "effort_hours": (_("Hours"), lambda hours: ngettext("%d hour", "%d hours", hours) % hours),
        "steps": (_("Steps"), "; ".join),
    }
    found: dict[str, Difference] = {}
    is_more = False
    for name in fields:
        if name in spoken:
            words = spoken[name]
            told = Difference(str(WRITTEN[words]), spoken_item(before, words), spoken_item(now, words))
            # Only the other language's words changed.
            if told.before != told.now:
                found[words] = told
                continue
        elif name in counted:
            label, say = counted[name]
            old, new = ("" if value in (None, [], ()) else say(value) for value in (before.get(name), now.get(name)))
            found[name] = Difference(label, old, new)
            continue
        is_more = True
    return [*found.values(), *([Difference(_("Other details"), "", "")] if is_more else [])]
