"""Fields of forms drawn without a template each: a form of twenty choices would else render sixty of them.

The same HTML as Django's own templates, with choices as the kit's cards.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

Drawing = Callable[[Mapping[str, Any]], str]


def _attributes(attrs: Mapping[str, Any]) -> str:
    """Attributes as they stand in a tag; True stands without a value, False not at all."""
    return "".join(
        f" {name}" if value is True else f' {name}="{_text(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _text(value: Any) -> str:
    return conditional_escape(str(value)) if not hasattr(value, "__html__") else value.__html__()


def _input(widget: Mapping[str, Any]) -> str:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    return f'<input type="{widget["type"]}" name="{_text(widget["name"])}"{value}{_attributes(widget["attrs"])}>'


def _card(widget: Mapping[str, Any]) -> str:
    """One choice: the radio button or checkbox inside its label."""
    if not widget.get("wrap_label"):
        return _input(widget)
    target = f' for="{_text(widget["attrs"]["id"])}"' if widget["attrs"].get("id") else ""
    return f'<label class="choice"{target}>{_input(widget)}<span>{_text(widget["label"])}</span></label>'


def _choices(widget: Mapping[str, Any]) -> str:
    """Choices as cards, with the names of their groups."""
    attrs, parts = widget["attrs"], []
    for group, options, _index in widget["optgroups"]:
        if group:
            parts.append(f'<p class="hint">{_text(group)}</p>')
        parts += map(_card, options)
    name = f' id="{_text(attrs["id"])}"' if attrs.get("id") else ""
    more = f" {_text(attrs['class'])}" if attrs.get("class") else ""
    return f'<div class="choices{more}"{name}>{"".join(parts)}</div>'


def _textarea(widget: Mapping[str, Any]) -> str:
    value = _text(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_text(widget["name"])}"{_attributes(widget["attrs"])}>\n{value}</textarea>'


def _option(widget: Mapping[str, Any]) -> str:
    return f'<option value="{_text(widget["value"])}"{_attributes(widget["attrs"])}>{_text(widget["label"])}</option>'


def _select(widget: Mapping[str, Any]) -> str:
    parts = []
    for group, options, _index in widget["optgroups"]:
        drawn = "".join(map(_option, options))
        parts.append(f'<optgroup label="{_text(group)}">{drawn}</optgroup>' if group else drawn)
    return f'<select name="{_text(widget["name"])}"{_attributes(widget["attrs"])}>{"".join(parts)}</select>'


FOLDER = "django/forms/widgets/"
DRAWINGS: dict[str, Drawing] = {
    **{
        f"{FOLDER}{kind}.html": _input
        for kind in (
            "text", "number", "email", "url", "password", "hidden", "date", "datetime", "time", "checkbox", "input",
            "file", "tel", "color", "search",
        )
    },
    f"{FOLDER}textarea.html": _textarea,
    f"{FOLDER}select.html": _select,
    f"{FOLDER}radio.html": _choices,
    f"{FOLDER}checkbox_select.html": _choices,
}  # fmt: skip


def drawn(template_name: str, context: Mapping[str, Any]) -> SafeString | None:
    """A widget's HTML; None for one that needs its template."""
    drawing = DRAWINGS.get(template_name)
    return mark_safe(drawing(context["widget"])) if drawing else None  # noqa: S308 - every value is escaped above
