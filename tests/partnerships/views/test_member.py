import pytest

from core.models import Invitation, OutboxMail
from partnerships.models import PartnershipMember, Representative
from tests.factories.partnerships import (
    make_member,
    make_organisation,
    make_partner,
    make_partnership,
    make_person,
    make_representative,
)

HERE = "/s/borgo/partnerships/own"
# What the pages cost, and four of the test's own: a savepoint and the tenant set around the request.
LIST_QUERIES = 9 + 2


@pytest.fixture
def own(space):
    return make_partnership("own")


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_for_one_and_three_rows(
    own, coordinator, signed_in_as, django_assert_num_queries, count
):
    for number in range(count):
        make_partner(make_member(own, f"Member {number}"), f"p{number}@riva.example")
    browser = signed_in_as(coordinator)
    with django_assert_num_queries(LIST_QUERIES):
        answer = browser.get(f"{HERE}/members/")
    assert answer.content.decode().count("Member ") == count


def test_list_as_csv(own, coordinator, signed_in_as):
    make_member(own, "Officine Riva", role="Host")
    text = signed_in_as(coordinator).get(f"{HERE}/members/?format=csv").content.decode("utf-8-sig")
    assert "Officine Riva,Host,Invited" in text


def test_partner_of_another_partnership_sees_no_members(own, signed_in_as):
    stranger = make_partner(make_member(make_partnership("other")))
    assert signed_in_as(stranger).get(f"{HERE}/members/").status_code == 404


def test_member_of_another_partnership_is_not_found_here(own, coordinator, signed_in_as):
    other = make_member(make_partnership("other"))
    browser = signed_in_as(coordinator)
    for page in ("", "edit/", "move/", "people/add/"):
        assert browser.get(f"{HERE}/members/{other.pk}/{page}").status_code == 404


def test_search_finds_organisations_by_words_and_leaves_out_people_and_members(own, coordinator, signed_in_as):
    make_member(own, "Riva in")
    make_organisation("Riva out")
    make_person("Riva person")
    page = signed_in_as(coordinator).get(f"{HERE}/members/add/?q=riva").content.decode()
    assert ("Riva out" in page, "Riva in" in page, "Riva person" in page) == (True, False, False)


def test_search_by_htmx_answers_with_the_results_only(own, coordinator, signed_in_as):
    make_organisation("Riva out")
    page = signed_in_as(coordinator).get(f"{HERE}/members/add/?q=riva", headers={"HX-Request": "true"}).content.decode()
    assert "Riva out" in page
    assert "<html" not in page


def test_chosen_organisation_is_asked_and_its_person_comes_next(own, coordinator, signed_in_as):
    organisation = make_organisation("Riva")
    browser = signed_in_as(coordinator)
    answer = browser.post(f"{HERE}/members/add/?q=riva", {"organisation": str(organisation.pk), "role": "Host"})
    member = PartnershipMember.objects.get()
    assert answer["Location"] == f"{HERE}/members/{member.pk}/people/add/"
    person = {"name": "Anna", "email": "anna@riva.example", "can_commit": "on", "language": "it"}
    assert browser.post(answer["Location"], person).status_code == 302
    assert Representative.objects.get().can_commit


def test_organisation_that_is_not_offered_is_not_taken(own, coordinator, signed_in_as):
    person = make_person()
    assert signed_in_as(coordinator).post(f"{HERE}/members/add/", {"organisation": str(person.pk)}).status_code == 422


@pytest.mark.parametrize("page", ["add/", "{member}/edit/", "{member}/move/", "{member}/people/add/"])
def test_partner_does_not_run_the_membership(own, signed_in_as, page):
    member = make_member(own)
    partner = make_partner(member)
    assert signed_in_as(partner).post(f"{HERE}/members/{page.format(member=member.pk)}").status_code == 403


def test_addresses_are_shown_to_coordination_and_the_own_organisation_only(own, coordinator, signed_in_as):
    first, second = make_member(own, "First"), make_member(own, "Second")
    mine, theirs = make_partner(first, "one@first.example"), make_partner(second, "two@second.example")
    page = f"{HERE}/members/{first.pk}/"
    assert b"one@first.example" in signed_in_as(coordinator).get(page).content
    assert b"one@first.example" in signed_in_as(mine).get(page).content
    assert b"one@first.example" not in signed_in_as(theirs).get(page).content


def test_member_is_changed_and_moved(own, coordinator, signed_in_as):
    member = make_member(own)
    browser = signed_in_as(coordinator)
    browser.post(f"{HERE}/members/{member.pk}/edit/", {"role": "Host", "is_lead": "on"})
    browser.post(f"{HERE}/members/{member.pk}/move/", {"to": "interested"})
    member.refresh_from_db()
    assert (member.role, member.is_lead, member.state) == ("Host", True, "interested")
    assert browser.post(f"{HERE}/members/{member.pk}/move/", {"to": "member"}).status_code == 422


def test_person_is_ended_from_the_page(own, coordinator, signed_in_as):
    member = make_member(own)
    make_representative(member)
    person = Representative.objects.get()
    signed_in_as(coordinator).post(f"{HERE}/members/{member.pk}/people/{person.pk}/end/")
    person.refresh_from_db()
    assert person.until is not None


def test_person_of_another_member_is_not_touched_through_this_one(own, coordinator, signed_in_as):
    first, second = make_member(own, "First"), make_member(own, "Second")
    make_representative(second)
    person = Representative.objects.get()
    for act in ("end", "invite"):
        address = f"{HERE}/members/{first.pk}/people/{person.pk}/{act}/"
        assert signed_in_as(coordinator).post(address).status_code == 404
    assert not Invitation.objects.exists()


def test_why_an_organisation_was_suspended_is_read_by_itself_and_coordination(own, coordinator, signed_in_as):
    member, other = make_member(own, "Officine Riva", state="member"), make_member(own, "Coro", state="member")
    lead, stranger = make_partner(member), make_partner(other, "coro@riva.example")
    browser = signed_in_as(coordinator)
    why = "Six months without a word"
    browser.post(f"{HERE}/members/{member.pk}/move/", {"to": "suspended", "reason": why})
    api = "/s/borgo/api/v1/partnerships/own/members/"

    def readers():
        found = []
        for user in (coordinator, lead, stranger):
            page = signed_in_as(user).get(f"{HERE}/members/{member.pk}/").content.decode()
            rows = signed_in_as(user).get(api).json()["results"]
            told = next(row["state_reason"] for row in rows if row["id"] == str(member.pk))
            assert (why in page) == (told == why)
            found.append(told == why)
        return found

    assert readers() == [True, True, False]
    mail = OutboxMail.objects.get()
    assert (mail.to, why in mail.text) == ("lead@riva.example", True)
    browser.post(f"{HERE}/members/{member.pk}/move/", {"to": "excluded", "reason": f"{why} since March"})
    why = f"{why} since March"
    # It is no longer in, and still has a right to read it.
    assert readers() == [True, True, False]
    assert OutboxMail.objects.count() == 2


def test_reason_goes_when_a_suspension_ends(own, coordinator, signed_in_as):
    member = make_member(own, state="suspended", state_reason="Six months without a word")
    signed_in_as(coordinator).post(f"{HERE}/members/{member.pk}/move/", {"to": "member", "reason": ""})
    member.refresh_from_db()
    assert (member.state, member.state_reason) == ("member", "")
    assert not OutboxMail.objects.exists()
