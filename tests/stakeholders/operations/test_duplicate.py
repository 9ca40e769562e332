from datetime import date

import pytest

from core.jobs.running import run_due_jobs
from core.models import Job
from stakeholders.models import DuplicatePair
from stakeholders.operations.contact import add_contact_point, add_identifier
from stakeholders.operations.duplicate import ask_for_duplicates, find_duplicates, look_daily
from stakeholders.operations.merge import merge_stakeholders, say_not_duplicate
from stakeholders.operations.stakeholder import add_stakeholder
from stakeholders.queries.duplicate import lookalikes, pairs_visible_to
from tests.factories.stakeholders import TAX_CODES, make_person, make_stakeholder


def found():
    find_duplicates()
    rows = DuplicatePair.objects.select_related("first", "second").order_by("-strength", "id")
    return [({row.first.name, row.second.name}, row.strength, set(row.reasons)) for row in rows]


def test_pairs_are_found_by_number_name_and_contact_and_nothing_else(space, admin):
    make_stakeholder("Circolo Aurora", place="Borgo", tax_code=TAX_CODES[0])
    make_stakeholder("Polisportiva Lento", vat_number=TAX_CODES[0])
    make_stakeholder("Banda di Colle", place="Colle", email="banda@colle.example")
    other = make_stakeholder("Banda musicale di Colle", place="Colle")
    add_contact_point(stakeholder=other, kind="email", value="banda@colle.example", by=admin)
    make_stakeholder("Teatro delle Rane", place="Colle")
    assert found() == [
        ({"Circolo Aurora", "Polisportiva Lento"}, 3, {"tax_code"}),
        ({"Banda di Colle", "Banda musicale di Colle"}, 2, {"email", "likeness", "place"}),
    ]


def test_same_numbers_in_a_register_of_two_lists_are_not_the_same(space, admin):
    first, second = make_stakeholder("Aurora"), make_stakeholder("Banda")
    add_identifier(stakeholder=first, scheme="GB-EDU", value="123456", by=admin)
    add_identifier(stakeholder=second, scheme="RUNTS", value="123456", by=admin)
    assert found() == []


@pytest.mark.parametrize(
    ("first", "second", "are_alike"),
    [
        ("A.P.S. Passaparola", "Passaparola APS", True),
        ("Associazione Volontari Argento", "Volontari Argento ODV", True),
        ("Cooperativa Filo Teso", "Cooperativa Filo Tesso", True),
        ("Scuola Media Verdi", "Scuola Media Rossini", False),
        ("Comune di Borgo", "Comune di Colle", False),
    ],
)
def test_names_are_compared_without_their_legal_form_and_with_slips(space, first, second, are_alike):
    make_stakeholder(first, place="Borgo")
    make_stakeholder(second, place="Borgo")
    assert bool(found()) is are_alike


def test_person_is_never_an_organisation_and_people_with_one_mailbox_are_two(space):
    make_stakeholder("Anna Neri", email="info@aurora.example")
    make_person("Anna Neri", email="info@aurora.example")
    make_person("Bruno Pane", email="info@aurora.example")
    assert found() == []


def test_merged_ones_and_pairs_said_two_are_not_found_again(space, admin):
    first, second, third = (make_stakeholder("Circolo Aurora", place="Borgo") for _number in range(3))
    assert len(found()) == 3
    merge_stakeholders(kept=first, absorbed=third, by=admin)
    say_not_duplicate(first=first, second=second, by=admin)
    assert found() == []


def test_looking_twice_finds_the_same_once(space):
    make_stakeholder("Circolo Aurora", place="Borgo")
    make_stakeholder("Circolo Aurora", place="Borgo")
    assert found() == found()
    assert DuplicatePair.objects.count() == 1


def test_neighbours_records_are_in_no_pair(canary, space, viewer, admin):
    make_stakeholder("Canarino Circolo Aurora", place="Borgo")
    assert found() == []
    assert lookalikes(viewer(admin), {"name": "Canarino Circolo Aurora"}) != []
    assert {one.name for one in lookalikes(viewer(admin), {"name": "Canarino Circolo Aurora"})} == {
        "Canarino Circolo Aurora"
    }


def test_pairs_show_only_to_who_sees_both(space, viewer, admin):
    from core.access.viewer import PUBLIC

    make_stakeholder("Circolo Aurora", place="Borgo")
    make_stakeholder("Circolo Aurora", place="Borgo", visibility=4)
    find_duplicates()
    assert pairs_visible_to(viewer(admin)).count() == 1
    assert not pairs_visible_to(PUBLIC).exists()


def test_job_is_asked_for_once(space):
    ask_for_duplicates()
    ask_for_duplicates()
    assert Job.objects.count() == 1


def test_somebody_being_added_is_recognised_by_words_number_and_address(space, viewer, admin):
    known = make_stakeholder("Circolo Aurora", place="Borgo", tax_code=TAX_CODES[0], email="ciao@aurora.example")
    make_stakeholder("Teatro delle Rane", place="Borgo")
    for facts in (
        {"name": "Aurora, Circolo"},
        {"name": "Altro nome", "vat_number": TAX_CODES[0]},
        {"name": "Circolo Aurora di Borgo", "email": "ciao@aurora.example"},
    ):
        assert [one.id for one in lookalikes(viewer(admin), facts)] == [known.pk]
    assert lookalikes(viewer(admin), {"name": "Coro"}) == []


def test_register_is_looked_through_on_days_after_a_change_only(space, admin):
    def looks():
        look_daily(today=date(2026, 11, 2))
        return run_due_jobs(space.pk)

    assert looks() == 0
    banda = add_stakeholder(name="Banda di Colle", by=admin)
    assert (looks(), looks()) == (1, 0)
    add_contact_point(stakeholder=banda, kind="email", value="banda@colle.example", by=admin)
    assert (looks(), looks()) == (1, 0)
