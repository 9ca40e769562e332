"""Contact cards in: every version, card by card. Real files of real programs, and hostile ones."""

import pytest

from core.tabular.errors import RowError
from stakeholders.rules.import_entry import STORED_FIELDS, Candidate
from stakeholders.rules.vcard_entry import vcard_entries
from stakeholders.rules.vcard_reading import MOST_CARDS, NoCardsError, TooManyCardsError, cards_in
from tests.core.tabular.standards import standard_file


def card(*lines, version="3.0", name="FN:Anna Neri"):
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *filter(None, [name]), *lines, "END:VCARD", ""]).encode()


def one(content):
    (entry,) = vcard_entries(content)
    assert isinstance(entry, Candidate), entry
    return entry


def facts(candidate):
    values = dict(zip(STORED_FIELDS, candidate.values, strict=True))
    return {name: value for name, value in values.items() if value and name not in {"sector", "languages"}}


def beside(candidate):
    return [(fact.kind, fact.value) for fact in candidate.beside]


def test_card_of_rfc_6350():
    entry = one(standard_file("vcard/rfc6350-example.vcf").read_bytes())
    assert facts(entry)["name"] == "Viagenie"
    (person,) = entry.people
    assert facts(person) == {
        "kind": "person",
        "name": "Simon Perreault",
        "place": "Quebec",
        "province": "QC",
        "email": "simon.perreault@viagenie.ca",
        "phone": "+1-418-656-9254 ext. 102",
        "website": "http://nomis80.org",
        "language": "en",
    }
    assert ("phone", "+1-418-262-6501") in beside(person)
    assert ("address", "Suite D2-630, 2875 Laurier, G1V 2M2 Quebec, QC, Canada") in beside(person)


def test_card_of_outlook_in_version_2_1():
    entry = one(standard_file("vcard/John_Doe_MS_OUTLOOK.vcf").read_bytes())
    assert (facts(entry)["name"], entry.people[0].title) == ("IBM", "Money Counter")
    person = facts(entry.people[0])
    assert person["name"] == "Mr. John Richter James Doe Sr."
    assert (person["email"], person["phone"], person["region"]) == ("john.doe@ibm.cm", "(905) 555-1234", "New York")
    assert person["aliases"] == "Johny"


def test_cards_of_gmail_and_the_export_of_google():
    assert [facts(entry)["email"] for entry in vcard_entries(standard_file("vcard/gmail-list.vcf").read_bytes())] == [
        "asmithk@gmail.com",
        "chrisy55d@yahoo.com",
        "dwhite@gmail.com",
    ]
    entry = one(standard_file("contacts/google_gmail.expected.vcf").read_bytes())
    assert [fact.label for fact in entry.people[0].beside if fact.kind == "tag"] == ["My Contacts", "Test"]


@pytest.mark.parametrize("version", ["2.1", "3.0", "4.0"])
def test_one_bad_card_loses_none_of_the_others(version):
    content = card(version=version) + card("EMAIL:nowhere", version=version) + card("no colon", version=version)
    content += b"BEGIN:VCARD\r\nFN:Broken off\r\n" + card(name="FN:Bruno Bianchi", version=version)
    first, *bad, last = vcard_entries(content)
    assert (facts(first)["name"], facts(last)["name"]) == ("Anna Neri", "Bruno Bianchi")
    assert [(errors[0].number, errors[0].column) for errors in bad] == [(2, "EMAIL"), (3, None), (4, None)]


def test_quoted_printable_with_its_charset_and_soft_breaks():
    content = (
        b"BEGIN:VCARD\r\nVERSION:2.1\r\n"
        b"FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Nicol=F2 Per=F9\r\n"
        b"NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Citt=C3=A0 di=0D=0A=\r\n"
        b" Borgo =3D bella\r\n"
        b"TEL;CELL:333 1234\r\nEND:VCARD\r\n"
    )
    entry = one(content)
    assert (facts(entry)["name"], facts(entry)["phone"]) == ("Nicolò Però".replace("rò", "rù"), "333 1234")
    assert facts(entry)["description"] == "Città di\n Borgo = bella"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_file_is_read_in_whatever_it_is_written(encoding):
    assert facts(one(card(name="FN:Nicolò Però").decode().encode(encoding)))["name"] == "Nicolò Però"


def test_folded_and_grouped_lines_and_escaped_signs():
    entry = one(
        card("item1.EMAIL;TYPE=INTERNET:anna@\r\n coro.it", r"NOTE:One\, two\; three\\\nfour", "CATEGORIES:a\\,b,c")
    )
    assert (facts(entry)["email"], facts(entry)["description"]) == ("anna@coro.it", "One, two; three\\\nfour")
    assert [fact.label for fact in entry.beside] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("lines", "name", "kind"),
    [
        (["KIND:org", "ORG:Coro"], "FN:Coro Alpino", "organisation"),
        (["X-ABShowAs:COMPANY", "ORG:Coro"], "FN:Coro", "organisation"),
        (["ORG:Coro;Section"], None, "organisation"),
        (["KIND:group"], "FN:Parents", "group"),
        (["KIND:individual"], "FN:Anna", "person"),
        ([], "FN:Anna", "person"),
    ],
)
def test_kind_of_card_is_the_kind_of_stakeholder(lines, name, kind):
    entry = one(card(*lines, name=name, version="4.0"))
    assert (facts(entry)["kind"], entry.people) == (kind, ())


def test_place_is_no_stakeholder_and_a_card_without_a_name_is_refused():
    place, nameless = vcard_entries(card("KIND:location") + card("EMAIL:a@b.it", name=None))
    assert (place[0].column, nameless[0].column) == ("KIND", "FN")


def test_name_is_put_together_from_its_parts():
    assert facts(one(card("N:Neri;Anna;Maria;;", name=None)))["name"] == "Anna Maria Neri"


def test_card_inside_a_card_is_left_out():
    agent = "AGENT:\r\nBEGIN:VCARD\r\nFN:Nobody\r\nEMAIL:x@y.it\r\nEND:VCARD"
    assert facts(one(card(agent, version="2.1"))) == {"kind": "person", "name": "Anna Neri"}


def test_hostile_files_are_refused_or_bounded():
    with pytest.raises(NoCardsError):
        list(cards_in(b"hello"))
    with pytest.raises(TooManyCardsError):
        list(cards_in(b"BEGIN:VCARD\nFN:A\nEND:VCARD\n" * (MOST_CARDS + 1)))
    (many,) = cards_in(card(*["TEL:1"] * 600))
    assert isinstance(many, RowError)
    (long,) = vcard_entries(card("NOTE:" + "x" * 3_000_000))
    assert "too long" in str(long[0].reason)
    (deep,) = cards_in(b"BEGIN:VCARD\nAGENT:\n" * 1_000)
    assert isinstance(deep, RowError)
    control, *_rest = vcard_entries(card("NOTE:a\x00b"))
    assert isinstance(control, list)


def test_card_has_so_many_addresses_at_most():
    assert len(one(card(*[f"EMAIL:a{number}@b.it" for number in range(100)])).beside) == 10
