import json

import pytest

from core.tabular.errors import RowError
from stakeholders.rules.hsds_reading import HsdsError, hsds_entries
from stakeholders.rules.import_entry import STORED_FIELDS
from tests.core.tabular.standards import standard_file
from tests.factories.stakeholders import TAX_CODES


def facts(candidate):
    return {name: value for name, value in zip(STORED_FIELDS, candidate.values, strict=True) if value}


def entries(told):
    return list(hsds_entries(json.dumps(told).encode()))


def test_full_organisation_of_the_standard():
    (entry,) = hsds_entries(standard_file("hsds/examples/organization_full.json").read_bytes())
    told = facts(entry)
    assert (told["name"], told["aliases"], told["subtype"]) == (
        "Example Organization Inc.",
        "Example Org",
        "Limited Company",
    )
    assert (told["place"], told["province"], told["region"]) == ("MyCity", "MyState", "MyRegion")
    assert (told["email"], told["website"], told["phone"]) == (
        "email@example.com",
        "http://example.com",
        "+44 1234 234567 ext. 100",
    )
    assert [(facts(person)["name"], person.title) for person in entry.people] == [("Ann Persona", "Reception Manager")]
    assert ("address", "1-30 Main Street, MyVillage, ABC 1234 MyCity, MyState, US") in [
        fact[:2] for fact in entry.beside
    ]


@pytest.mark.parametrize("wrap", [lambda one: one, lambda one: [one], lambda one: {"contents": [one]}])
def test_one_a_list_and_a_page_are_read(wrap):
    assert [facts(entry)["name"] for entry in entries(wrap({"name": "Coro"}))] == ["Coro"]


def test_numbers_become_tax_code_or_stand_beside():
    numbers = [("IT-CF", TAX_CODES[0]), ("GB-CHC", "1234567"), ("IT-CF", "x")]
    told = [{"identifier_scheme": scheme, "identifier_type": scheme, "identifier": value} for scheme, value in numbers]
    (entry,) = entries({"name": "Coro", "organization_identifiers": told})
    assert facts(entry)["tax_code"] == TAX_CODES[0]
    assert [fact[1:] for fact in entry.beside] == [("1234567", "GB-CHC"), ("X", "IT-CF")]


def test_entry_that_cannot_be_used_is_named_and_loses_no_other():
    bad, nameless, strange, good = entries([{"name": "A", "email": "x"}, {"name": ""}, 7, {"name": "B"}])
    assert (bad[0].number, bad[0].column) == (1, "email")
    assert isinstance(nameless[0], RowError)
    assert isinstance(strange[0], RowError)
    assert facts(good)["name"] == "B"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b'{"a": 1}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"name":' * 50 + b"1" + b"}" * 50,
        json.dumps([{"name": "A"}] * 10_001).encode(),
    ],
)
def test_what_is_no_directory_is_refused(content):
    with pytest.raises(HsdsError):
        list(hsds_entries(content))
