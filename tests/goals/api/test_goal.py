import pytest

from core.access.roles import Role
from core.access.visibility import Visibility
from core.tenancy.keys import new_id
from goals.models import Goal
from partnerships.models import Partnership
from tests.factories.core import make_user
from tests.factories.goals import make_complete_goal, make_goal, make_percentage
from tests.factories.metrics import make_indicator
from tests.factories.partnerships import make_partnership

LIST = "/s/borgo/api/v1/partnerships/own/goals/"


@pytest.fixture
def partnership(space, time_machine):
    time_machine.move_to("2026-02-01")
    return make_partnership("own", mode=Partnership.Mode.FULL)


@pytest.fixture
def partner(partnership):
    return make_user("partner@borgo.example", role=Role.PARTNER_LEAD, scope=partnership.scope)


def send(browser, path="", **body):
    return browser.post(f"{LIST}{path}", body, content_type="application/json")


def test_goal_is_drafted_and_says_what_is_missing(partnership, coordinator, signed_in_as):
    make_percentage(partnership, "P-9")
    answer = send(
        signed_in_as(coordinator),
        title_it="Buone esperienze",
        place_it="Borgo",
        indicator="P-9",
        target_value="60",
        ends_on="2026-12-31",
    )
    assert answer.status_code == 201, answer.content
    shown = answer.json()
    assert shown["sentence_it"].replace("\xa0", " ") == (
        "Entro il 31 dicembre 2026, aumentare dal 22 % al 60 % la quota di studenti con valutazione positiva a Borgo (valore di partenza: 31 dicembre 2025)."
    )
    assert {check["code"] for check in shown["checks"] if check["outcome"] == "fail"} >= {"S3", "A2", "R4", "T2"}
    assert (shown["state"], shown["standing"]) == ("draft", None)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"title_en": "x", "indicator": "NONE"},
        {"title_en": "x", "target_value": "many"},
        {"title_en": "x", "starts_on": "2026-05-01", "ends_on": "2026-04-01"},
    ],
)
def test_impossible_goal_is_a_bad_request(partnership, coordinator, signed_in_as, body):
    assert send(signed_in_as(coordinator), **body).status_code == 400
    assert not Goal.objects.exists()


def test_indicator_of_another_partnership_is_unknown(partnership, coordinator, signed_in_as):
    make_indicator(make_partnership("elsewhere"), "THERE")
    assert send(signed_in_as(coordinator), title_en="x", indicator="THERE").status_code == 400


def test_goal_of_a_light_partnership_is_proposed_and_adopted(space, coordinator, signed_in_as, time_machine):
    time_machine.move_to("2026-02-01")
    make_complete_goal(make_partnership("own"))
    browser = signed_in_as(coordinator)
    refused = send(browser, "1/adopt/")
    assert refused.status_code == 409, refused.content
    assert send(browser, "1/propose/").json()["state"] == "proposed"
    adopted = send(browser, "1/adopt/").json()
    assert (adopted["state"], adopted["version_number"], adopted["standing"]["standing"]) == ("adopted", 1, "too_early")


def test_refusal_names_the_failing_checks(partnership, coordinator, signed_in_as):
    make_complete_goal(partnership, equity_note="")
    answer = send(signed_in_as(coordinator), "1/propose/")
    assert answer.status_code == 409
    assert "R4" in answer.json()["detail"]


def test_partner_reads_and_may_not_write(partnership, partner, signed_in_as):
    make_complete_goal(partnership)
    browser = signed_in_as(partner)
    assert browser.get(LIST).json()["count"] == 1
    assert browser.get(f"{LIST}1/milestones/").json()["count"] == 2
    for path in ("", "1/propose/", "1/adopt/", "1/milestones/"):
        assert send(browser, path, title_en="x", due_on="2026-05-01").status_code == 403


def test_kept_goal_is_absent_for_a_partner(partnership, partner, signed_in_as):
    make_goal(partnership, visibility=Visibility.COORDINATION)
    browser = signed_in_as(partner)
    assert browser.get(LIST).json()["count"] == 0
    assert browser.get(f"{LIST}1/").status_code == 404
    assert browser.get(f"{LIST}1/milestones/").status_code == 404


