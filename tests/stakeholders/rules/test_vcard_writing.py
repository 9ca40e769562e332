"""Contact cards out, read back by vobject, a reader we did not write."""

import uuid
from datetime import UTC, datetime

import vobject
from hypothesis import given
from hypothesis import strategies as st

from stakeholders.queries.exchange import VALUES
from stakeholders.rules.exchange import Outgoing, Place
from stakeholders.rules.vcard_entry import vcard_entries
from stakeholders.rules.vcard_writing import folded, vcards

NOTE = "Sings; on Fridays, in Città 🎵\nSecond line with a \\ and more words so that it is folded in the middle of it"


def outgoing(**values):
    beside = {name: values.pop(name) for name in ("kind", "contacts", "tags", "organisations") if name in values}
    facts = dict.fromkeys(VALUES, "") | {"name": "Coro; Alpino, Borgo"} | values
    return Outgoing(
        **({"kind": "organisation"} | beside),
        id=uuid.UUID(int=7),
        values=facts,
        languages=["en"],
        level="partners",
        refuses_contact=False,
        updated_at=datetime(2026, 3, 2, 10, tzinfo=UTC),
    )


def read_back(one):
    return vobject.readOne(b"".join(vcards([one])).decode(), allowQP=False)


def test_other_reader_reads_the_same():
    card = read_back(
        outgoing(
            email="info@coro.it",
            phone="0461 123",
            website="https://coro.it/a,b;c",
            place="Borgo, sopra",
            province="TN",
            description=NOTE,
            tags=["Musica, sacra", "Coro"],
            contacts=[
                ("email", "anna@coro.it", ""),
                ("address", "Via Roma 1, Borgo", ""),
                ("social", "https://x.y/coro", ""),
            ],
        )
    )
    assert card.version.value == "4.0"
    assert card.fn.value == "Coro; Alpino, Borgo"
    assert card.org.value == ["Coro; Alpino, Borgo"]
    assert [mail.value for mail in card.email_list] == ["info@coro.it", "anna@coro.it"]
    assert card.tel.value == "0461 123"
    assert [site.value for site in card.url_list] == ["https://coro.it/a%2Cb%3Bc", "https://x.y/coro"]
    assert card.note.value == NOTE
    assert card.categories.value == ["Musica, sacra", "Coro"]
    assert {address.value.city for address in card.adr_list} >= {"Borgo, sopra"}
    assert {address.value.street for address in card.adr_list} >= {"Via Roma 1, Borgo"}


def test_person_carries_organisation_and_role():
    place = Place(uuid.UUID(int=8), "Coro", "Presidente", "", "")
    card = read_back(outgoing(kind="person", name="Anna Neri", organisations=[place]))
    assert (card.kind.value, card.org.value, card.title.value) == ("individual", ["Coro"], "Presidente")


def test_our_own_reader_takes_our_cards_back():
    place = Place(uuid.UUID(int=8), "Coro", "Presidente", "", "")
    content = b"".join(vcards([outgoing(kind="person", name="Anna Neri", email="a@b.it", organisations=[place])]))
    (entry,) = vcard_entries(content)
    assert (entry.subject.values[1], entry.people[0].title) == ("Anna Neri", "Presidente")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_no_line_is_longer_than_75_octets(text):
    lines = folded(text.replace("\r", "").replace("\n", "")).encode().split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)


@given(st.text(alphabet='ab,;:\\\n\r"è🎵\x00\x0b', max_size=200))
def test_nothing_written_in_a_note_can_add_a_line_to_a_card(note):
    content = b"".join(vcards([outgoing(description=f"x{note}\r\nTEL:666")]))
    assert content.count(b"\r\nTEL") == 0
    assert not hasattr(vobject.readOne(content.decode()), "tel")
