import pytest

from core.access.roles import Role
from core.access.visibility import Visibility
from core.models import AccessScope, Grant, Invitation, Membership, OutboxMail
from core.operations.membership import RoleRefusedError, grant_role
from partnerships.queries.partnership import partnerships_visible_to
from tests.factories.core import make_user
from tests.factories.partnerships import make_partnership

# Savepoint, tenant set and reset by the test client and by the middleware.
FRAME = 4
PEOPLE = "/s/borgo/settings/people/"


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_for_one_and_three_people(
    space, admin, signed_in_as, django_assert_num_queries, count
):
    for number in range(count - 1):
        make_user(f"p{number}@borgo.example", f"Person {number}", role=Role.EVALUATOR)
    browser = signed_in_as(admin)
    browser.get(PEOPLE)
    with django_assert_num_queries(FRAME + 6):
        page = browser.get(PEOPLE)
    assert page.content.decode().count('class="t-main"') == count


def test_lonely_administrator_is_asked_to_invite(space, admin, signed_in_as):
    assert b"You are here alone" in signed_in_as(admin).get(PEOPLE).content


def test_person_is_invited_by_form(space, admin, signed_in_as):
    wanted = {"email": "New@Borgo.example", "name": "Nora", "role": "evaluator", "language": "it"}
    assert signed_in_as(admin).post(f"{PEOPLE}invite/", wanted).status_code == 302
    assert Invitation.objects.get().email == "new@borgo.example"
    assert b"new@borgo.example" in signed_in_as(admin).get(PEOPLE).content


@pytest.mark.parametrize("wrong", [{"email": "nobody"}, {"role": "partner_lead"}, {"role": "root"}, {"language": "fr"}])
def test_invitation_that_cannot_be_is_refused(space, admin, signed_in_as, wanted, wrong):
    assert signed_in_as(admin).post(f"{PEOPLE}invite/", {**wanted, **wrong}).status_code == 422
    assert not Invitation.objects.exists()


@pytest.fixture
def wanted():
    return {"email": "new@borgo.example", "name": "", "role": "evaluator", "language": "it"}


def test_invitation_is_taken_back(space, admin, signed_in_as, wanted):
    browser = signed_in_as(admin)
    browser.post(f"{PEOPLE}invite/", wanted)
    assert browser.post(f"{PEOPLE}invitations/{Invitation.objects.get().pk}/revoke/").status_code == 302
    assert Invitation.objects.get().revoked_at is not None


def test_role_is_given_to_somebody_who_is_here(space, admin, evaluator, signed_in_as):
    browser = signed_in_as(admin)
    page = f"{PEOPLE}{evaluator.pk}/"
    assert browser.get(page).status_code == 200
    assert browser.post(page, {"role": "treasurer"}).status_code == 302
    assert set(Grant.objects.filter(user=evaluator).values_list("role", flat=True)) == {"evaluator", "treasurer"}
    assert browser.post(page, {"role": "evaluator"}).status_code == 422


def test_role_is_taken_only_after_the_question(space, admin, evaluator, signed_in_as):
    browser = signed_in_as(admin)
    take = f"{PEOPLE}grants/{Grant.objects.get(user=evaluator).pk}/take/"
    assert b"Take the role" in browser.get(take).content
    assert Grant.objects.filter(user=evaluator).exists()
    browser.post(take)
    assert not Grant.objects.filter(user=evaluator).exists()


def test_last_administrator_reads_why_they_stay(space, admin, signed_in_as):
    browser = signed_in_as(admin)
    answer = browser.post(f"{PEOPLE}{admin.pk}/end/", follow=True)
    assert b"a space needs at least one" in answer.content
    assert Membership.objects.get(user=admin, tenant=space).is_active


def test_ended_access_holds_from_the_next_request_on(space, admin, evaluator, signed_in_as):
    theirs = signed_in_as(evaluator)
    assert theirs.get("/s/borgo/settings/tokens/").status_code == 200
    browser = signed_in_as(admin)
    assert b"End the access of Marta Conti?" in browser.get(f"{PEOPLE}{evaluator.pk}/end/").content
    browser.post(f"{PEOPLE}{evaluator.pk}/end/")
    assert theirs.get("/s/borgo/settings/tokens/").status_code == 404
    assert theirs.get("/s/borgo/api/v1/me/").status_code == 404


def test_changed_role_holds_from_the_next_request_on(space, admin, coordinator, signed_in_as):
    theirs = signed_in_as(coordinator)
    assert theirs.get("/s/borgo/settings/history/").status_code == 200
    signed_in_as(admin).post(f"{PEOPLE}grants/{Grant.objects.get(user=coordinator).pk}/take/")
    assert theirs.get("/s/borgo/settings/history/").status_code == 404