def test_milestone_is_added_and_reached(partnership, coordinator, signed_in_as):
    make_goal(partnership)
    browser = signed_in_as(coordinator)
    added = send(browser, "1/milestones/", title_en="Ten hosts", due_on="2026-05-01").json()
    assert added["first_due_on"] == "2026-05-01"
    assert send(browser, f"1/milestones/{added['id']}/reach/", reached_on="2026-02-02", evidence="x").status_code == 400
    reached = send(browser, f"1/milestones/{added['id']}/reach/", reached_on="2026-02-01", evidence="List").json()
    assert reached["reached_on"] == "2026-02-01"


def test_milestone_of_another_goal_is_the_same_not_found_as_none(partnership, coordinator, signed_in_as):
    make_goal(partnership)
    other = make_complete_goal(make_partnership("elsewhere")).milestones.first()
    browser = signed_in_as(coordinator)
    for key in (other.pk, new_id()):
        assert send(browser, f"1/milestones/{key}/reach/", reached_on="2026-02-01", evidence="x").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_for_one_and_three_rows(
    partnership, coordinator, signed_in_as, django_assert_num_queries, count
):
    for _ in range(count):
        make_complete_goal(partnership)
    browser = signed_in_as(coordinator)
    with django_assert_num_queries(22):
        assert browser.get(LIST).json()["count"] == count


def change(browser, number=1, **body):
    return browser.patch(f"{LIST}{number}/", body, content_type="application/json")


def test_goal_is_changed_and_tagged(partnership, coordinator, signed_in_as):
    make_goal(partnership)
    whole = make_goal(partnership, title_en="Whole")
    answer = change(signed_in_as(coordinator), sdg_targets=["4.4"], need_cents=5000, part_of=whole.number)
    assert answer.status_code == 200, answer.content
    shown = answer.json()
    assert (shown["sdg_targets"], shown["need_cents"], shown["part_of"]) == (["4.4"], 5000, 2)


@pytest.mark.parametrize(
    "body",
    [{"sdg_targets": ["99.1"]}, {"part_of": 1}, {"part_of": 77}, {"owner_member": str(new_id())}, {"need_cents": -1}],
)
def test_impossible_change_is_a_bad_request(partnership, coordinator, signed_in_as, body):
    make_goal(partnership)
    assert change(signed_in_as(coordinator), **body).status_code == 400


def test_partner_changes_no_goal(partnership, partner, signed_in_as):
    make_goal(partnership)
    assert change(signed_in_as(partner), title_en="Mine").status_code == 403


def test_goal_walks_to_its_end(space, coordinator, signed_in_as, time_machine):
    time_machine.move_to("2026-02-01")
    make_complete_goal(make_partnership("own"))
    browser = signed_in_as(coordinator)
    send(browser, "1/propose/")
    send(browser, "1/adopt/")
    assert send(browser, "1/move/", to="active").json()["state"] == "active"
    assert send(browser, "1/move/", to="draft").status_code == 409
    assert send(browser, "1/close/", to="achieved", statement="The last value is above the target.").status_code == 200
    assert change(browser, title_en="Too late").status_code == 409


def test_warnings_and_weights_have_the_rules_of_the_page(partnership, coordinator, signed_in_as):
    make_complete_goal(partnership, need_cents=None)
    make_goal(partnership, title_en="Part", parent=Goal.objects.get(number=1))
    browser = signed_in_as(coordinator)
    assert send(browser, "1/warnings/", code="A1", reason="The school pays all of it.").status_code == 200
    assert send(browser, "1/warnings/", code="S1", reason="It passes anyway.").status_code == 409
    assert send(browser, "1/weights/", weights=[{"goal": 2, "weight": 90}]).status_code == 400
    assert send(browser, "1/weights/", weights=[{"goal": 1, "weight": 100}]).status_code == 400
    assert send(browser, "1/weights/", weights=[{"goal": 2, "weight": 100}]).status_code == 200


def test_suggestion_is_made_and_answered_once(partnership, partner, coordinator, signed_in_as):
    url = "/s/borgo/api/v1/partnerships/own/goal-suggestions/"
    theirs = signed_in_as(partner)
    made = theirs.post(url, {"text": "More benches"}, content_type="application/json")
    assert made.status_code == 201, made.content
    answer = f"{url}{made.json()['id']}/answer/"
    said = {"to": "declined", "answer": "Not this year."}
    assert theirs.post(answer, said, content_type="application/json").status_code == 403
    ours = signed_in_as(coordinator)
    assert ours.post(answer, said, content_type="application/json").json()["state"] == "declined"
    assert ours.post(answer, said, content_type="application/json").status_code == 409
