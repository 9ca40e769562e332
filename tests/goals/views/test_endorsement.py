import pytest

from core.access.roles import Role
from core.access.visibility import Visibility
from goals.models import Endorsement, EndorsementAnswer
from goals.operations.endorsement import answer_endorsement
from goals.operations.goal import change_goal, move_goal
from partnerships.models import Partnership
from tests.factories.core import make_user
from tests.factories.goals import (
    ASKED,
    answer_all,
    make_adopted_goal,
    make_asked,
    make_complete_goal,
    make_group,
    make_voice,
)
from tests.factories.partnerships import make_member, make_partner, make_partnership

LIST = "/s/borgo/partnerships/own/goals/"
MATRIX = f"{LIST}endorsements/"
GOAL = f"{LIST}1/endorsement/"
# Nine statements of the page, and six that enter and leave the tenant.
MATRIX_QUERIES = 12
WHY = "The yard has no room for it."


@pytest.fixture
def partnership(space, time_machine):
    time_machine.move_to("2026-02-02")
    return make_partnership("own", mode=Partnership.Mode.FULL)


@pytest.fixture
def lead(partnership):
    return make_partner(make_member(partnership, "Officine Riva", state="member"))


@pytest.fixture
def goal(partnership, lead, coordinator):
    goal = make_complete_goal(partnership)
    move_goal(goal=goal, to="proposed", by=coordinator, today=ASKED)
    make_asked(goal, coordinator)
    return goal


@pytest.fixture
def place(goal):
    return Endorsement.objects.get(member__organisation__name="Officine Riva")


@pytest.mark.parametrize("count", [1, 3])
def test_matrix_costs_the_same_queries_for_one_and_three_goals(
    partnership, coordinator, signed_in_as, django_assert_num_queries, count
):
    for _number in range(count):
        make_adopted_goal(partnership, coordinator)
    browser = signed_in_as(coordinator)
    with django_assert_num_queries(MATRIX_QUERIES):
        page = browser.get(MATRIX).content.decode()
    assert page.count("Actively") >= count


def test_matrix_tells_dissent_with_its_reason_and_silence_as_no_answer(goal, place, coordinator, signed_in_as):
    EndorsementAnswer.objects.create(endorsement=place, position=1, comment=WHY, name="Anna")
    browser = signed_in_as(coordinator)
    page = browser.get(MATRIX).content.decode()
    assert (WHY in page, "Objects" in page, "No answer" in page) == (True, True, True)
    table = browser.get(f"{MATRIX}?format=csv").content.decode()
    assert "Officine Riva" in table
    assert "No answer" in table


def test_goal_of_coordination_is_no_row_for_a_partner(partnership, lead, coordinator, signed_in_as):
    make_complete_goal(partnership, title_en="Secret aim", visibility=Visibility.COORDINATION)
    browser = signed_in_as(lead)
    for address in (MATRIX, f"{MATRIX}?format=csv"):
        assert b"Secret aim" not in browser.get(address).content


def test_who_takes_no_part_reads_nothing_of_it_even_when_the_goal_is_public(space, coordinator, signed_in_as):
    public = make_partnership("own", visibility=Visibility.PUBLIC)
    goal = make_complete_goal(public, visibility=Visibility.PUBLIC)
    goal.indicator.visibility = Visibility.PUBLIC
    goal.indicator.save()
    move_goal(goal=goal, to="proposed", by=coordinator, today=ASKED)
    make_asked(goal, coordinator)
    answer_all(goal, 1, WHY)
    stranger = signed_in_as(
        make_user("stranger@borgo.example", role=Role.PARTNER_LEAD, scope=make_partnership("other").scope)
    )
    assert stranger.get(f"{LIST}1/").status_code == 200
    assert WHY not in stranger.get(f"{LIST}1/").content.decode()
    assert stranger.get(GOAL).status_code == 404
    assert stranger.get(MATRIX).status_code == 404


