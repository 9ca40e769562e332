from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.access.roles import Role
from engagement.models import SocialChannel, SocialPlan
from engagement.operations.post_step import review_post, take_post_down, withdraw_post
from engagement.operations.social_plan import (
    ChannelInUseError,
    remove_channel,
    review_social_plan,
    save_channel,
    save_social_plan,
)
from engagement.queries.post_due import plan_due_items, post_due_items
from engagement.queries.social_plan import plans_to_review, reach_by_channel
from partnerships.models import Partnership
from partnerships.queries.due import Step
from reports.queries.digest import digests_on
from tests.factories.core import make_user
from tests.factories.engagement import make_public_partnership
from tests.factories.goals import make_goal
from tests.factories.meetings import make_meeting
from tests.factories.partnerships import make_member, make_partner
from tests.factories.social import approved, make_channel, make_plan, make_post, published, scheduled

WEEK = timedelta(days=7)


@pytest.fixture
def orti(space, coordinator):
    return make_public_partnership(mode="full", coordinator=coordinator)


def test_plan_is_one_and_serves_goals_of_its_partnership(orti, coordinator):
    goal, other = make_goal(orti), make_goal(make_public_partnership("altrove"))
    plan = make_plan(orti, coordinator, goals=[goal, goal])
    assert save_social_plan(partnership=orti, by=coordinator, rhythm="Weekly") == plan
    assert [link.goal for link in plan.goal_links.all()] == [goal]
    for fields in ({"goals": [other]}, {"languages": "en xx"}, {"audiences": "x" * 301}):
        with pytest.raises(ValidationError):
            save_social_plan(partnership=orti, by=coordinator, **fields)
    assert SocialPlan.objects.count() == 1


def test_plan_comes_up_again_after_a_year_for_coordination_and_the_next_meeting(orti, coordinator):
    plan = make_plan(orti, coordinator, today=date(2026, 5, 3))
    due = date(2027, 5, 3)
    meeting = make_meeting(orti)
    assert plan.review_on == due
    assert plan_due_items(today=due - WEEK - timedelta(days=1), within=WEEK) == []
    assert list(plans_to_review(meeting, due - timedelta(days=1))) == []
    (item,) = plan_due_items(today=due - WEEK, within=WEEK)
    assert (item.step, item.due_on, item.person_id) == (Step.SOCIAL_PLAN, due, coordinator.pk)
    assert [found.code for found in plans_to_review(meeting, due)] == [f"social-plan:{plan.pk}:2027-05-03"]
    kept = review_social_plan(plan=plan, note="Less Facebook", today=due, by=coordinator)
    assert (kept.reviewed_on, kept.review_on) == (due, date(2028, 5, 3))
    assert plan_due_items(today=due, within=WEEK) == []


def test_channel_belongs_to_a_member_and_to_somebody_who_takes_part(orti, coordinator):
    member = make_member(orti)
    partner = make_partner(member)
    channel = make_channel(orti, coordinator, name="Library", owner=member, publisher=partner)
    stranger = make_user("x@borgo.example", role=Role.FUNDER)
    for fields in (
        {"publisher": stranger}, {"owner": make_member(make_public_partnership("altrove"), "Other")},
        {"name": "Library"}, {"url": "javascript:alert(1)"},
    ):  # fmt: skip
        with pytest.raises(ValidationError):
            save_channel(partnership=orti, by=coordinator, **{"kind": "x", "name": "New", **fields})
    make_post(orti, coordinator, channel=channel)
    with pytest.raises(ChannelInUseError):
        remove_channel(channel=channel, by=coordinator)
    remove_channel(channel=make_channel(orti, coordinator), by=coordinator)
    assert list(SocialChannel.objects.all()) == [channel]


def test_whoever_publishes_is_reminded_until_it_is_out_and_again_until_it_is_down(orti, coordinator, admin):
    partner = make_partner(make_member(orti))
    channel = make_channel(orti, coordinator, publisher=partner)
    post = scheduled(orti, coordinator, admin, channel=channel, planned_at=timezone.now() + timedelta(days=9))
    today, day = timezone.localdate(), timezone.localdate(post.planned_at)
    approved(orti, coordinator, admin)
    assert post_due_items(today=today, within=WEEK) == []
    (item,) = post_due_items(today=day - WEEK, within=WEEK)
    assert (item.step, item.due_on) == (Step.POST, day)
    (late,) = post_due_items(today=day + timedelta(days=1), within=WEEK)
    assert late.step == Step.POST_LATE
    (digest,) = [one for one in digests_on(day) if one.person.email == partner.email]
    assert [found.step for found in digest.items] == [Step.POST]
    out = published(orti, coordinator, admin)
    assert [found.item_id for found in post_due_items(today=day, within=WEEK)] == [post.pk]
    out = withdraw_post(post=out, reason="Wrong", by=coordinator)
    (down,) = [found for found in post_due_items(today=today, within=WEEK) if found.step == Step.POST_DOWN]
    assert (down.item_id, down.person_id) == (out.pk, coordinator.pk)
    take_post_down(post=out, by=coordinator)
    Partnership.objects.filter(pk=orti.pk).update(state=Partnership.State.CLOSED)
    assert post_due_items(today=day, within=WEEK) == []


def test_draft_near_its_day_waits_for_whoever_did_not_write_it(orti, coordinator):
    today, deputy = timezone.localdate(), make_user("deputy@borgo.example", role=Role.COORDINATOR)
    post = make_post(orti, coordinator)
    assert post_due_items(today=today, within=WEEK) == []
    Partnership.objects.filter(pk=orti.pk).update(mode=Partnership.Mode.LIGHT)
    assert [item.person_id for item in post_due_items(today=today, within=WEEK)] == [coordinator.pk]
    Partnership.objects.filter(pk=orti.pk).update(deputy=deputy)
    (item,) = post_due_items(today=today, within=WEEK)
    assert (item.person_id, item.step, item.title) == (
        deputy.pk, Step.POST_TO_READ, "Read the post “Open day” and approve it"
    )  # fmt: skip
    assert post_due_items(today=timezone.localdate(post.planned_at) - WEEK - timedelta(days=1), within=WEEK) == []


def test_reminders_cost_the_same_statements_for_one_and_three_posts(orti, coordinator, admin, statements):
    costs = []
    for number in (1, 2):
        for _more in range(number):
            scheduled(orti, coordinator, admin)
        with statements() as found:
            post_due_items(today=timezone.localdate(), within=WEEK)
        costs.append(len(found))
    assert costs == [3, 3]


def test_reach_is_added_up_by_channel_and_missing_is_not_zero(orti, coordinator, admin):
    channel, silent = make_channel(orti, coordinator, name="A"), make_channel(orti, coordinator, name="B")
    for people in (100, 20):
        post = published(orti, coordinator, admin, channel=channel)
        review_post(post=post, people_reached=people, by=coordinator)
    published(orti, coordinator, admin, channel=channel)
    published(orti, coordinator, admin, channel=silent)
    today = timezone.localdate()
    first, second = reach_by_channel([channel, silent], today=today)
    assert (first.posts, first.looked_up, first.people_reached, first.clicks) == (3, 2, 120, None)
    assert (second.posts, second.looked_up, second.people_reached) == (1, 0, None)
    assert reach_by_channel([channel], today=today + timedelta(days=90)) == []
