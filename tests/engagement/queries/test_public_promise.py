"""Promises of public activities bind what raters may want with a group (R-S6)."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from core.access.roles import Role
from core.access.visibility import Visibility
from core.models import AuditEvent
from engagement.models import EngagementActivity, Level
from engagement.rules.promise import is_made_to
from partnerships.operations.partnership_map import connect_map
from stakeholders.models import Assessment, MapEntry, MapRater
from stakeholders.operations.assessment import assess
from stakeholders.operations.stakeholder_map import put_on_map, start_map
from stakeholders.promises import promises_to
from stakeholders.queries.map_score import said_of
from tests.factories.activities import announce, plan
from tests.factories.core import make_user
from tests.factories.engagement import make_public_partnership
from tests.factories.partnerships import make_partnership
from tests.factories.stakeholders import make_stakeholder

MEANT_QUERIES = 13
NAMED = {"title": "The square", "target_groups": "Shopkeepers, famiglie del cortile", "level": Level.SHAPING}


@pytest.fixture
def orchard(space, coordinator):
    return start_map(title="Orchard", issue="Who decides?", by=coordinator)


@pytest.fixture
def families(orchard, coordinator):
    put_on_map(found=orchard, stakeholders=[make_stakeholder("Famiglie del Cortile")], by=coordinator, ring=1)
    return MapEntry.objects.get()


@pytest.fixture
def orti(space):
    return make_public_partnership()


def promised(entry):
    return {found.title for found in promises_to([entry], said_of([entry])).values()}


def test_promise_is_made_to_the_groups_named_or_to_who_lives_the_issue():
    names = ["Famiglie del Cortile", "Yard"]
    assert is_made_to("the yard and shopkeepers", names=names, lives_it_here=False)
    assert not is_made_to("shopkeepers", names=names, lives_it_here=True)
    assert is_made_to(" ", names=names, lives_it_here=True)
    assert not is_made_to("", names=names, lives_it_here=False)


def test_less_than_promised_is_refused_at_the_field_with_the_promise(orti, families, coordinator):
    announce(orti, coordinator, **NAMED)
    rater = MapRater.objects.get()
    with pytest.raises(ValidationError) as refusal:
        assess(entry=families, rater=rater, by=coordinator, desired_engagement=Assessment.Engagement.CONSULTED)
    [said] = refusal.value.message_dict["desired_engagement"]
    assert said == (
        "“The square” promised them publicly: “You work on the options with us before we choose.” "
        "So at least “Involved”."
    )
    assess(entry=families, rater=rater, by=coordinator, desired_engagement=Assessment.Engagement.INVOLVED)
    assert Assessment.objects.get().desired_engagement == Assessment.Engagement.INVOLVED


def test_only_what_everybody_reads_and_is_not_kept_yet_binds(orti, families, coordinator):
    announce(make_partnership("inner"), coordinator, **NAMED)
    plan(orti, **NAMED)
    assert promised(families) == set()
    told = announce(orti, coordinator, **NAMED)
    assert promised(families) == {"The square"}
    for state in (EngagementActivity.State.CLOSED, EngagementActivity.State.CANCELLED):
        EngagementActivity.objects.filter(pk=told.pk).update(state=state)
        assert promised(families) == set()
    EngagementActivity.objects.filter(pk=told.pk).update(state=EngagementActivity.State.HELD)
    orti.visibility = Visibility.PARTNERS
    orti.save()
    assert promised(families) == set()


def test_activity_that_names_nobody_promises_to_the_centre_of_its_own_maps(orti, orchard, families, coordinator):
    announce(orti, coordinator, title="For all", level=Level.DECIDING)
    assert promised(families) == set()
    connect_map(partnership=orti, found=orchard, by=coordinator)
    assert promised(families) == {"For all"}
    families.ring = MapEntry.Ring.DECIDING
    assert promised(families) == set()


def test_furthest_promise_counts_and_more_entries_cost_no_more(
    orti, orchard, families, coordinator, django_assert_num_queries
):
    announce(orti, coordinator, **NAMED)
    announce(orti, coordinator, **NAMED | {"title": "The fund", "level": Level.LEADING})
    put_on_map(found=orchard, stakeholders=[make_stakeholder("Other"), make_stakeholder("Third")], by=coordinator)
    entries = list(MapEntry.objects.select_related("stakeholder"))
    found = promises_to(entries, said_of(entries))
    for some in (entries[:1], entries):
        with django_assert_num_queries(3):
            found = promises_to(some, said_of(some))
    assert {key: promise.title for key, promise in found.items()} == {families.pk: "The fund"}


def test_promise_stands_beside_the_question_and_nothing_typed_is_lost(orti, families, coordinator, signed_in_as):
    announce(orti, coordinator, **NAMED)
    browser = signed_in_as(coordinator)
    rate = f"/s/borgo/stakeholders/maps/{families.map_id}/rate/?at={families.pk}"
    assert "“The square” promised them publicly" in browser.get(rate).content.decode()
    said = {"interest": "4", "desired_engagement": "1", "reason": "They asked for it", "confidence": "high"}
    answer = browser.post(rate, said)
    assert answer.status_code == 422
    assert "They asked for it" in answer.content.decode()
    assert 'id="id_desired_engagement_error"' in answer.content.decode()
    api = f"/s/borgo/api/v1/stakeholder-maps/{families.map_id}/"
    answer = browser.post(f"{api}entries/{families.pk}/rate/", said, content_type="application/json")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["desired_engagement"]
    assert browser.get(api).json()["entries"][0]["promise"]["level"] == 3


def test_promises_of_a_neighbour_bind_nobody(neighbour, space, families, coordinator, in_neighbour):
    in_neighbour(lambda: announce(make_public_partnership("piazza"), coordinator, **NAMED))
    assert promised(families) == set()


def test_what_somebody_says_by_hand_counts_more_than_words(orti, orchard, families, coordinator, signed_in_as):
    activity = announce(orti, coordinator, **NAMED)
    put_on_map(found=orchard, stakeholders=[make_stakeholder("Chess Club")], by=coordinator, ring=3)
    club = MapEntry.objects.get(stakeholder__name="Chess Club")
    browser = signed_in_as(coordinator)
    here = f"/s/borgo/stakeholders/maps/{orchard.pk}/meant/"
    assert "Famiglie del Cortile" in browser.get(here).content.decode()
    assert browser.post(f"{here}{activity.pk}/", {"entries": [str(club.pk)]}).status_code == 302
    assert (promised(families), promised(club)) == (set(), {"The square"})
    page = browser.get(here).content.decode()
    assert ("Chess Club" in page, "Famiglie del Cortile" in page) == (True, False)
    assert AuditEvent.objects.get(verb="map.meant_said").changes == {"about": str(activity.pk), "number": 2}


def test_who_is_meant_is_said_by_api_of_those_on_the_map_alone(orti, orchard, families, coordinator, signed_in_as):
    activity = announce(orti, coordinator, **NAMED)
    browser, json = signed_in_as(coordinator), {"content_type": "application/json"}
    here = f"/s/borgo/api/v1/stakeholder-maps/{orchard.pk}/meant/"
    assert [(one["kind"], one["title"]) for one in browser.get(here).json()["results"]] == [("promise", "The square")]
    one = f"{here}{activity.pk}/"
    assert browser.put(one, {"entry_ids": [str(uuid.uuid4())]}, **json).status_code == 404
    assert browser.get(f"{here}{uuid.uuid4()}/").status_code == 404
    said = browser.put(one, {"entry_ids": []}, **json).json()["candidates"]
    assert [(one["is_meant"], one["is_said"]) for one in said] == [(False, True)]
    assert promised(families) == set()
    evaluator = make_user("e@borgo.example", role=Role.EVALUATOR)
    assert signed_in_as(evaluator).get(here).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_who_is_meant_costs_the_same_for_one_and_three(
    orti, orchard, families, coordinator, signed_in_as, django_assert_num_queries, count
):
    for number in range(count):
        announce(orti, coordinator, **NAMED | {"title": f"Square {number}"})
        put_on_map(found=orchard, stakeholders=[make_stakeholder(f"Other {number}")], by=coordinator)
    browser = signed_in_as(coordinator)
    with django_assert_num_queries(MEANT_QUERIES):
        page = browser.get(f"/s/borgo/stakeholders/maps/{orchard.pk}/meant/").content.decode()
    assert page.count("Square") >= count
