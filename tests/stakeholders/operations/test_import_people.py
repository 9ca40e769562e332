"""Organisations and people in one file, and filling in what is empty."""

import pytest

from core.tabular.reading import open_table
from stakeholders.models import Affiliation, ContactPoint, Stakeholder, StakeholderTag
from stakeholders.operations.stakeholder_import import ImportRefusedError, import_stakeholders
from stakeholders.queries.stakeholder import ids_found
from stakeholders.rules.import_fields import ColumnMapping, guess_columns
from tests.core.tabular.standards import standard_file
from tests.factories.stakeholders import TAX_CODES, make_person, make_stakeholder, table_of

CONTACTS = "Nome,Cognome,Organizzazione,Qualifica,Email"


def run(*rows, header=CONTACTS, columns=None, defaults=None, **options):
    with table_of(*rows, header=header) as table:
        mapping = ColumnMapping(guess_columns(table.header) | (columns or {}), defaults or {})
        return import_stakeholders(table=table, mapping=mapping, by=None, **options)


def places():
    found = Affiliation.objects.order_by("person__sort_name", "organisation__sort_name")
    return list(found.values_list("person__name", "organisation__name", "title"))


def test_people_of_an_address_book_are_linked_to_their_organisation_made_once(space):
    outcome = run("Anna,Neri,Coro,Presidente,anna@coro.it", "Bruno,Bianchi,CORO,,bruno@coro.it", "Carla,Verdi,,,")
    assert (outcome.row_count, outcome.added_count, outcome.known_count) == (3, 4, 0)
    assert places() == [("Anna Neri", "Coro", "Presidente"), ("Bruno Bianchi", "Coro", "")]
    assert dict(Stakeholder.objects.values_list("name", "kind")) == {
        "Anna Neri": "person",
        "Bruno Bianchi": "person",
        "Carla Verdi": "person",
        "Coro": "organisation",
    }


def test_same_address_book_twice_adds_nothing(space):
    rows = ["Anna,Neri,Coro,,anna@coro.it", "Bruno,Bianchi,Coro,,", "Carla,Verdi,,,"]
    run(*rows)
    again = run(*rows)
    assert (again.added_count, again.known_count) == (0, 4)
    assert Affiliation.objects.count() == 2


def test_contact_person_stands_beside_the_organisation_of_the_row(space):
    header = "Denominazione,Comune,Codice fiscale,Referente,Email referente,Ruolo"
    run(f"Coro,Borgo,{TAX_CODES[0]},Anna Neri,anna@coro.it,Presidente", header=header)
    assert places() == [("Anna Neri", "Coro", "Presidente")]
    assert Stakeholder.objects.get(name="Anna Neri").email == "anna@coro.it"
    assert Stakeholder.objects.get(name="Coro").email == ""


def test_person_belongs_to_the_organisation_another_row_describes(space):
    header = "Nome,Tipo,Organizzazione,Comune"
    outcome = run("Anna Neri,persona,Coro,", "Coro,ente,,Borgo", header=header)
    assert outcome.added_count == 2
    assert places() == [("Anna Neri", "Coro", "")]
    assert Stakeholder.objects.get(name="Coro").place == "Borgo"


def test_person_is_linked_to_the_organisation_the_register_has(space):
    coro = make_stakeholder("Coro Alpino", place="Borgo", tax_code=TAX_CODES[0])
    outcome = run("Anna,Neri,coro alpino,,")
    assert (outcome.added_count, outcome.known_count) == (1, 1)
    assert Affiliation.objects.get().organisation == coro


def test_name_of_two_organisations_is_not_guessed(space):
    make_stakeholder("Coro", place="Borgo")
    make_stakeholder("Coro", place="Colle")
    with pytest.raises(ImportRefusedError) as refusal:
        run("Anna,Neri,Coro,,", "Bruno,Neri,Banda,,")
    (error,) = refusal.value.outcome.errors
    assert error.number == 2
    assert "several organisations called “Coro”" in str(error.reason)
    assert refusal.value.outcome.bad_row_count == 1
    outcome = run("Anna,Neri,Coro,,", "Bruno,Neri,Banda,,", skip_bad_rows=True)
    assert (outcome.added_count, places()) == (2, [("Bruno Neri", "Banda", "")])


def test_namesakes_in_two_organisations_are_two_people(space):
    assert run("Anna,Neri,Coro,,", "Anna,Neri,Banda,,").added_count == 4
    assert len(places()) == 2


def test_one_person_with_one_address_in_two_organisations_is_one(space):
    assert run("Anna,Neri,Coro,,anna@x.it", "Anna,Neri,Banda,,anna@x.it").added_count == 3
    assert places() == [("Anna Neri", "Banda", ""), ("Anna Neri", "Coro", "")]


def test_shared_mailbox_does_not_make_two_people_one(space):
    make_person("Anna Neri", email="info@coro.it")
    assert run("Bruno,Bianchi,,,info@coro.it", "Carla,Verdi,,,info@coro.it").added_count == 2


