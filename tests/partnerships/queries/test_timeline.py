from datetime import date, timedelta

import pytest

from core.access.roles import Role
from partnerships.models import PartnershipMember, Task
from partnerships.queries.timeline import membership_items, promise_items, signature_items
from stakeholders.timeline import KINDS, timeline_of
from tests.factories.core import make_user
from tests.factories.partnerships import make_partnership
from tests.factories.stakeholders import make_stakeholder

TODAY = date(2026, 6, 15)


@pytest.fixture(autouse=True)
def on_a_monday(time_machine):
    time_machine.move_to("2026-06-15")


@pytest.fixture
def member(space):
    return PartnershipMember.objects.create(
        partnership=make_partnership(), organisation=make_stakeholder(), state="member", joined_on=TODAY
    )


def make_task(member, number, **facts):
    return Task.objects.create(
        partnership=member.partnership, member=member, number=number, title=f"Task {number}", **facts
    )


def test_membership_tells_asking_joining_and_leaving(member, viewer, admin):
    PartnershipMember.objects.update(left_on=TODAY)
    titles = [item.title for item in membership_items(viewer(admin), member.organisation)]
    assert [title.split()[0] for title in titles] == ["Asked", "Joined", "Left"]


def test_promises_tell_kept_kept_late_and_late(member, viewer, admin):
    day = timedelta(days=1)
    make_task(member, 1, state="done", finished_on=TODAY, first_agreed_due_on=TODAY)
    make_task(member, 2, state="done", finished_on=TODAY, first_agreed_due_on=TODAY - day)
    make_task(member, 3, state="accepted", due_on=TODAY - day)
    make_task(member, 4, state="accepted", due_on=TODAY + day)
    make_task(member, 5, state="proposed")
    said = {item.title: item.tone for item in promise_items(viewer(admin), member.organisation)}
    assert said == {
        "Kept: Task 1": "done",
        "Kept late: Task 2": "soon",
        "Late: Task 3": "late",
        "Promised: Task 4": "now",
    }


def test_stranger_to_the_partnership_is_told_nothing(member, viewer, space):
    make_task(member, 1, state="accepted")
    funder = viewer(make_user("f@fund.example", role=Role.FUNDER))
    for source in (membership_items, promise_items, signature_items):
        assert source(funder, member.organisation) == []


def test_every_item_of_a_lived_in_timeline_has_a_known_kind_and_comes_latest_first(member, viewer, admin):
    make_task(member, 1, state="accepted")
    items = timeline_of(viewer(admin), member.organisation)
    assert {item.kind for item in items} == {"partnership", "promise"} <= KINDS.keys()
    assert [item.on for item in items] == sorted((item.on for item in items), reverse=True)
    assert timeline_of(viewer(admin), member.organisation, until=TODAY - timedelta(days=1)) == []