def test_partner_answers_for_its_own_organisation_and_for_no_other(goal, place, lead, signed_in_as):
    browser = signed_in_as(lead)
    assert f"{GOAL}{place.pk}/" in browser.get(GOAL).content.decode()
    refused = browser.post(f"{GOAL}{place.pk}/", {"position": "1", "comment": ""})
    assert refused.status_code == 422
    assert "Write why" in refused.content.decode()
    assert browser.post(f"{GOAL}{place.pk}/", {"position": "1", "comment": WHY}).status_code == 302
    other = Endorsement.objects.exclude(pk=place.pk).get()
    assert browser.post(f"{GOAL}{other.pk}/", {"position": "5"}).status_code == 404
    assert list(EndorsementAnswer.objects.values_list("endorsement", "position")) == [(place.pk, 1)]


def test_coordination_answers_for_nobody_and_writes_down_what_a_group_said(goal, place, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    assert browser.post(f"{GOAL}{place.pk}/", {"position": "5"}).status_code == 403
    group = make_group()
    said = {"group": str(group.pk), "position": "4", "said_by": "Fatima", "heard_on": "2026-01-20", "heard_how": "talk"}
    assert browser.post(f"{GOAL}voice/", {**said, "heard_on": "2026-09-01"}).status_code == 422
    assert browser.post(f"{GOAL}voice/", said).status_code == 302
    page = browser.get(GOAL).content.decode()
    assert ("Families of the yard" in page, "Fatima" in page, "In a talk" in page) == (True, True, True)


def test_partner_does_not_write_down_voices(goal, lead, signed_in_as):
    assert signed_in_as(lead).post(f"{GOAL}voice/", {}).status_code == 403


def test_member_is_mailed_again(goal, place, lead, coordinator, signed_in_as):
    answer = signed_in_as(coordinator).post(f"{GOAL}{place.pk}/remind/", follow=True)
    assert "One mail is on its way" in answer.content.decode()


def test_goal_page_shows_dissent_with_its_reason(goal, place, lead, signed_in_as):
    EndorsementAnswer.objects.create(endorsement=place, position=2, comment="Name the schools first.", name="Anna")
    page = signed_in_as(lead).get(f"{LIST}1/").content.decode()
    assert "Name the schools first." in page


def test_full_partnership_cannot_adopt_from_the_page_while_something_is_missing(goal, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    page = browser.get(f"{LIST}1/adopt/").content.decode()
    assert "It cannot be adopted yet" in page
    browser.post(f"{LIST}1/adopt/", {"decision": ""})
    goal.refresh_from_db()
    assert goal.state == "in_endorsement"
    answer_all(goal)
    make_voice(goal)
    browser.post(f"{LIST}1/adopt/", {"decision": ""})
    goal.refresh_from_db()
    assert goal.state == "adopted"


def test_who_joined_later_is_asked_from_the_page(goal, partnership, coordinator, signed_in_as):
    make_member(partnership, "Late Joiner", state="member")
    browser = signed_in_as(coordinator)
    assert "Ask them as well" in browser.get(GOAL).content.decode()
    browser.post(f"{GOAL}newcomers/")
    assert Endorsement.objects.filter(member__organisation__name="Late Joiner").exists()


def test_objection_stays_on_the_table_until_who_raised_it_answers_the_new_wording(
    goal, lead, coordinator, signed_in_as
):
    place = Endorsement.objects.get(round__goal=goal, member__organisation__name="Officine Riva")
    answer_endorsement(endorsement=place, position=2, comment=WHY, by=lead)
    changed = change_goal(goal=goal, by=coordinator, today=ASKED, target_value=55)
    for state in ("proposed", "in_endorsement"):
        move_goal(goal=changed, to=state, by=coordinator, today=ASKED)
    browser = signed_in_as(coordinator)
    page = browser.get(MATRIX).content.decode()
    assert WHY in page
    assert "no answer to the new wording yet" in page
    again = Endorsement.objects.get(round__goal=goal, round__outcome="open", member=place.member)
    answer_endorsement(endorsement=again, position=4, comment="", by=lead)
    assert WHY not in browser.get(MATRIX).content.decode()