def test_people_of_another_space_are_not_here(space, neighbour, admin, signed_in_as):
    from core.models import User

    stranger = User.objects.get(email="admin@riverside.example")
    browser = signed_in_as(admin)
    for page in (f"{PEOPLE}{stranger.pk}/", f"{PEOPLE}{stranger.pk}/end/"):
        assert browser.get(page).status_code == 404
        assert browser.post(page, {"role": "evaluator"}).status_code == 404
    assert Membership.objects.get(user=stranger).is_active


def test_grant_of_another_space_is_not_here(space, neighbour, admin, signed_in_as):
    from core.tenancy.context import tenant_scope
    from tests.core.conftest import outside_any_tenant

    def theirs():
        with tenant_scope(neighbour.pk):
            return Grant.objects.get().pk

    foreign = outside_any_tenant(theirs)
    answer = signed_in_as(admin).post(f"{PEOPLE}grants/{foreign}/take/")
    import uuid

    random = signed_in_as(admin).post(f"{PEOPLE}grants/{uuid.uuid4()}/take/")
    assert answer.status_code == random.status_code == 404


def test_role_in_a_partnership_is_named_as_such(space, admin, signed_in_as):
    scope = AccessScope.objects.create(kind="partnership")
    partner = make_user("partner@borgo.example", "Paolo", role=Role.PARTNER_LEAD, scope=scope)
    assert b"in a partnership" in signed_in_as(admin).get(f"{PEOPLE}{partner.pk}/").content


@pytest.fixture
def partnerships(space):
    return [make_partnership(slug, name=slug.title(), visibility=Visibility.FUNDERS) for slug in ("mill", "school")]


@pytest.mark.parametrize("role", ["coordinator", "evaluator", "treasurer", "funder"])
def test_person_is_invited_to_one_partnership_and_finds_no_other(
    partnerships, admin, signed_in_as, client, viewer, wanted, role
):
    mill, _school = partnerships
    browser = signed_in_as(admin)
    values = {**wanted, "role": role, "place": str(mill.scope_id), "language": "en"}
    assert browser.post(f"{PEOPLE}invite/", values).status_code == 302
    assert "(Mill)" in browser.get(PEOPLE).content.decode()
    mail = OutboxMail.objects.get(kind="invitation")
    assert "This is for the partnership “Mill”." in mail.text
    invited = make_user("new@borgo.example")
    theirs = signed_in_as(invited)
    address = mail.text.partition("8000")[2].split()[0]
    assert "“Mill”" in client.get(address).content.decode()
    assert theirs.post(address).status_code == 302
    assert theirs.get("/s/borgo/").status_code == 200
    assert list(partnerships_visible_to(viewer(invited))) == [mill]
    assert "· Mill" in browser.get(f"{PEOPLE}{invited.pk}/").content.decode()


def test_role_in_one_partnership_is_given_to_somebody_who_is_here(partnerships, admin, evaluator, signed_in_as):
    mill, _school = partnerships
    page = f"{PEOPLE}{evaluator.pk}/"
    values = {"role": "coordinator", "place": str(mill.scope_id)}
    assert signed_in_as(admin).post(page, values).status_code == 302
    assert Grant.objects.get(user=evaluator, role="coordinator").scope_id == mill.scope_id


def test_administrator_of_one_partnership_there_is_none(partnerships, admin, evaluator, signed_in_as, wanted):
    browser, place = signed_in_as(admin), str(partnerships[0].scope_id)
    invited = browser.post(f"{PEOPLE}invite/", {**wanted, "role": "tenant_admin", "place": place})
    given = browser.post(f"{PEOPLE}{evaluator.pk}/", {"role": "tenant_admin", "place": place})
    assert invited.status_code == given.status_code == 422
    assert b"An administrator is one for the whole space" in given.content
    assert not Invitation.objects.exists()
    with pytest.raises(RoleRefusedError):
        grant_role(user=evaluator, role=Role.TENANT_ADMIN, scope=partnerships[0].scope, by=admin)


@pytest.mark.parametrize("place", ["x", "00000000-0000-0000-0000-000000000000", "concern"])
def test_role_is_given_only_where_a_place_was_offered(partnerships, admin, signed_in_as, wanted, place):
    if place == "concern":
        place = str(AccessScope.objects.create(kind="concern").pk)
    assert signed_in_as(admin).post(f"{PEOPLE}invite/", {**wanted, "place": place}).status_code == 422
    assert not Invitation.objects.exists()


def test_without_a_partnership_nobody_is_asked_where(space, admin, signed_in_as):
    assert b'name="place"' not in signed_in_as(admin).get(f"{PEOPLE}invite/").content
