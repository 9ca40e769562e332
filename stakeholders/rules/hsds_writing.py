"""Organisations and groups as Open Referral HSDS 3 writes them."""

import json
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from stakeholders.models import ContactPoint, Stakeholder
from stakeholders.rules.exchange import Outgoing, Place

# HSDS has an id for every part; ours are made from the stakeholder's and stay the same in every export.
_NAMESPACE = uuid.UUID("6d3f6f0e-6a6e-5b51-9d55-0c3b8f5a7c10")
TAXONOMY = "telaio"
TERMS = {
    "visibility": "Who may see this record in the space it comes from",
    "contact": "This organisation asked not to be contacted",
}


def hsds_directory(stakeholders: Iterable[Outgoing]) -> Iterator[bytes]:
    """A JSON list of organisations; people only stand in them as contacts."""
    yield b"["
    separator = b""
    for one in stakeholders:
        if one.kind != Stakeholder.Kind.PERSON:
            yield separator + json.dumps(hsds_organisation(one), ensure_ascii=False, indent=2).encode()
            separator = b",\n"
    yield b"]\n"


def hsds_organisation(one: Outgoing) -> dict[str, Any]:
    """One organisation. The description HSDS asks for is the exact form or the name where none was written."""
    told = one.values
    facts = {
        "id": str(one.id),
        "name": told["name"],
        "alternate_name": next(iter(told["aliases"].splitlines()), ""),
        "description": told["description"] or told["subtype"] or told["name"],
        "email": told["email"],
        "website": told["website"],
        "legal_status": told["subtype"],
        "phones": _phones(one),
        "contacts": [_contact(one, place) for place in one.people],
        "locations": _locations(one),
        "organization_identifiers": _identifiers(one),
        "attributes": _labels(one),
    }
    return {name: value for name, value in facts.items() if value}


def _phones(one: Outgoing) -> list[dict[str, Any]]:
    more = [value for kind, value, _label in one.contacts if kind == ContactPoint.Kind.PHONE]
    numbers = dict.fromkeys(filter(None, (one.values["phone"], *more)))
    return [{"id": _id(one, "phone", number), "number": number} for number in numbers]


def _contact(one: Outgoing, place: Place) -> dict[str, Any]:
    phones = [{"id": _id(one, str(place.id), place.phone), "number": place.phone}] if place.phone else []
    facts = {"name": place.name, "title": place.title, "email": place.email, "phones": phones}
    return {"id": str(place.id)} | {name: value for name, value in facts.items() if value}


def _locations(one: Outgoing) -> list[dict[str, Any]]:
    streets = [value for kind, value, _label in one.contacts if kind == ContactPoint.Kind.ADDRESS]
    told = one.values
    if not streets and not told["place"]:
        return []
    return [
        {
            "id": _id(one, "location", street),
            "location_type": "physical",
            "addresses": [
                {
                    "id": _id(one, "address", street),
                    "address_1": street,
                    "city": told["place"],
                    "region": told["region"],
                    "state_province": told["province"],
                    "postal_code": "",
                    "country": "",
                    "address_type": "physical",
                }
            ],
        }
        for street in streets or [""]
    ]


def _identifiers(one: Outgoing) -> list[dict[str, Any]]:
    told = one.values
    numbers = [("IT-CF", told["tax_code"]), ("IT-PIVA", told["vat_number"]), *one.identifiers]
    return [
        {
            "id": _id(one, scheme, number),
            "identifier_scheme": scheme,
            "identifier_type": scheme,
            "identifier": number,
        }
        for scheme, number in numbers
        if number
    ]


def _labels(one: Outgoing) -> list[dict[str, Any]]:
    """Who may see the record, and its wish not to be contacted, as terms of a taxonomy of ours (R-D10)."""
    labels = [("visibility", one.level), *([("contact", "refused")] if one.refuses_contact else [])]
    return [
        {
            "id": _id(one, TAXONOMY, name),
            "link_id": str(one.id),
            "link_type": name,
            "link_entity": "organization",
            "value": value,
            "taxonomy_term": {
                "id": str(uuid.uuid5(_NAMESPACE, f"{TAXONOMY}/{name}/{value}")),
                "code": f"{name}:{value}",
                "name": f"{name}: {value}",
                "description": TERMS[name],
                "taxonomy": TAXONOMY,
            },
        }
        for name, value in labels
    ]


def _id(one: Outgoing, *parts: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, "/".join((str(one.id), *parts))))
