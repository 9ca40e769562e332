import pytest
from django.core.exceptions import ValidationError

from core.models import AuditEvent
from core.tenancy.context import tenant_scope
from stakeholders.models import Affiliation, Stakeholder
from stakeholders.operations.stakeholder import (
    AlreadyThereError,
    NotAnOrganisationError,
    add_person_to_organisation,
    add_stakeholder,
    change_stakeholder,
)
from tests.factories.stakeholders import TAX_CODES, make_person, make_stakeholder


def test_name_is_enough_and_the_act_is_noted(space, admin):
    added = add_stakeholder(name="Banda Musicale", by=admin)
    assert (added.kind, added.status, added.sort_name) == ("organisation", "identified", "banda musicale")
    assert AuditEvent.objects.get(verb="stakeholder.added").subject_id == added.pk


def test_name_of_signs_only_can_be_stored(space):
    assert make_stakeholder("★★★").search_text == "★★★"


def test_tax_code_is_stored_clean_and_another_one_with_it_is_refused(space):
    first = make_stakeholder("Aurora", tax_code=f"'{TAX_CODES[0]}'")
    assert first.tax_code == TAX_CODES[0]
    with pytest.raises(ValidationError, match="already has this tax code"):
        make_stakeholder("Aurora bis", tax_code=TAX_CODES[0])


def test_neighbour_may_have_the_same_tax_code(neighbour):
    from tests.factories.core import make_space

    for tenant in (neighbour, make_space("colle", "Colle")):
        with tenant_scope(tenant.pk):
            make_stakeholder("Aurora", tax_code=TAX_CODES[0])


def test_wrong_tax_code_is_refused_with_its_field(space):
    with pytest.raises(ValidationError) as refusal:
        make_stakeholder("Aurora", tax_code="90000110801")
    assert list(refusal.value.message_dict) == ["tax_code"]


def test_change_keeps_search_and_order_in_step(space, admin):
    changed = change_stakeholder(stakeholder=make_stakeholder("Aurora"), name="Zèffiro", place="Forlì", by=admin)
    assert (changed.sort_name, changed.search_text) == ("zeffiro", "zeffiro forli")


def test_history_tells_which_facts_changed_and_no_words_about_people(space, admin):
    kept = make_stakeholder("Aurora")
    change_stakeholder(stakeholder=kept, email="anna@casa.example", status="approached", by=admin)
    changes = AuditEvent.objects.get(verb="stakeholder.changed").changes
    assert changes == {"email": [], "status": ["identified", "approached"]}


def test_change_of_nothing_leaves_no_trace(space, admin):
    kept = make_stakeholder("Aurora")
    change_stakeholder(stakeholder=kept, name="Aurora", by=admin)
    assert not AuditEvent.objects.filter(verb="stakeholder.changed").exists()


def test_change_of_a_neighbours_stakeholder_is_not_found(canary, space, admin):
    with pytest.raises(Stakeholder.DoesNotExist):
        change_stakeholder(stakeholder=canary, name="Ours", by=admin)


def test_new_person_is_added_to_an_organisation(space, admin):
    organisation = make_stakeholder("Aurora")
    place = add_person_to_organisation(
        organisation=organisation, name="Anna Neri", email="Anna@Aurora.Example", title="Chair", by=admin
    )
    assert (place.person.kind, place.person.email, place.title) == ("person", "anna@aurora.example", "Chair")


def test_person_known_by_e_mail_is_not_stored_twice(space, admin):
    known = make_person("Anna Neri", email="anna@aurora.example")
    place = add_person_to_organisation(
        organisation=make_stakeholder("Aurora"), name="A. Neri", email="ANNA@aurora.example", by=admin
    )
    assert place.person == known
    assert Stakeholder.objects.filter(kind="person").count() == 1


def test_person_of_a_person_is_refused(space, admin):
    with pytest.raises(NotAnOrganisationError):
        add_person_to_organisation(organisation=make_person(), name="B", by=admin)


def test_person_twice_in_an_organisation_is_refused(space, admin):
    organisation = make_stakeholder("Aurora")
    person = make_person(of=organisation)
    with pytest.raises(AlreadyThereError):
        add_person_to_organisation(organisation=organisation, person=person, by=admin)


def test_person_who_left_comes_back_to_the_same_place(space, admin):
    organisation = make_stakeholder("Aurora")
    person = make_person(of=organisation)
    Affiliation.objects.update(is_active=False)
    add_person_to_organisation(organisation=organisation, person=person, title="Again", by=admin)
    assert Affiliation.objects.get().title == "Again"


def test_person_without_a_name_is_refused_and_nothing_is_stored(space, admin):
    organisation = make_stakeholder("Aurora")
    with pytest.raises(ValidationError):
        add_person_to_organisation(organisation=organisation, name="", by=admin)
    assert not Affiliation.objects.exists()
