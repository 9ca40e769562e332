"""Which part we had in a result: pages, API, who may look at other explanations, and the words that stand."""

import pytest
from django.core.exceptions import ValidationError

from core.access.roles import Role
from core.access.visibility import Visibility
from core.models import AuditEvent
from goals.models import ClaimAlternative, ContributionClaim
from goals.operations.claim import (
    ClaimRefusedError,
    add_alternative,
    change_claim,
    examine_alternative,
    make_claim,
    remove_alternative,
)
from goals.queries.claim import claim_sheet
from partnerships.models import Partnership
from reports.queries.snapshot_goal import goal_facts
from tests.factories.core import make_user
from tests.factories.goals import TODAY, make_complete_goal
from tests.factories.partnerships import make_partnership

GOAL = "/s/borgo/partnerships/own/goals/1/"
API = "/s/borgo/api/v1/partnerships/own/goals/1/claims/"
SHOWN = {"evidence_done": "Forty visits", "evidence_steps": "Firms opened places"}


@pytest.fixture
def partnership(space, time_machine):
    time_machine.move_to("2026-02-01")
    return make_partnership("own", mode=Partnership.Mode.FULL, visibility=Visibility.PUBLIC)


@pytest.fixture
def goal(partnership):
    goal = make_complete_goal(partnership, visibility=Visibility.PUBLIC)
    type(goal).objects.update(state="active")
    goal.refresh_from_db()
    return goal


@pytest.fixture
def evaluator(partnership):
    return make_user("eva@borgo.example", "Eva", role=Role.EVALUATOR)


@pytest.fixture
def claim(goal, coordinator):
    return make_claim(goal=goal, by=coordinator, result_en="104 of 178 found a place", **SHOWN)


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def look_at(claim, by, *, times=2, outcome="ruled_out"):
    found = [add_alternative(claim=claim, text=f"Another cause {number}", by=by) for number in range(times)]
    return [
        examine_alternative(alternative=one, outcome=outcome, reason="Numbers of the Region", by=by, today=TODAY)
        for one in found
    ]


def strength_of(claim):
    return claim_sheet(ContributionClaim.objects.get(pk=claim.pk)).strength.code


def test_claim_is_written_and_its_page_says_what_the_next_rung_needs(goal, browser):
    sent = {"result_en": "104 of 178 found a place", "visibility": "2", "comparison": ""}
    answer = browser.post(f"{GOAL}claims/new/", sent)
    page = browser.get(answer.headers["Location"]).content.decode()
    assert "which part we had in it cannot be said" in page
    assert "In how change comes about" in page
    assert "Young people find work near home" in page
    assert "Say what shows that you did what was planned." in page
    assert "104 of 178" in browser.get(f"{GOAL}learning/").content.decode()


def test_words_too_strong_are_refused_with_a_hint_at_their_field(goal, browser):
    answer = browser.post(f"{GOAL}claims/new/", {"result_en": "Our visits caused it", "visibility": "2", **SHOWN})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "“caused” says more than can be shown so far" in page
    assert "may have helped" in page
    assert not ContributionClaim.objects.exists()


def test_two_explanations_looked_at_by_somebody_else_support_it(claim, coordinator, evaluator):
    look_at(claim, coordinator)
    assert strength_of(claim) == "plausible"
    look_at(claim, evaluator, times=1)
    assert strength_of(claim) == "plausible"
    look_at(claim, evaluator, times=1, outcome="cannot_tell")
    assert strength_of(claim) == "supported"


def test_whoever_wrote_in_the_claim_is_nobody_else(claim, evaluator, admin):
    look_at(claim, evaluator)
    assert strength_of(claim) == "supported"
    change_claim(claim=claim, by=evaluator, people_say="They like it")
    assert strength_of(claim) == "plausible"
    look_at(claim, evaluator)
    assert strength_of(claim) == "plausible"
    look_at(claim, admin)
    assert strength_of(claim) == "supported"


def test_comparison_allows_the_strongest_words_and_taking_one_away_asks_to_soften(claim, evaluator, coordinator):
    first, _second = look_at(claim, evaluator)
    top = {"comparison": "matched", "comparison_note": "Two schools nearby"}
    change_claim(claim=claim, by=coordinator, result_en="Our visits caused 104 places", **top)
    assert strength_of(claim) == "attributed"
    with pytest.raises(ClaimRefusedError, match="Soften"):
        remove_alternative(alternative=first, by=coordinator)
    with pytest.raises(ClaimRefusedError, match="Soften"):
        examine_alternative(alternative=first, outcome="ruled_out", reason="x", by=coordinator, today=TODAY)
    assert ClaimAlternative.objects.count() == 2
    assert strength_of(claim) == "attributed"
    with pytest.raises(ValidationError):
        change_claim(claim=claim, by=coordinator, comparison="")
    change_claim(claim=claim, by=coordinator, result_en="104 places", comparison="")
    remove_alternative(alternative=first, by=coordinator)
    assert strength_of(claim) == "plausible"


def test_number_of_the_whole_area_is_nobodys_result_however_much_is_shown(claim, evaluator):
    look_at(claim, evaluator)
    claim.goal.indicator.answers_for = "population"
    claim.goal.indicator.save()
    assert strength_of(claim) == "observed_alongside"