def test_person_is_known_by_address_with_the_names_the_other_way_round(space):
    anna = make_person("Neri Anna", email="anna@x.it")
    outcome = run("Anna,Neri,Coro,Presidente,anna@x.it")
    assert (outcome.added_count, outcome.known_count) == (1, 1)
    assert Affiliation.objects.get().person == anna


def test_person_and_organisation_of_one_name_are_two(space):
    make_person("Mario Rossi")
    assert run("Mario Rossi", header="Denominazione").added_count == 1


def test_neighbours_people_and_organisations_are_not_seen(canary, space):
    outcome = run(f"Anna,Neri,{canary.name},,")
    assert (outcome.added_count, outcome.known_count) == (2, 0)


def test_more_ways_to_reach_and_tags_stand_beside_and_are_found(space):
    header = "Nome,E-mail,E-mail 2 - Value,Phone 2 - Value,Address 1 - Formatted,Labels"
    run("Coro,info@coro.it,anna@coro.it,0461 123,Via Roma 1,* myContacts ::: Musica", header=header)
    coro = Stakeholder.objects.get()
    assert set(ContactPoint.objects.values_list("kind", "value")) == {
        ("email", "anna@coro.it"),
        ("phone", "0461 123"),
        ("address", "Via Roma 1"),
    }
    assert [link.tag.name for link in StakeholderTag.objects.select_related("tag")] == ["Musica"]
    assert ids_found(["anna"]) == [coro.pk]


def test_empty_fields_of_known_ones_are_filled_only_when_wanted_and_never_overwritten(space):
    coro = make_stakeholder("Coro", place="Borgo", phone="123")
    header = "Nome,Comune,Telefono,Email,Tags"
    row = "Coro,Borgo,999,info@coro.it,Musica"
    assert run(row, header=header, dry_run=True).filled_count == 1
    run(row, header=header)
    coro.refresh_from_db()
    assert (coro.email, coro.phone) == ("", "123")
    assert not StakeholderTag.objects.exists()
    outcome = run(row, header=header, updates_known=True)
    coro.refresh_from_db()
    assert (coro.email, coro.phone, outcome.filled_count) == ("info@coro.it", "123", 1)
    assert ids_found(["info", "coro"]) == [coro.pk]
    assert StakeholderTag.objects.get().stakeholder == coro
    assert run(row, header=header, updates_known=True).filled_count == 0


def test_erased_person_is_not_filled_in(space):
    from django.utils import timezone

    gone = make_person("Anna Neri", email="anna@x.it")
    Stakeholder.objects.update(erased_at=timezone.now())
    run("Anna,Neri,Coro,,anna@x.it", header=CONTACTS, updates_known=True)
    assert not Affiliation.objects.filter(person=gone).exists()


def test_record_merged_into_another_leads_to_it(space, coordinator):
    from stakeholders.operations.merge import merge_stakeholders

    kept, absorbed = make_stakeholder("Coro Alpino", place="Borgo"), make_stakeholder("Coro", place="Borgo")
    merge_stakeholders(kept=kept, absorbed=absorbed, by=coordinator)
    outcome = run("Coro,Borgo,a@coro.it", header="Denominazione,Comune,Email", updates_known=True)
    kept.refresh_from_db()
    assert (outcome.added_count, kept.email) == (0, "a@coro.it")


@pytest.mark.parametrize(
    ("header", "row", "said"),
    [
        ("Nome,Tipo,Organizzazione", "Sezione,gruppo,Coro", "Only people belong"),
        ("Nome,Tipo,Referente", "Anna,persona,Bruno", "Only organisations and groups have"),
        ("Nome,Cognome,Email", ",,a@x.it", "The name is missing"),
        ("Nome,Cognome,E-mail 2 - Value", "Anna,Neri,nowhere", "is not an e-mail address"),
    ],
)
def test_row_that_contradicts_itself_is_named(space, header, row, said):
    with pytest.raises(ImportRefusedError) as refusal:
        run(row, header=header)
    assert said in str(refusal.value.outcome.errors[0].reason)


def test_export_of_google_contacts_comes_in_as_a_person_of_a_company(space):
    with open_table(standard_file("contacts/google_gmail.csv"), filename="google_gmail.csv") as table:
        mapping = ColumnMapping(guess_columns(table.header))
        outcome = import_stakeholders(table=table, mapping=mapping, by=None)
    assert (outcome.row_count, outcome.added_count, outcome.errors) == (1, 2, ())
    assert places() == [("Prefix Firstname Middle Lastname Suffix", "company", "jobtitle")]
    person = Stakeholder.objects.get(kind="person")
    assert (person.email, person.place, person.website, person.aliases) == (
        "home@aaa.pl",
        "home_city",
        "https://test.com",
        "nick",
    )
    assert {"work@email.pl", "mobile"} & set(ContactPoint.objects.values_list("value", flat=True)) == {"work@email.pl"}
    assert [link.tag.name for link in StakeholderTag.objects.select_related("tag")] == ["Test"]


def test_a_cell_with_several_values_keeps_the_first_and_puts_the_others_beside(space):
    run("Anna,Neri,,,a@x.it ::: b@x.it")
    assert Stakeholder.objects.get().email == "a@x.it"
    assert ContactPoint.objects.get().value == "b@x.it"
