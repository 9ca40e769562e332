from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.access.visibility import Visibility
from core.models import AuditEvent, OutboxMail
from core.operations.link import LinkUnknownError
from stakeholders.models import Affiliation, Asset, ProfileEdit, Stakeholder
from stakeholders.operations import profile as operations
from stakeholders.operations.profile import (
    Editor,
    EditRefusedError,
    accept_edit,
    ask_to_add_person,
    change_offer,
    change_person,
    change_profile,
    offer_asset,
    put_back_edit,
    say_person_left,
)
from stakeholders.operations.profile_link import ProfileLinkGoneError, open_profile_link, send_profile_link
from stakeholders.operations.stakeholder import change_stakeholder
from stakeholders.queries.profile import looked_at_lately
from stakeholders.queries.stakeholder import who_did
from tests.factories.stakeholders import make_person, make_stakeholder


@pytest.fixture
def library(space, admin):
    return make_stakeholder("Library", phone="1", website="https://a.example", relationship_owner=admin)


@pytest.fixture
def rosa(library):
    person = make_person("Rosa", email="rosa@library.example")
    Affiliation.objects.create(person=person, organisation=library, title="Chair")
    return person


@pytest.fixture
def editor(rosa):
    return Editor(person=rosa)


def fresh(stakeholder):
    return Stakeholder.objects.get(pk=stakeholder.pk)


def test_what_an_organisation_says_of_itself_holds_at_once_and_only_what_differs_is_noted(library, editor):
    edit = change_profile(organisation=library, editor=editor, name="Library", phone="2", place="Eastmere")
    assert edit.changes == {"phone": ["1", "2"], "place": ["", "Eastmere"]}
    assert (fresh(library).phone, fresh(library).place) == ("2", "Eastmere")
    assert change_profile(organisation=library, editor=editor, phone="2") is None


def test_facts_that_are_not_its_own_to_change_are_refused(library, editor):
    with pytest.raises(KeyError):
        change_profile(organisation=library, editor=editor, status="partner")
    with pytest.raises(ValidationError):
        change_profile(organisation=library, editor=editor, name="")
    assert not ProfileEdit.objects.exists()


def test_another_address_of_a_person_waits_until_it_is_accepted(library, rosa, editor, admin):
    edit = change_person(organisation=library, person=rosa, editor=editor, email="thief@else.example", phone="7")
    assert (fresh(rosa).email, fresh(rosa).phone) == ("rosa@library.example", "7")
    accept_edit(edit=edit, by=admin)
    assert fresh(rosa).email == "thief@else.example"


def test_another_address_put_back_never_held(library, rosa, editor, admin):
    edit = change_person(organisation=library, person=rosa, editor=editor, email="thief@else.example", phone="7")
    with pytest.raises(EditRefusedError):
        put_back_edit(edit=edit, by=admin, facts=["phone"])
    put_back_edit(edit=edit, by=admin)
    assert (fresh(rosa).email, fresh(rosa).phone) == ("rosa@library.example", "")


def test_somebody_to_add_is_in_the_register_only_once_accepted_and_known_addresses_are_recognised(
    library, editor, admin
):
    known = make_person("Known elsewhere", email="known@else.example")
    edit = ask_to_add_person(organisation=library, editor=editor, name="Ugo", email="known@else.example", title="Cook")
    assert not Affiliation.objects.filter(person=known).exists()
    accept_edit(edit=edit, by=admin)
    assert Affiliation.objects.get(person=known).title == "Cook"
    assert not Stakeholder.objects.filter(name="Ugo").exists()


def test_person_two_colleagues_named_is_added_once(library, editor, admin):
    edits = [ask_to_add_person(organisation=library, editor=editor, name="Ugo", email="ugo@x.example") for _ in "12"]
    for edit in edits:
        assert accept_edit(edit=edit, by=admin).edit.state == ProfileEdit.State.ACCEPTED
    assert Affiliation.objects.filter(person__email="ugo@x.example").count() == 1


def test_some_facts_are_put_back_and_one_changed_since_stays(library, editor, admin):
    edit = change_profile(organisation=library, editor=editor, phone="2", place="Eastmere", website="https://b.example")
    change_stakeholder(stakeholder=library, by=admin, phone="3")
    for unknown in ([], ["phone", "status"]):
        with pytest.raises(EditRefusedError):
            put_back_edit(edit=edit, by=admin, facts=unknown)
    outcome = put_back_edit(edit=edit, by=admin, facts=["phone", "place"])
    assert outcome.kept == ("phone",)
    now = fresh(library)
    assert (now.phone, now.place, now.website) == ("3", "", "https://b.example")
    for again in (accept_edit, put_back_edit):
        with pytest.raises(EditRefusedError):
            again(edit=edit, by=admin)


