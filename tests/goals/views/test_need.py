"""What residents need: written down, shown to be known, found pressing, answered by goals; the same in the API."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.access.roles import Role
from core.access.visibility import Visibility
from core.models import AuditEvent
from engagement.models import ThemeNeed
from engagement.operations.submission import put_into_theme
from goals.models import Goal, GoalNeed, Need, NeedVote
from goals.operations.need import NeedRefusedError, add_need, change_need, move_need, support_need, withdraw_support
from goals.operations.theory import add_step
from goals.operations.why import set_goal_reasons
from goals.queries.need import goals_with_dated_need
from partnerships.models import Partnership
from tests.factories.core import make_user
from tests.factories.engagement import make_submission, make_theme
from tests.factories.goals import make_goal
from tests.factories.partnerships import make_member, make_partner, make_partnership

HERE = "/s/borgo/partnerships/own/community-needs/"
API = "/s/borgo/api/v1/partnerships/own/community-needs/"
WHY = "/s/borgo/partnerships/own/goals/1/why/"
API_WHY = "/s/borgo/api/v1/partnerships/own/goals/1/why/"
LIST_QUERIES = 9


@pytest.fixture
def partnership(space):
    return make_partnership("own", mode=Partnership.Mode.FULL)


@pytest.fixture
def school(partnership):
    return make_member(partnership, "Scuola", state="member")


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def write(partnership, statement="Nobody knows whom to ask", **fields):
    return add_need(partnership=partnership, by=None, statement_en=statement, **fields)


def dated(partnership, **fields):
    known = {"evidence": "survey", "source": "Survey at the market", "evidence_on": date(2026, 3, 1)}
    return write(partnership, **known | fields)


def test_a_need_is_written_in_one_language_and_its_evidence_later(partnership, browser):
    answer = browser.post(f"{HERE}new/", {"statement_en": "Nobody knows whom to ask", "affected_en": "People alone"})
    assert answer.headers["Location"] == f"{HERE}1/"
    page = browser.get(f"{HERE}1/").content.decode()
    assert "People alone" in page
    assert "Somebody will ask how you know" in page
    changed = {"statement_en": "Nobody knows whom to ask", "evidence": "survey", "source": "Survey at the market"}
    browser.post(f"{HERE}1/edit/", changed | {"evidence_on": "2026-03-01"})
    page = browser.get(f"{HERE}1/").content.decode()
    assert "1 March 2026" in page
    assert "Somebody will ask" not in page
    assert {event.verb for event in AuditEvent.objects.filter(subject_type="goals.need")} == {
        "need.added", "need.changed",
    }  # fmt: skip


def test_a_need_without_a_sentence_and_evidence_of_tomorrow_are_told_at_the_field(partnership, browser):
    empty = browser.post(f"{HERE}new/", {"statement_en": ""})
    assert empty.status_code == 422
    assert "in one language at least" in empty.content.decode()
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    late = browser.post(f"{HERE}new/", {"statement_it": "Manca un posto", "evidence_on": tomorrow})
    assert late.status_code == 422
    assert "still to come" in late.content.decode()
    assert browser.post(API, {"evidence": "survey"}, content_type="application/json").status_code == 400
    sent = {"statement_en": "x", "evidence_on": tomorrow}
    assert "evidence_on" in browser.post(API, sent, content_type="application/json").json()["errors"]
    assert not Need.objects.exists()


def test_a_need_is_never_more_visible_than_its_partnership(partnership):
    need = write(partnership, visibility=Visibility.PUBLIC)
    assert need.visibility == partnership.visibility
    assert partnership.visibility < Visibility.PUBLIC


def test_a_need_of_coordination_is_not_there_for_a_partner(partnership, school, signed_in_as):
    goal = make_goal(partnership)
    need = write(partnership, "A secret worry", visibility=Visibility.COORDINATION)
    set_goal_reasons(goal=goal, needs=[need], outcome=None, by=None)
    partner = signed_in_as(make_partner(school, "lead@scuola.example"))
    assert "secret" not in partner.get(HERE).content.decode()
    assert partner.get(f"{HERE}1/").status_code == partner.get(f"{API}1/").status_code == 404
    assert partner.put(f"{API}1/support/{school.pk}/").status_code == 404
    assert "secret" not in partner.get("/s/borgo/partnerships/own/goals/1/").content.decode()
    assert partner.get(API_WHY).json() == {"needs": [], "outcome": None}


def test_only_who_edits_goals_writes_needs(partnership, school, signed_in_as):
    write(partnership)
    partner = signed_in_as(make_partner(school, "lead@scuola.example"))
    assert partner.get(f"{HERE}1/").status_code == 200
    assert partner.get(f"{HERE}1/edit/").status_code == 403
    assert partner.post(f"{HERE}1/move/", {"to": "met"}).status_code == 403
    assert partner.post(API, {"statement_en": "x"}, content_type="application/json").status_code == 403


def test_a_member_holds_a_need_for_pressing_once_and_takes_it_back(partnership, school, signed_in_as):
    need = write(partnership)
    partner = signed_in_as(make_partner(school, "lead@scuola.example"))
    page = partner.get(f"{HERE}1/").content.decode()
    assert "Scuola finds it pressing" in page
    for _twice in range(2):
        assert partner.post(f"{HERE}1/support/", {"member": str(school.pk)}).status_code == 302
    vote = NeedVote.objects.get()
    assert (vote.need, vote.member, vote.by.email) == (need, school, "lead@scuola.example")
    assert AuditEvent.objects.filter(verb="need.supported").count() == 1
    assert partner.get(f"{API}1/").json()["votes"][0]["member_id"] == str(school.pk)
    partner.post(f"{HERE}1/support/", {"member": str(school.pk), "back": "1"})
    assert not NeedVote.objects.exists()


def test_a_partner_speaks_for_its_own_organisation_alone(partnership, school, signed_in_as):
    other = make_member(partnership, "Officine", state="member")
    write(partnership)
    partner = signed_in_as(make_partner(school, "lead@scuola.example"))
    assert partner.post(f"{HERE}1/support/", {"member": str(other.pk)}).status_code == 400
    assert partner.put(f"{API}1/support/{other.pk}/").status_code == 404
    assert partner.put(f"{API}1/support/{school.pk}/").status_code == 200
    assert partner.delete(f"{API}1/support/{school.pk}/").status_code == 204
    treasurer = signed_in_as(make_user("money@borgo.example", "Ugo", role=Role.TREASURER))
    assert treasurer.post(f"{HERE}1/support/", {"member": str(school.pk)}).status_code == 403
    assert not NeedVote.objects.exists()


def test_coordination_writes_down_what_any_member_said(partnership, school, browser, coordinator):
    write(partnership)
    assert browser.put(f"{API}1/support/{school.pk}/").json()["votes"][0]["member_id"] == str(school.pk)
    assert NeedVote.objects.get().by == coordinator


def test_support_of_a_settled_need_of_a_leaver_and_from_elsewhere_is_refused(partnership, school, browser, coordinator):
    need = write(partnership)
    elsewhere = make_member(make_partnership("other"), "Altri", state="member")
    with pytest.raises(NeedRefusedError, match="not in the partnership"):
        support_need(need=need, member=elsewhere, by=coordinator)
    with pytest.raises(NeedRefusedError, match="not in the partnership"):
        withdraw_support(need=need, member=elsewhere, by=coordinator)
    gone = make_member(partnership, "Partita", state="former")
    with pytest.raises(NeedRefusedError, match="no longer"):
        support_need(need=need, member=gone, by=coordinator)
    move_need(need=need, to="met", by=coordinator)
    assert browser.put(f"{API}1/support/{school.pk}/").status_code == 409


def test_support_of_a_member_that_left_does_not_count_any_more(partnership, school, browser, coordinator):
    need = write(partnership)
    support_need(need=need, member=school, by=coordinator)
    assert "1 organisation" in browser.get(HERE).content.decode()
    type(school).objects.update(state="former")
    assert "1 organisation" not in browser.get(HERE).content.decode()
    assert browser.get(f"{API}1/").json()["votes"] == []


def test_a_need_goes_through_its_life_by_page_and_by_api(partnership, browser, coordinator):
    need = write(partnership)
    browser.post(f"{HERE}1/move/", {"to": "in_progress"})
    need.refresh_from_db()
    assert need.state == "in_progress"
    assert browser.post(f"{API}1/move/", {"to": "met"}, content_type="application/json").json()["state"] == "met"
    refused = browser.post(f"{API}1/move/", {"to": "set_aside"}, content_type="application/json")
    assert refused.status_code == 409
    assert "cannot go there" in refused.json()["detail"]
    with pytest.raises(NeedRefusedError):
        move_need(need=need, to="nowhere", by=coordinator)


def test_the_list_is_searched_narrowed_and_downloaded(partnership, school, browser, coordinator):
    dated(partnership, statement="No bus on Sundays", place="Valle")
    pressing = write(partnership, "Nobody knows whom to ask")
    support_need(need=pressing, member=school, by=coordinator)
    page = browser.get(HERE).content.decode()
    assert page.index("Nobody knows") < page.index("No bus")
    for query, found in (("q=valle", "No bus"), ("evidence=survey", "No bus"), ("state=open&q=ask", "Nobody knows")):
        page = browser.get(f"{HERE}?{query}").content.decode()
        assert found in page
        assert ("No bus" in page) + ("Nobody knows" in page) == 1
    assert "No need matches" in browser.get(f"{HERE}?state=met").content.decode()
    assert "No bus" in browser.get(f"{HERE}?state=nonsense").content.decode()
    lines = browser.get(f"{HERE}?format=csv").content.decode("utf-8-sig").splitlines()
    assert lines[2].startswith("1,No bus on Sundays,,Valle,Survey,Survey at the market,2026-03-01,0,Open")


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_as_much_for_many_as_for_one(partnership, school, browser, django_assert_num_queries, count):
    for number in range(count):
        write(partnership, f"Need {number}")
    with django_assert_num_queries(LIST_QUERIES):
        browser.get(HERE)


@pytest.mark.parametrize("missing", ["evidence", "source", "evidence_on"])
def test_a_goal_has_a_dated_need_only_when_kind_source_and_day_are_there(partnership, coordinator, missing):
    goal = make_goal(partnership)
    need = dated(partnership)
    assert not goals_with_dated_need([goal])
    set_goal_reasons(goal=goal, needs=[need], outcome=None, by=coordinator)
    assert goals_with_dated_need([goal])
    change_need(need=need, by=coordinator, **{missing: None if missing == "evidence_on" else ""})
    assert not goals_with_dated_need([goal])
    assert not goals_with_dated_need([Goal(partnership=partnership)])


def test_why_this_goal_is_chosen_and_stands_on_its_page(partnership, browser, coordinator):
    goal = make_goal(partnership)
    first, second = dated(partnership), write(partnership, "No bus on Sundays")
    outcome = add_step(partnership=partnership, by=coordinator, level="outcome", text_en="Help comes early")
    add_step(partnership=partnership, by=coordinator, level="activity", text_en="Open a desk")
    page = browser.get(WHY).content.decode()
    assert "Help comes early" in page
    assert "Open a desk" not in page
    browser.post(WHY, {"need": [str(first.pk), str(second.pk)], "outcome": str(outcome.pk)})
    shown = browser.get("/s/borgo/partnerships/own/goals/1/").content.decode()
    assert "Nobody knows whom to ask" in shown
    assert "Help comes early" in shown
    assert "Good placements" in browser.get(f"{HERE}1/").content.decode()
    assert browser.get(API_WHY).json() == {"needs": [1, 2], "outcome": str(outcome.pk)}
    assert browser.get(f"{API}1/").json()["goals"] == [1]
    kept = browser.put(API_WHY, {"needs": [2]}, content_type="application/json")
    assert kept.json() == {"needs": [2], "outcome": None}
    goal.refresh_from_db()
    assert goal.outcome_node is None
    assert AuditEvent.objects.filter(verb="goal.why_changed").count() == 2


def test_ties_of_a_goal_to_what_is_elsewhere_or_no_change_are_refused(partnership, browser, coordinator):
    make_goal(partnership)
    other = make_partnership("other")
    write(other)
    foreign = add_step(partnership=other, by=coordinator, level="outcome", text_en="Far away")
    doing = add_step(partnership=partnership, by=coordinator, level="activity", text_en="Open a desk")
    for sent, field in (
        ({"needs": [1]}, "needs"),
        *(({"needs": [], "outcome": str(one.pk)}, "outcome") for one in (foreign, doing)),
    ):
        answer = browser.put(API_WHY, sent, content_type="application/json")
        assert answer.status_code == 400
        assert field in answer.json()["errors"]
    assert not GoalNeed.objects.exists()


def test_a_closed_goal_keeps_its_reasons(partnership, browser):
    make_goal(partnership)
    need = write(partnership)
    Goal.objects.update(state="achieved")
    assert browser.put(API_WHY, {"needs": [1]}, content_type="application/json").status_code == 409
    page = browser.post(WHY, {"need": [str(need.pk)]}, follow=True).content.decode()
    assert "This goal is closed" in page
    assert not GoalNeed.objects.exists()


def test_needs_out_of_sight_stay_tied_when_others_are_chosen(partnership, coordinator):
    goal = make_goal(partnership)
    hidden, shown = write(partnership, "Hidden"), write(partnership, "Shown")
    set_goal_reasons(goal=goal, needs=[hidden], outcome=None, by=coordinator)
    assert set_goal_reasons(goal=goal, needs=[shown], outcome=None, by=coordinator, among=[shown.pk]) == 2


def test_what_residents_say_stands_on_the_need_with_honest_numbers(partnership, browser, coordinator):
    Partnership.objects.update(visibility=Visibility.PUBLIC)
    partnership.refresh_from_db()
    need = write(partnership)
    theme = make_theme(partnership, "We do not know whom to ask")
    for text in ("Whom do I ask?", "I asked three offices"):
        put_into_theme(submission=make_submission(partnership, text), theme=theme, by=coordinator)
    spam = make_submission(partnership, "Buy this")
    put_into_theme(submission=spam, theme=theme, by=coordinator)
    type(spam).objects.filter(pk=spam.pk).update(state="spam")
    assert "Nothing that residents said" in browser.get(f"{HERE}1/").content.decode()
    ties = f"/s/borgo/partnerships/own/said/{theme.pk}/needs/"
    assert "Nobody knows whom to ask" in browser.get(ties).content.decode()
    browser.post(ties, {"need": [str(need.pk)]})
    page = browser.get(f"{HERE}1/").content.decode()
    assert "We do not know whom to ask" in page
    assert "2 messages" in page
    assert "Nobody knows whom to ask" in browser.get(f"/s/borgo/partnerships/own/said/{theme.pk}/").content.decode()
    api = f"/s/borgo/api/v1/themes/{theme.pk}/needs/"
    assert browser.get(api).json() == {"needs": [1]}
    assert browser.put(api, {"needs": [7]}, content_type="application/json").status_code == 400
    assert browser.put(api, {"needs": []}, content_type="application/json").json() == {"needs": []}
    assert not ThemeNeed.objects.exists()


def test_a_draft_of_what_residents_say_is_not_told_to_a_partner(
    partnership, school, coordinator, browser, signed_in_as
):
    need = write(partnership)
    theme = make_theme(partnership, "Not for everybody yet")
    browser.post(f"/s/borgo/partnerships/own/said/{theme.pk}/needs/", {"need": [str(need.pk)]})
    partner = signed_in_as(make_partner(school, "lead@scuola.example"))
    assert "Not for everybody" not in partner.get(f"{HERE}1/").content.decode()
    assert (
        partner.put(
            f"/s/borgo/api/v1/themes/{theme.pk}/needs/", {"needs": []}, content_type="application/json"
        ).status_code
        == 403
    )


def test_in_a_light_partnership_the_tab_is_folded_and_reasons_are_asked_gently(partnership, browser):
    make_goal(partnership)
    Partnership.objects.update(mode="light")
    row, folded = browser.get("/s/borgo/partnerships/own/goals/").content.decode().split('id="more-places"')
    assert ("Community needs" in row, "Community needs" in folded) == (False, True)
    page = browser.get("/s/borgo/partnerships/own/goals/1/").content.decode()
    assert "<details" in page[: page.rindex("Why this goal") + 20].rpartition("<section")[2]
    assert "Community needs" in browser.get(HERE).content.decode()
