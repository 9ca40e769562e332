"""Organisations of an Open Referral directory (HSDS 3, JSON) with their contacts."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.tabular.errors import Message, RowError, TableError
from stakeholders.models import ContactPoint, Stakeholder
from stakeholders.rules.hsds_writing import TAXONOMY
from stakeholders.rules.import_cells import READERS, CellError
from stakeholders.rules.import_entry import (
    IDENTIFIER,
    BesideFact,
    Candidate,
    Entry,
    candidate_of,
    read_facts,
    with_person,
)

MOST_ORGANISATIONS = 10_000
MOST_OF_A_KIND = 10
MOST_DEPTH = 30
# An organisation, a list of them, a page of an HSDS API, or a compilation.
_LISTS = ("contents", "organizations", "organization")
_BRACKET = re.compile(rb"[\[\]{}]")
_TAX_CODE, _VAT = "IT-CF", "IT-PIVA"


class HsdsError(TableError):
    """The file is no directory of organisations."""

    default = _("This file is no Open Referral directory (HSDS 3) with organisations.")


def hsds_entries(content: bytes) -> Iterator[Entry]:
    """What the organisations of a directory say. Raises HsdsError."""
    organisations = _organisations(content)
    return (_entry(number, one) for number, one in enumerate(organisations, start=1))


def _organisations(content: bytes) -> list[Any]:
    if _depth_of(content) > MOST_DEPTH:
        raise HsdsError
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise HsdsError from error
    if isinstance(told, dict):
        told = next((told[name] for name in _LISTS if isinstance(told.get(name), list)), [told])
    if not isinstance(told, list) or not told or not any(isinstance(one, dict) and "name" in one for one in told):
        raise HsdsError
    if len(told) > MOST_ORGANISATIONS:
        raise HsdsError(_("This directory has more than 10,000 organisations. Split it into smaller files."))
    return told


def _depth_of(content: bytes) -> int:
    """How deep the brackets go, before a parser follows them. Brackets inside texts count too: it is a bound."""
    depth = deepest = 0
    for found in _BRACKET.finditer(content):
        if found[0] in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth -= 1
    return deepest


def _entry(number: int, told: Any) -> Entry:
    if not isinstance(told, dict):
        return [RowError(number, Message(_("This is no organisation.")))]
    beside: list[BesideFact] = []
    problems: list[RowError] = []
    texts = {
        "name": ("name", _text(told, "name")),
        "aliases": ("alternate_name", _text(told, "alternate_name")),
        "description": ("description", _text(told, "description")),
        "email": ("email", _text(told, "email")),
        "website": ("website", _text(told, "website") or _text(told, "url")),
        "subtype": ("legal_status", _text(told, "legal_status")),
        **_labels(told),
        **_places(told, beside, number, problems),
        **_phones(told, beside, number, problems),
    }
    values, wrong = read_facts(number, texts)
    problems += wrong
    _identifiers(told, values, beside)
    if not problems and not values["name"]:
        problems.append(RowError(number, Message(_("The name is missing.")), "name"))
    people = [_person(number, one, problems) for one in _list(told, "contacts")]
    if problems:
        return problems
    stored = {"kind": Stakeholder.Kind.ORGANISATION.value, "sector": Stakeholder.Sector.OTHER.value, **values}
    organisation = candidate_of(number, stored, beside=beside)
    for person, title in filter(None, people):
        organisation = with_person(organisation, person, title)
    return organisation


def _person(number: int, told: Mapping[str, Any], problems: list[RowError]) -> tuple[Candidate, str] | None:
    """Somebody to turn to; a contact without a name is only an address and is left out."""
    if not _text(told, "name"):
        return None
    phones = _list(told, "phones")
    texts = {
        "name": ("contacts/name", _text(told, "name")),
        "email": ("contacts/email", _text(told, "email")),
        "phone": ("contacts/phones", _number(phones[0]) if phones else ""),
        "title": ("contacts/title", _text(told, "title")),
    }
    values, wrong = read_facts(number, texts)
    problems += wrong
    if wrong:
        return None
    title = values.pop("title")
    stored = {"kind": Stakeholder.Kind.PERSON.value, "sector": Stakeholder.Sector.OTHER.value, **values}
    return candidate_of(number, stored), title


def _labels(told: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """What our own directories say of the record; terms of other taxonomies are passed over."""
    said = {
        _text(one, "link_type"): _text(one, "value")
        for one in _list(told, "attributes")
        if isinstance(term := one.get("taxonomy_term"), dict) and term.get("taxonomy") == TAXONOMY
    }
    return {
        "visibility": ("attributes", said.get("visibility", "")),
        "do_not_contact": ("attributes", "yes" if said.get("contact") == "refused" else ""),
    }


def _places(
    told: Mapping[str, Any], beside: list[BesideFact], number: int, problems: list[RowError]
) -> dict[str, tuple[str, str]]:
    addresses = [address for location in _list(told, "locations") for address in _list(location, "addresses")]
    for address in addresses[:MOST_OF_A_KIND]:
        parts = [_text(address, name) for name in ("address_1", "address_2")]
        town = " ".join(filter(None, (_text(address, "postal_code"), _text(address, "city"))))
        whole = ", ".join(filter(None, (*parts, town, _text(address, "state_province"), _text(address, "country"))))
        if any(parts):
            beside += _read(ContactPoint.Kind.ADDRESS, whole, number, problems)
    first = addresses[0] if addresses else {}
    return {
        "place": ("city", _text(first, "city")),
        "province": ("state_province", _text(first, "state_province")),
        "region": ("region", _text(first, "region")),
    }


def _phones(
    told: Mapping[str, Any], beside: list[BesideFact], number: int, problems: list[RowError]
) -> dict[str, tuple[str, str]]:
    phones = [_number(one) for one in _list(told, "phones")]
    for phone in phones[1:MOST_OF_A_KIND]:
        beside += _read(ContactPoint.Kind.PHONE, phone, number, problems)
    return {"phone": ("phones", phones[0] if phones else "")}


def _read(kind: ContactPoint.Kind, text: str, number: int, problems: list[RowError]) -> list[BesideFact]:
    values, wrong = read_facts(number, {kind.value: (kind.value, text)})
    problems += wrong
    return [BesideFact(kind.value, value) for value in values.values() if value]


def _identifiers(told: Mapping[str, Any], values: dict[str, str], beside: list[BesideFact]) -> None:
    """Tax code and VAT number where the list says so and the digits are right; other numbers stand beside."""
    for one in _list(told, "organization_identifiers")[:MOST_OF_A_KIND]:
        scheme = (_text(one, "identifier_scheme") or _text(one, "identifier_type")).upper()[:30]
        value = _text(one, "identifier").upper()[:80]
        fact = {_TAX_CODE: "tax_code", _VAT: "vat_number"}.get(scheme)
        if fact and not values.get(fact):
            try:
                values[fact] = READERS[fact](value)
            except CellError:
                continue
        elif scheme and value:
            beside.append(BesideFact(IDENTIFIER, value, scheme))


def _number(phone: Mapping[str, Any]) -> str:
    number = _text(phone, "number").strip('"')
    extension = _text(phone, "extension")
    return f"{number} ext. {extension}" if number and extension else number


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def _list(told: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = told.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
