"""The log of changes in the community: pages, CSV, API, the goal's page and the report."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from core.access.visibility import Visibility
from goals.models import ChangeGoal, CommunityChange
from goals.operations.change import correct_change, note_change, remove_change
from goals.operations.claim import (
    ClaimRefusedError,
    add_alternative,
    change_claim,
    examine_alternative,
    make_claim,
    remove_alternative,
    withdraw_claim,
)
from partnerships.models import Partnership
from reports.queries.snapshot import take_snapshot
from tests.factories.goals import TODAY, make_goal
from tests.factories.partnerships import make_member, make_partner, make_partnership

HERE = "/s/borgo/partnerships/own/changes/"
API = "/s/borgo/api/v1/partnerships/own/changes/"
# Three statements of the page, and six that enter and leave the tenant.
LIST_QUERIES = 10
SINCE = date(2026, 1, 10)
DESK = {"kind": "service", "what_en": "A desk for new families", "since": SINCE, "source": "Council decision 12"}


@pytest.fixture
def partnership(space, time_machine):
    time_machine.move_to("2026-02-01")
    return make_partnership("own", mode=Partnership.Mode.FULL, visibility=Visibility.PUBLIC)


@pytest.fixture
def goal(partnership):
    return make_goal(partnership, visibility=Visibility.PUBLIC)


@pytest.fixture
def change(partnership, goal, coordinator):
    return note_change(partnership=partnership, goals=[goal], by=coordinator, today=TODAY, **DESK)


@pytest.fixture
def claim(goal, coordinator, admin):
    """One that somebody else looked at twice."""
    shown = {"evidence_done": "Ten meetings", "evidence_steps": "The mayor came"}
    claim = make_claim(goal=goal, by=coordinator, result_en="A desk opened", **shown)
    for text in ("A law", "Elections"):
        one = add_alternative(claim=claim, text=text, by=admin)
        examine_alternative(alternative=one, outcome="ruled_out", reason="Minutes", by=admin, today=TODAY)
    return claim


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def typed(goal, **changed):
    return {**DESK, "since": "2026-01-10", "goals": [str(goal.pk)], "visibility": "2", "claim": "", **changed}


def test_change_is_noted_with_its_goals_and_shown_at_the_goal(partnership, goal, browser):
    second = make_goal(partnership, title_en="Second aim")
    answer = browser.post(f"{HERE}new/", typed(goal, goals=[str(goal.pk), str(second.pk)]))
    assert answer.headers["Location"] == f"{HERE}1/"
    assert {link.goal for link in ChangeGoal.objects.all()} == {goal, second}
    page = browser.get(f"{HERE}1/").content.decode()
    assert "Council decision 12" in page
    assert "Second aim" in page
    panel = browser.get(f"/s/borgo/partnerships/own/goals/{second.number}/learning/").content.decode()
    assert "A desk for new families" in panel


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"goals": []}, "goals"),
        ({"what_en": ""}, "Write what changed."),
        ({"source": ""}, "source"),
        ({"since": "2026-02-02"}, "still to come"),
        ({"our_part_en": "It opened thanks to us"}, "thanks to us"),
        ({"our_part_it": "Abbiamo contribuito"}, "contribuito"),
    ],
)
def test_what_cannot_be_noted_is_refused_at_its_field(goal, browser, changed, says):
    answer = browser.post(f"{HERE}new/", typed(goal, **changed))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not CommunityChange.objects.exists()


def test_our_part_uses_the_words_its_claim_allows(partnership, goal, claim, browser):
    words = {"our_part_en": "Our meetings contributed to it"}
    assert browser.post(f"{HERE}new/", typed(goal, **words)).status_code == 422
    assert browser.post(f"{HERE}new/", typed(goal, claim=str(claim.pk), **words)).status_code == 302
    assert "Supported" in browser.get(f"{HERE}1/").content.decode()
    stronger = {"our_part_en": "Our meetings caused it"}
    assert browser.post(f"{HERE}1/edit/", typed(goal, claim=str(claim.pk), **stronger)).status_code == 422


def test_claim_cannot_sink_below_the_words_that_lean_on_it(partnership, goal, claim, change, coordinator):
    correct_change(change=change, by=coordinator, today=TODAY, claim=claim, our_part_en="We contributed to it")
    with pytest.raises(ClaimRefusedError, match="A desk for new families"):
        remove_alternative(alternative=claim.alternatives.first(), by=coordinator)
    with pytest.raises(ValidationError, match="A desk for new families"):
        change_claim(claim=claim, by=coordinator, evidence_done="")
    with pytest.raises(ClaimRefusedError, match="leans"):
        withdraw_claim(claim=claim, by=coordinator)
    correct_change(change=change, by=coordinator, today=TODAY, our_part_en="It opened while we worked")
    withdraw_claim(claim=claim, by=coordinator)
    change.refresh_from_db()
    assert change.claim is None


def test_goal_of_another_partnership_is_refused(partnership, goal, coordinator):
    with pytest.raises(ValidationError):
        note_change(
            partnership=partnership, goals=[make_goal(make_partnership("other"))], by=coordinator, today=TODAY, **DESK
        )


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_for_one_and_three_rows(
    partnership, goal, coordinator, browser, django_assert_num_queries, count
):
    goals = [goal, *(make_goal(partnership, title_en=f"G{number}") for number in range(count))]
    for _number in range(count):
        note_change(partnership=partnership, goals=goals, by=coordinator, today=TODAY, **DESK)
    with django_assert_num_queries(LIST_QUERIES):
        page = browser.get(HERE).content.decode()
    assert page.count('class="t-main"') == count


def test_list_is_narrowed_and_downloaded(partnership, goal, change, coordinator, browser):
    rule = {**DESK, "kind": "policy", "what_en": "A rule on places"}
    note_change(partnership=partnership, goals=[make_goal(partnership)], by=coordinator, today=TODAY, **rule)
    assert "A rule on places" not in browser.get(f"{HERE}?kind=service").content.decode()
    assert "A rule on places" not in browser.get(f"{HERE}?goal={goal.number}").content.decode()
    text = browser.get(f"{HERE}?format=csv").content.decode()
    assert "A rule on places" in text
    assert "Council decision 12" in text
    assert f"{goal.number}. {goal.title}" in text


def test_change_is_taken_out_by_coordination_alone(change, partnership, goal, browser, signed_in_as):
    partner = signed_in_as(make_partner(make_member(partnership, state="member"), "p@borgo.example"))
    assert partner.get(f"{HERE}1/").status_code == 200
    assert partner.post(f"{HERE}1/remove/").status_code == 403
    assert partner.get(f"{HERE}new/").status_code == 403
    browser.post(f"{HERE}1/remove/")
    assert not CommunityChange.objects.exists()
    assert not ChangeGoal.objects.exists()


def test_goal_out_of_sight_is_not_named_with_a_change(change, goal, partnership, signed_in_as):
    type(goal).objects.update(visibility=Visibility.COORDINATION, title_en="Secret aim")
    partner = signed_in_as(make_partner(make_member(partnership, state="member"), "p@borgo.example"))
    for address in (HERE, f"{HERE}1/", f"{HERE}?format=csv"):
        assert "Secret aim" not in partner.get(address).content.decode()
    assert partner.get(f"{API}1/").json()["goals"] == []


def test_report_freezes_what_funders_may_read(change, partnership, goal, coordinator):
    def frozen():
        facts = take_snapshot(partnership, starts_on=date(2026, 1, 1), ends_on=TODAY, summary="s", not_working="n")
        return facts["changes"]

    assert frozen() == []
    correct_change(change=change, by=coordinator, today=TODAY, visibility=Visibility.FUNDERS, is_meant=True)
    assert [(one["what_en"], one["since"], one["goals"]) for one in frozen()] == [
        ("A desk for new families", "2026-01-10", [goal.number])
    ]
    remove_change(change=change, by=coordinator)
    assert frozen() == []


def test_whole_log_by_the_api(goal, claim, browser):
    def send(path="", verb="post", **body):
        return getattr(browser, verb)(f"{API}{path}", body, content_type="application/json")

    known = {**DESK, "since": "2026-01-10", "goals": [goal.number]}
    assert send(**{**known, "goals": [99]}).status_code == 400
    assert send(**{**known, "goals": []}).status_code == 400
    assert send(**{**known, "claim": str(goal.pk)}).status_code == 400
    assert send(**known, our_part_en="We caused it").status_code == 400
    made = send(**known, claim=str(claim.pk), our_part_en="We contributed to it")
    assert made.status_code == 201, made.content
    assert made.json()["goals"] == [goal.number]
    assert send("1/", "patch", claim=None).status_code == 400
    assert send("1/", "patch", place="Borgo").json()["place"] == "Borgo"
    assert browser.get(f"{API}?kind=policy").json()["results"] == []
    assert browser.get(API).json()["count"] == 1
    assert send("1/", "delete").status_code == 204
