import re

import pytest

from core.access.roles import Role
from goals.models import AcceptedWarning, Goal, GoalSuggestion
from goals.operations.suggestion import suggest
from tests.factories.core import make_user
from tests.factories.goals import make_complete_goal, make_goal
from tests.factories.partnerships import make_partnership

LIST = "/s/borgo/partnerships/own/goals/"


@pytest.fixture
def partnership(space, time_machine):
    time_machine.move_to("2026-02-01")
    return make_partnership("own")


@pytest.fixture
def partner(partnership):
    return make_user("partner@borgo.example", role=Role.PARTNER_LEAD, scope=partnership.scope)


def test_partner_suggests_a_goal_and_reads_the_answer(partnership, partner, coordinator, signed_in_as):
    theirs = signed_in_as(partner)
    assert f"{LIST}suggest/" in theirs.get(LIST).content.decode()
    theirs.post(f"{LIST}suggest/", {"text": "More benches in the park", "why": "Old people need to sit."})
    suggestion = GoalSuggestion.objects.get()
    ours = signed_in_as(coordinator)
    answered = ours.post(
        f"{LIST}suggestions/{suggestion.pk}/", {"state": "taken", "answer": "Yes, from March on."}, follow=True
    )
    assert Goal.objects.get().title_en == "More benches in the park"
    assert "Yes, from March on." in answered.content.decode()
    assert "Yes, from March on." in theirs.get(f"{LIST}1/").content.decode()


def test_change_without_words_is_asked_again(partnership, partner, signed_in_as):
    make_goal(partnership)
    answer = signed_in_as(partner).post(f"{LIST}1/suggest/", {"about": "end", "text": ""})
    assert answer.status_code == 422
    assert not GoalSuggestion.objects.exists()


def test_partner_answers_no_suggestion(partnership, partner, signed_in_as):
    suggestion = suggest(partnership=partnership, by=partner, text="More benches")
    answer = signed_in_as(partner).post(f"{LIST}suggestions/{suggestion.pk}/", {"state": "taken", "answer": "Yes."})
    assert answer.status_code == 403
    suggestion.refresh_from_db()
    assert suggestion.state == "open"


def test_suggestion_for_a_goal_out_of_sight_is_out_of_sight(partnership, partner, coordinator, signed_in_as):
    goal = make_goal(partnership, visibility=1)
    suggest(partnership=partnership, by=coordinator, goal=goal, text="Keep it quiet")
    assert signed_in_as(partner).get(f"{LIST}1/suggest/").status_code == 404
    listed = signed_in_as(partner).get("/s/borgo/api/v1/partnerships/own/goal-suggestions/").json()
    assert listed["results"] == []


def test_warning_is_lived_with_for_a_reason_that_stays_with_the_goal(partnership, coordinator, signed_in_as):
    make_complete_goal(partnership, need_cents=None)
    browser = signed_in_as(coordinator)
    page = browser.post(
        f"{LIST}1/accept/", {"code": "A1", "reason": "The school pays all of it itself."}, follow=True
    ).content.decode()
    assert "The school pays all of it itself." in page
    assert AcceptedWarning.objects.get().accepted_by == coordinator


@pytest.mark.parametrize("sent", [{"code": "A1", "reason": "short"}, {"code": "S1", "reason": "It passes anyway."}])
def test_reason_too_short_and_check_that_does_not_warn_are_refused(partnership, coordinator, signed_in_as, sent):
    make_complete_goal(partnership, need_cents=None)
    assert signed_in_as(coordinator).post(f"{LIST}1/accept/", sent).status_code == 422
    assert not AcceptedWarning.objects.exists()


def test_parts_are_weighed_on_one_page(partnership, coordinator, signed_in_as):
    whole = make_goal(partnership, title_en="Whole")
    parts = [make_goal(partnership, title_en=f"Part {at}", parent=whole) for at in (1, 2)]
    browser = signed_in_as(coordinator)
    url = f"{LIST}1/weights/"
    assert browser.post(url, {f"weight-{part.pk}": "40" for part in parts}).status_code == 422
    browser.post(url, {f"weight-{part.pk}": "50" for part in parts})
    page = browser.get(f"{LIST}1/").content.decode()
    assert "0 of 2 parts have a value" in page
    assert f"{LIST}1/" in browser.get(f"{LIST}2/").content.decode()


def test_tags_are_chosen_and_shown_in_words(partnership, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    sent = {"title_en": "Readers", "direction": "increase", "visibility": "2", "sdg_targets": ["4.6", "4.a"]}
    assert browser.post(f"{LIST}new/", sent).status_code == 302
    assert "4.6 Everybody can read, write and count" in browser.get(f"{LIST}1/").content.decode()
    form = browser.get(f"{LIST}1/edit/").content.decode()
    assert form.count('name="sdg_targets"') == 169
    assert 'value="4.a" checked' in form
    # Found in both languages, whatever the page speaks.
    assert re.search(r'data-words="4\.6 Everybody [^"]*leggere', form)
    assert browser.post(f"{LIST}new/", {**sent, "sdg_targets": ["18.1"]}).status_code == 422
