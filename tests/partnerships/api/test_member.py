"""Members and those who speak for them, as the pages do it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import OutboxMail
from partnerships.models import PartnershipMember, Representative
from tests.factories.partnerships import (
    make_commitment,
    make_member,
    make_organisation,
    make_partner,
    make_partnership,
    make_person,
)

API = "/s/borgo/api/v1/partnerships/own/members/"


@pytest.fixture
def own(space):
    return make_partnership("own", purpose="Work for everybody")


@pytest.fixture
def desk(coordinator, signed_in_as):
    browser = signed_in_as(coordinator)

    def ask(method, path="", **body):
        return getattr(browser, method)(f"{API}{path}", body, content_type="application/json")

    return ask


def test_organisation_is_asked_given_a_part_and_moved_on(own, desk):
    organisation = make_organisation("Coro")
    asked = desk("post", organisation_id=str(organisation.pk), role="Host", seat="steering")
    assert (asked.status_code, asked.json()["state"], asked.json()["seat"]) == (201, "invited", "steering")
    here = f"{asked.json()['id']}/"
    assert desk("post", organisation_id=str(organisation.pk)).status_code == 409
    assert desk("post", organisation_id=str(make_person().pk)).status_code == 409
    assert desk("patch", here, is_lead=True).json() == desk("get", here).json()
    member = PartnershipMember.objects.get()
    assert (member.role, member.is_lead) == ("Host", True)
    assert desk("post", f"{here}move/", to="member").status_code == 409
    PartnershipMember.objects.update(state="member")
    assert desk("post", f"{here}move/", to="suspended").status_code == 409
    moved = desk("post", f"{here}move/", to="suspended", reason="Silent for a year").json()
    assert (moved["state"], moved["state_reason"]) == ("suspended", "Silent for a year")


def test_people_are_named_with_the_end_of_their_term_welcomed_and_ended(own, desk, signed_in_as):
    member = make_member(own)
    here, today = f"{member.pk}/people/", timezone.localdate()
    who = {"name": "Anna Riva", "email": "anna@riva.example", "can_commit": True}
    assert desk("post", here, **who, until=str(today)).status_code == 409
    until = str(today + timedelta(days=90))
    named = desk("post", here, **who, until=until)
    assert (named.status_code, named.json()["until"], named.json()["email"]) == (201, until, "anna@riva.example")
    other = signed_in_as(make_partner(make_member(own, "Coro"), "coro@riva.example"))
    assert [one["email"] for one in other.get(f"{API}{here}").json()["results"]] == [""]
    assert desk("post", f"{here}{named.json()['id']}/welcome/").status_code == 204
    assert OutboxMail.objects.get(kind="welcome").to == "anna@riva.example"
    assert desk("post", f"{here}{named.json()['id']}/end/").status_code == 200
    assert desk("post", f"{here}{named.json()['id']}/end/").status_code == 404
    assert Representative.objects.get(pk=named.json()["id"]).until == today


def test_welcome_pack_is_for_the_organisation_itself_and_coordination(own, desk, signed_in_as):
    member = make_member(own)
    make_commitment(member, "Lend the van")
    lead, other = make_partner(member), make_partner(make_member(own, "Coro"), "coro@riva.example")
    texts = str(signed_in_as(lead).get(f"{API}{member.pk}/welcome/").json())
    assert ["Lend the van" in texts, "Work for everybody" in texts] == [True, True]
    assert desk("get", f"{member.pk}/welcome/").status_code == 200
    assert signed_in_as(other).get(f"{API}{member.pk}/welcome/").status_code == 403


def test_partner_changes_nothing_about_members(own, signed_in_as):
    member = make_member(own)
    browser, json = signed_in_as(make_partner(member)), {"content_type": "application/json"}
    here = f"{API}{member.pk}/"
    assert browser.post(API, {"organisation_id": str(member.organisation_id)}, **json).status_code == 403
    assert browser.patch(here, {"role": "King"}, **json).status_code == 403
    assert browser.post(f"{here}move/", {"to": "former"}, **json).status_code == 403
    assert browser.post(f"{here}people/", {"name": "A", "email": "a@b.example"}, **json).status_code == 403
