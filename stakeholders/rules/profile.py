"""What an organisation may say of itself and its people, and what waits for the coordination before it holds."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stakeholders.models import Asset, Stakeholder
from stakeholders.rules.stakeholder import FIELD_LABELS

ORGANISATION_FACTS = (
    "name", "aliases", "description", "interest_statement", "email", "phone", "website", "place", "province",
    "languages",
)  # fmt: skip
PERSON_FACTS = ("name", "phone", "email")
# One thing the organisation can bring, under its id; who may know of it is the coordination's to say.
ASSET = "asset:"
ASSET_FACTS = (
    "title", "kind", "offered", "description", "conditions", "place", "free_from", "free_until",
)  # fmt: skip
# Not facts of the record: what somebody does in the organisation, that they left it, and that somebody is to be added.
TITLE, LEFT, ADDED = "title", "left", "added"
ADDED_FACTS = ("name", TITLE, "email", "phone")
LABELS: dict[str, str | Promise] = {
    **FIELD_LABELS,
    TITLE: _("What they do there"),
    LEFT: _("Still there"),
    ADDED: _("A person to add"),
}

Changes = dict[str, list[Any]]


def label_of(name: str) -> str:
    """What a changed fact is called."""
    return str(_("What it can bring") if name.startswith(ASSET) else LABELS[name])


def told_of(asset: Asset) -> dict[str, Any]:
    """What an organisation says of one thing it can bring, as an edit keeps it."""
    values = {name: getattr(asset, name) for name in ASSET_FACTS}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> Changes:
    """The facts that change, each with its value before and after."""
    return {name: [before[name], value] for name, value in after.items() if before[name] != value}


def waits(name: str, *, kind: str) -> bool:
    """Whether a fact holds only once the coordination has seen it.

    An address decides who is recognised as a person when signing in and who gets links to tasks and agreements; whoever
    is added comes under the same address as somebody the register knows already. Both are looked at first.
    """
    return name == ADDED or (name == "email" and kind == Stakeholder.Kind.PERSON)


def shown(value: Any) -> str:
    """A value as a page tells it."""
    if isinstance(value, Mapping) and "offered" in value:
        return _asset_words(value)
    if isinstance(value, Mapping):
        return ", ".join(str(value[name]) for name in ADDED_FACTS if value.get(name))
    if isinstance(value, bool):
        return str(_("no") if value else _("yes"))
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(map(str, value))
    return str(value or "")


def _asset_words(value: Mapping[str, Any]) -> str:
    first, last = (value.get(name) and parse_date(value[name]) for name in ("free_from", "free_until"))
    parts = [
        value["title"],
        Asset.Kind(value["kind"]).label,
        Asset.Offered(value["offered"]).label,
        value["description"],
        value["conditions"],
        value["place"],
        _("free from %(day)s") % {"day": date_format(first, "SHORT_DATE_FORMAT")} if first else "",
        _("free until %(day)s") % {"day": date_format(last, "SHORT_DATE_FORMAT")} if last else "",
    ]
    return " · ".join(str(part) for part in parts if part)
