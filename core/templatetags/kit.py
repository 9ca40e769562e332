"""The kit's tags: what every template needs and what must be cheap in long lists."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any

import lucide
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.rules.phrases import phrased

register = template.Library()

TONE_ICONS = {
    "ok": "check",
    "done": "circle-check",
    "soon": "clock",
    "late": "triangle-alert",
    "now": "hourglass",
    "info": "info",
    "idle": "pause",
    "draft": "pencil-line",
}


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str) -> SafeString:
    """A Lucide icon as decoration, hidden from assistive technology; `IconDoesNotExist` for an unknown name.

    Drawn once for each name and then kept: a list of fifty badges would else parse fifty drawings.
    """
    # Made from the package's own files only, so there is nothing in it to escape.
    drawing = lucide._render_icon(name, 20, **{"class": "icon", "aria-hidden": "true"})
    return mark_safe(" ".join(drawing.split()).replace("> <", "><"))  # noqa: S308 - see above


@register.filter(name="phrased")
def phrased_text(text: str) -> str:
    """What people of the space wrote, in the further language of a public page."""
    return phrased(text)


@register.simple_tag
def badge(tone: str, label: str, icon_name: str = "") -> SafeString:
    """A status as colour, icon and word; `KeyError` for a tone that is not in `TONE_ICONS`."""
    return _badge(tone, str(label), icon_name or TONE_ICONS[tone])


@lru_cache(maxsize=2048)
def _badge(tone: str, label: str, icon_name: str) -> SafeString:
    return format_html('<span class="badge {}">{}{}</span>', tone, icon(icon_name), label)


@register.simple_tag
def tone_icon(tone: str) -> SafeString:
    """The icon that goes with a tone."""
    return icon(TONE_ICONS[tone])


@register.simple_tag
def options(choices: Iterable[tuple[object, object]], chosen: object = None) -> SafeString:
    """The options of a select, from pairs of value and label."""
    drawn = (
        f'<option value="{escape(str(value))}"{" selected" if value == chosen else ""}>{escape(str(label))}</option>'
        for value, label in choices
    )
    return mark_safe("".join(drawn))  # noqa: S308 - every value is escaped above


@register.filter
def folded(tabs: Iterable[Any]) -> list[Any]:
    """The tabs that stand behind "More": those marked so, but for the one that is open."""
    return [tab for tab in tabs if getattr(tab, "is_more", False) and not tab.is_current]


@register.filter
def initials(name: object) -> str:
    """The letters of an avatar: first and last word, at most two."""
    words = str(name).split()
    letters = [word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)]
    return "".join(letters).upper()