def test_what_it_can_bring_is_said_by_itself_and_put_back_unless_changed_since(library, editor, admin):
    offered = offer_asset(organisation=library, editor=editor, title="Van", kind="equipment", offered="yes")
    van = Asset.objects.get()
    assert (van.owner, van.visibility, van.verified_on) == (library, Visibility.PARTNERS, timezone.localdate())
    assert change_offer(organisation=library, asset=van, editor=editor, title="Van") is None
    later = change_offer(organisation=library, asset=van, editor=editor, offered="no", free_from=date(2027, 1, 4))
    assert put_back_edit(edit=offered, by=admin).kept == (f"asset:{van.pk}",)
    assert put_back_edit(edit=later, by=admin, answer="Is it really gone?").kept == ()
    van.refresh_from_db()
    assert (van.offered, van.free_from) == ("yes", None)
    [row, _stays] = looked_at_lately(library, today=timezone.localdate())
    assert (row.answer, [fact.is_put_back for fact in row.facts]) == ("Is it really gone?", [True])
    assert row.facts[0].after == "Van · Equipment · Not offered · free from 4 Jan 2027"
    added = offer_asset(organisation=library, editor=editor, title="Hall", kind="place")
    put_back_edit(edit=added, by=admin)
    assert list(Asset.objects.all()) == [van]
    with pytest.raises(KeyError):
        offer_asset(organisation=library, editor=editor, title="Hall", kind="place", visibility=4)
    with pytest.raises(Asset.DoesNotExist):
        change_offer(organisation=make_stakeholder("Other"), asset=van, editor=editor, title="Mine")


def test_title_and_leaving_are_said_and_put_back(library, rosa, editor, admin):
    titled = change_person(organisation=library, person=rosa, editor=editor, title="Head")
    left = say_person_left(organisation=library, person=rosa, editor=editor)
    assert Affiliation.objects.get(person=rosa).is_active is False
    with pytest.raises(Affiliation.DoesNotExist):
        change_person(organisation=library, person=rosa, editor=editor, title="Again")
    put_back_edit(edit=left, by=admin)
    put_back_edit(edit=titled, by=admin)
    place = Affiliation.objects.get(person=rosa)
    assert (place.is_active, place.title) == (True, "Chair")


def test_who_looks_after_it_is_told_once_a_day_and_no_word_reaches_history(library, editor, admin):
    for phone in ("5550001", "5550002"):
        change_profile(organisation=library, editor=editor, phone=phone)
    assert OutboxMail.objects.filter(kind="profile_edit", to=admin.email).count() == 1
    events = AuditEvent.objects.filter(verb__in=["profile.edited", "stakeholder.changed"])
    assert {who_did(event) for event in events} == {"by e-mailed link"}
    assert {event.actor_label for event in events} == {"link"}
    assert "5550001" not in str(list(AuditEvent.objects.values_list("changes", flat=True)))


def test_hundred_changes_nobody_looked_at_are_enough(library, editor, monkeypatch):
    monkeypatch.setattr(operations, "MOST_WAITING", 1)
    change_profile(organisation=library, editor=editor, phone="2")
    with pytest.raises(EditRefusedError):
        change_profile(organisation=library, editor=editor, phone="3")
    assert fresh(library).phone == "2"


def test_link_opens_the_profile_until_a_new_one_or_the_person_leaves(library, rosa, editor, admin):
    place = Affiliation.objects.get(person=rosa)
    first, second = (send_profile_link(place=place, by=admin).rstrip("/").rpartition("/")[2] for _ in range(2))
    assert open_profile_link(second) == (library, rosa)
    with pytest.raises(ProfileLinkGoneError):
        open_profile_link(first)
    with pytest.raises(LinkUnknownError):
        open_profile_link("made-up")
    say_person_left(organisation=library, person=rosa, editor=editor)
    with pytest.raises(ProfileLinkGoneError):
        open_profile_link(second)


@pytest.mark.parametrize("facts", [{"email": ""}, {"do_not_contact": True}])
def test_no_link_goes_to_who_cannot_or_must_not_be_written_to(library, rosa, admin, facts):
    Stakeholder.objects.filter(pk=rosa.pk).update(**facts)
    with pytest.raises(EditRefusedError):
        send_profile_link(place=Affiliation.objects.select_related("person").get(person=rosa), by=admin)
