"""The forms of every page, filled in as they stand, with one choice exchanged for a row of the neighbour (TEN-10)."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.db import models

# A type of field and what a person might write there.
WRITTEN = {
    "date": "2026-11-20",
    "datetime-local": "2026-11-20T10:00",
    "time": "10:00",
    "number": "1",
    "email": "someone@example.org",
    "url": "https://example.org/",
    "month": "2026-11",
}
NOT_SENT = {"submit", "button", "file", "image", "reset"}


@dataclass
class Form:
    """What a form would send, and what else could be chosen in it."""

    action: str = ""
    sends: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)

    def choose(self, name: str, value: str) -> None:
        """Add a value that is sent."""
        self.sends.setdefault(name, []).append(value)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.select = ""
        self.named: dict[str, Form] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "").lower() == "post":
            self.open = Form(given.get("action", ""))
            self.forms.append(self.open)
            self.named[given.get("id", "")] = self.open
        form = self.named.get(given["form"]) if "form" in given else self.open
        if form is None:
            return
        if tag == "select":
            self.select = given.get("name", "")
            form.choices.setdefault(self.select, [])
        elif tag == "option" and self.select:
            form.choices[self.select].append(given.get("value", ""))
            if "selected" in given:
                form.choose(self.select, given.get("value", ""))
        elif tag == "textarea" and given.get("name"):
            form.choose(given["name"], "Words")
        elif tag == "input" and given.get("name"):
            self._input(form, given)

    def _input(self, form: Form, given: dict[str, str]) -> None:
        kind, name, value = given.get("type", "text"), given["name"], given.get("value", "")
        if kind in NOT_SENT:
            return
        if kind in {"radio", "checkbox"}:
            form.choices.setdefault(name, []).append(value)
            if "checked" in given:
                form.choose(name, value)
        elif kind == "hidden" or name in {"website", "csrfmiddlewaretoken"}:
            form.choose(name, value)
            form.choices.setdefault(name, []).append(value)
        else:
            form.choose(name, value or WRITTEN.get(kind, "Words"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        if tag == "form":
            self.open = None


def forms_of(page: str) -> list[Form]:
    """The forms of a page that write."""
    reader = _Reader()
    reader.feed(page)
    for form in reader.forms:
        for name, values in form.choices.items():
            usable = [value for value in values if value]
            if name not in form.sends and usable:
                form.choose(name, usable[0])
    return reader.forms


def exchanges(
    form: Form, own: dict[str, models.Model], foreign: dict[str, models.Model]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each choice of a row of ours once exchanged for the neighbour's row of the same table."""
    tables = {str(row.pk): label for label, row in own.items()}
    for name, values in form.choices.items():
        if label := next((tables[value] for value in values if value in tables and _is_id(value)), ""):
            yield name, {**form.sends, name: [str(foreign[label].pk)]}


def _is_id(value: str) -> bool:
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return True
