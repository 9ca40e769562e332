"""Short means, few sources and one organisation that has the say, on both sides of their thresholds."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from core.access.visibility import Visibility
from funding.models import FundingSource
from funding.queries.signal import (
    FUNDING_CONCENTRATED,
    GOAL_SHORT_OF_MEANS,
    MONEY_LATE,
    ONE_HAS_THE_SAY,
    RULES,
    concentrated_money,
    goals_short_of_means,
    late_money,
    one_has_the_say,
)
from goals.models import Goal
from partnerships.models import AgendaItem, Meeting
from tests.factories.funding import make_funder, make_goal, make_source
from tests.factories.meetings import make_meeting
from tests.factories.partnerships import make_member, make_partnership

TODAY = date(2026, 11, 27)
NEED = 1_000_00


@pytest.fixture
def partnership(space):
    return make_partnership("own")


def secured(partnership, cents, **fields):
    return make_source(partnership, amount_cents=cents, status="secured", decided_on=date(2026, 11, 1), **fields)


def facts(found):
    return [one.facts for one in found]


def test_goal_is_short_below_eighty_per_cent_of_its_need(partnership):
    goal = make_goal(partnership, need_cents=NEED)
    secured(partnership, 500_00, goal=goal)
    secured(partnership, 299_00, goal=goal, kind="in_kind", valued_by="The treasurer")
    make_source(partnership, amount_cents=NEED, goal=goal)
    (found,) = goals_short_of_means([partnership], today=TODAY)
    assert (found.facts, found.about_id) == ({"percent": 79, "missing_cents": 201_00}, goal.pk)
    secured(partnership, 1_00, goal=goal)
    assert facts(goals_short_of_means([partnership], today=TODAY)) == []


def test_money_is_late_more_than_thirty_days_after_the_day_it_was_promised_by(partnership):
    for name, days in (("late", 31), ("soon", 30)):
        make_source(partnership, name=name, amount_cents=NEED, due_on=TODAY - timedelta(days=days))
    secured(partnership, NEED, name="came", due_on=TODAY - timedelta(days=60))
    (found,) = late_money([partnership], today=TODAY)
    assert (found.facts, found.about_id) == (
        {"days": 31, "on": "2026-10-27"}, FundingSource.objects.get(name="late").pk,
    )  # fmt: skip
    assert "31 days late" in MONEY_LATE.sentence(found.facts, "Grant")


def test_goal_without_need_at_rest_or_over_is_not_short(partnership):
    make_goal(partnership, need_cents=None)
    make_goal(partnership, need_cents=NEED, state=Goal.State.DRAFT)
    make_goal(partnership, need_cents=NEED, ends_on=TODAY - timedelta(days=1))
    assert facts(goals_short_of_means([partnership], today=TODAY)) == []
    make_goal(partnership, need_cents=NEED, ends_on=TODAY, visibility=Visibility.COORDINATION)
    (found,) = goals_short_of_means([partnership], today=TODAY)
    assert (found.facts["percent"], found.visibility) == (0, Visibility.COORDINATION)


def test_concentration_tells_shares_alone_below_three_sources(partnership):
    secured(partnership, 500_00)
    assert facts(concentrated_money([partnership], today=TODAY)) == [{"sources": 1, "largest": 100}]
    secured(partnership, 500_00)
    assert facts(concentrated_money([partnership], today=TODAY)) == []
    secured(partnership, 1_00, giver=make_funder())
    assert facts(concentrated_money([partnership], today=TODAY)) == []


def test_concentration_adds_up_what_one_giver_gives(partnership):
    giver = make_funder()
    secured(partnership, 400_00, giver=giver)
    secured(partnership, 300_00, giver=giver)
    secured(partnership, 200_00)
    secured(partnership, 100_00, kind="in_kind", valued_by="The treasurer")
    make_source(partnership, amount_cents=900_00)
    assert facts(concentrated_money([partnership], today=TODAY)) == [{"sources": 2, "largest": 78}]
    secured(partnership, 100_00)
    assert facts(concentrated_money([partnership], today=TODAY)) == [{"sources": 3, "largest": 70, "index": 54}]


def test_sentences_of_money_in_both_languages(partnership):
    index = {"sources": 3, "largest": 70, "index": 54}
    assert FUNDING_CONCENTRATED.sentence(index, "").endswith(
        "gives 70% of the secured money (concentration 0.54 of 1)."
    )
    assert "80% and 20%" in FUNDING_CONCENTRATED.sentence({"sources": 2, "largest": 80}, "")
    short = {"percent": 79, "missing_cents": 201_00}
    assert GOAL_SHORT_OF_MEANS.sentence(short, "Orti") == "“Orti”: 79% of what it needs is secured, €201 is missing."
    with translation.override("it"):
        assert "0,54 su 1" in FUNDING_CONCENTRATED.sentence(index, "")
        assert GOAL_SHORT_OF_MEANS.sentence(short, "Orti").startswith("«Orti»: è coperto il 79% di quanto serve")


def chaired(partnership, member, *, items=(), days=10):
    meeting = make_meeting(partnership, starts_at=datetime(2026, 11, 27, 9, tzinfo=UTC) - timedelta(days=days))
    Meeting.objects.filter(pk=meeting.pk).update(chair_member=member, state="minutes_draft")
    for proposer in items:
        AgendaItem.objects.filter(pk=make_item_of(meeting).pk).update(proposed_by=proposer)


def make_item_of(meeting):
    return AgendaItem.objects.create(meeting=meeting, position=1, title="The room")


def test_one_has_the_say_with_over_half_of_money_chairs_and_items(partnership):
    school, firm = (make_member(partnership, name, state="member") for name in ("Scuola", "Officine"))
    chaired(partnership, school, items=(school, school))
    chaired(partnership, school, items=(school, firm))
    secured(partnership, 600_00, giver=school.organisation)
    secured(partnership, 400_00)
    assert facts(one_has_the_say([partnership], today=TODAY)) == []
    chaired(partnership, firm)
    (found,) = one_has_the_say([partnership], today=TODAY)
    assert (found.facts, found.about_id) == ({"money": 60, "chairs": 66, "items": 75}, school.pk)
    assert "gives 60% of the money" in ONE_HAS_THE_SAY.sentence(found.facts, "Scuola")
    secured(partnership, 200_00)
    assert facts(one_has_the_say([partnership], today=TODAY)) == []


def test_what_was_more_than_a_year_ago_gives_nobody_the_say(partnership):
    school = make_member(partnership, "Scuola", state="member")
    secured(partnership, 600_00, giver=school.organisation)
    for _number in range(3):
        chaired(partnership, school, items=(school,), days=370)
    assert facts(one_has_the_say([partnership], today=TODAY)) == []
    for _number in range(3):
        chaired(partnership, school, items=(school,))
    assert facts(one_has_the_say([partnership], today=TODAY)) == [{"money": 100, "chairs": 100, "items": 100}]


@pytest.mark.parametrize("count", [1, 3])
def test_rules_ask_the_same_for_one_and_three(space, count, django_assert_num_queries):
    partnerships = [make_partnership(f"p{number}") for number in range(count)]
    for number, partnership in enumerate(partnerships):
        school = make_member(partnership, f"School {number}", state="member")
        make_goal(partnership, need_cents=NEED)
        secured(partnership, 10_00, giver=school.organisation)
        for _number in range(3):
            chaired(partnership, school, items=(school,))
    with django_assert_num_queries(8):
        found = [one for rule in RULES for one in rule.find(partnerships, today=TODAY)]
    assert len(found) == 3 * count