def test_partner_looks_at_an_explanation_and_cannot_write_the_claim(claim, partnership, signed_in_as):
    partner = signed_in_as(make_user("p@borgo.example", role=Role.PARTNER_MEMBER, scope=partnership.scope))
    here = f"{GOAL}claims/{claim.pk}/"
    assert partner.get(here).status_code == 200
    assert partner.get(f"{here}edit/").status_code == 403
    assert partner.post(f"{here}withdraw/").status_code == 403
    assert partner.post(f"{here}alternatives/", {"text": "A new law"}).status_code == 302
    one = ClaimAlternative.objects.get()
    assert partner.post(f"{here}alternatives/{one.pk}/", {"outcome": "ruled_out", "reason": ""}).status_code == 422
    sent = {"outcome": "plays_a_part", "reason": "It came in March"}
    assert partner.post(f"{here}alternatives/{one.pk}/", sent).status_code == 302
    one.refresh_from_db()
    assert (one.outcome, one.is_by_another, one.examined_on) == ("plays_a_part", True, TODAY)
    assert "Plays a part" in partner.get(here).content.decode()
    assert partner.post(f"{here}alternatives/{one.pk}/remove/").status_code == 403


def test_author_is_told_that_the_own_look_does_not_count(claim, coordinator, browser):
    one = look_at(claim, coordinator, times=1)[0]
    page = browser.get(f"{GOAL}claims/{claim.pk}/").content.decode()
    assert "does not count as a second look" in page
    assert "does not count" in browser.get(f"{GOAL}claims/{claim.pk}/alternatives/{one.pk}/").content.decode()


def test_claim_taken_back_goes_with_its_explanations(claim, evaluator, browser):
    look_at(claim, evaluator)
    assert "keep what they said" in browser.get(f"{GOAL}claims/{claim.pk}/withdraw/").content.decode()
    browser.post(f"{GOAL}claims/{claim.pk}/withdraw/")
    assert not ContributionClaim.objects.exists()
    assert not ClaimAlternative.objects.exists()
    assert AuditEvent.objects.filter(verb="claim.withdrawn").exists()


def test_claim_is_never_more_visible_than_its_goal(goal, partnership, coordinator, signed_in_as):
    type(goal).objects.update(visibility=Visibility.COORDINATION)
    goal.refresh_from_db()
    claim = make_claim(goal=goal, by=coordinator, result_en="x", visibility=Visibility.PUBLIC)
    assert claim.visibility == Visibility.COORDINATION
    partner = signed_in_as(make_user("p@borgo.example", role=Role.PARTNER_LEAD, scope=partnership.scope))
    assert partner.get(f"{GOAL}claims/{claim.pk}/").status_code == 404
    assert partner.get(f"{API}{claim.pk}/").status_code == 404


def test_report_freezes_the_sentence_of_what_funders_may_read(goal, claim, coordinator, evaluator):
    assert goal_facts(goal, TODAY)["claims"] == []
    change_claim(claim=claim, by=coordinator, visibility=Visibility.FUNDERS, is_meant=True)
    look_at(claim, evaluator)
    frozen = goal_facts(goal, TODAY)["claims"]
    assert frozen == [
        {
            "id": str(claim.pk),
            "strength": "supported",
            "sentence_en": "104 of 178 found a place. Our work contributed to it. Other explanations looked at by somebody else: 2 ruled out.",
            "sentence_it": "104 of 178 found a place. Il nostro lavoro vi ha contribuito. Altre spiegazioni esaminate da qualcun altro: 2 escluse.",
        }
    ]


def test_whole_claim_by_the_api(goal, browser, evaluator, signed_in_as):
    def send(browser, path="", verb="post", **body):
        return getattr(browser, verb)(f"{API}{path}", body, content_type="application/json")

    assert send(browser).status_code == 400
    refused = send(browser, result_it="Il progetto ha causato la crescita")
    assert refused.status_code == 400
    assert "causato" in refused.content.decode()
    made = send(browser, result_it="104 su 178", **SHOWN).json()
    assert (made["strength"], len(made["missing"])) == ("plausible", 1)
    assert "caused" not in made["allowed"]["en"]
    here = f"{made['id']}/"
    eva = signed_in_as(evaluator)
    for text in ("A new law", "The season"):
        one = send(eva, f"{here}alternatives/", text=text).json()["alternatives"][-1]
        assert send(eva, f"{here}alternatives/{one['id']}/", outcome="ruled_out").status_code == 400
        shown = send(eva, f"{here}alternatives/{one['id']}/", outcome="ruled_out", reason="Region").json()
    assert shown["strength"] == "supported"
    assert send(eva, here, "patch", result_it="x").status_code == 403
    assert "contribuito" in browser.get(f"{API}{here}").json()["sentence_it"]
    assert send(browser, here, "patch", result_it="Abbiamo contribuito a 104 posti").status_code == 200
    assert send(browser, f"{here}alternatives/{one['id']}/", "delete").status_code == 409
    assert send(browser, here, "patch", result_it="104 posti").status_code == 200
    assert send(browser, f"{here}alternatives/{one['id']}/", "delete").json()["strength"] == "plausible"
    assert send(browser, here, "delete").status_code == 204
    assert browser.get(API).json()["results"] == []


def test_trail_keeps_no_words_of_a_claim(claim, coordinator, evaluator):
    change_claim(claim=claim, by=coordinator, people_say="Anna Neri is happy")
    look_at(claim, evaluator, times=1)
    trail = str(list(AuditEvent.objects.values_list("changes", flat=True)))
    assert "Anna" not in trail
    assert "Region" not in trail
