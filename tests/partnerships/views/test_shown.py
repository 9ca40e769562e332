"""Choosing who may see a record that has no place for it in its own forms."""

import pytest

from core.access.visibility import Visibility
from core.models import AuditEvent
from goals.models import TrendReview
from partnerships.models import ResourceNeed
from partnerships.shown import registered_shown_records
from tests.factories.goals import make_goal
from tests.factories.partnerships import (
    make_agreement,
    make_commitment,
    make_member,
    make_partner,
    make_partnership,
    make_task,
)

COORDINATION, PARTNERS, FUNDERS, PUBLIC = (
    Visibility.COORDINATION,
    Visibility.PARTNERS,
    Visibility.FUNDERS,
    Visibility.PUBLIC,
)


@pytest.fixture
def partnership(coordinator):
    return make_partnership("own", coordinator=coordinator, visibility=FUNDERS)


@pytest.fixture
def task(partnership):
    return make_task(partnership, "Open the hall", state="accepted")


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def address(record, kind="task", api=False):
    return f"/s/borgo/{'api/v1/' if api else ''}partnerships/own/shown/{kind}/{record.pk}/"


def level_of(record):
    return type(record).objects.get(pk=record.pk).visibility


def test_coordinator_narrows_a_task_and_the_partner_sees_it_no_more(partnership, task, browser, signed_in_as):
    partner = signed_in_as(make_partner(make_member(partnership, state="member")))
    page = f"/s/borgo/partnerships/own/tasks/{task.number}/"
    assert address(task) not in partner.get(page).content.decode()
    assert address(task) in browser.get(page).content.decode()
    assert browser.post(address(task), {"visibility": COORDINATION}).headers["Location"] == page
    assert partner.get(page).status_code == 404
    event = AuditEvent.objects.get(verb="task.shown_to")
    assert event.changes == {"visibility": ["2", "1"]}


def test_wider_than_now_needs_a_tick(task, browser):
    refused = browser.post(address(task), {"visibility": FUNDERS})
    assert refused.status_code == 422
    assert "More people would see it than now" in refused.content.decode()
    assert level_of(task) == PARTNERS
    browser.post(address(task), {"visibility": FUNDERS, "is_meant": "on"})
    assert level_of(task) == FUNDERS
    # What is as wide as the partnership can only be narrowed.
    assert 'name="is_meant"' not in browser.get(address(task)).content.decode()


def test_nothing_is_wider_than_its_partnership(task, browser):
    assert browser.post(address(task), {"visibility": PUBLIC, "is_meant": "on"}).status_code == 422
    answer = browser.put(
        address(task, api=True), {"visibility": PUBLIC, "is_meant": True}, content_type="application/json"
    )
    assert answer.status_code == 409
    assert level_of(task) == PARTNERS


def test_who_was_asked_keeps_seeing_it(partnership, browser):
    member = make_member(partnership, state="member")
    asked, promise = make_task(partnership, member=member), make_commitment(member)
    agreement = make_agreement(partnership).agreement
    for record, kind in ((asked, "task"), (promise, "commitment"), (agreement, "agreement")):
        assert browser.post(address(record, kind), {"visibility": COORDINATION}).status_code == 422
        wanted = {"visibility": COORDINATION}
        answer = browser.put(address(record, kind, api=True), wanted, content_type="application/json")
        assert answer.status_code == 409
        assert "must be able to see it" in answer.json()["detail"]
        assert level_of(record) == PARTNERS


def test_every_kind_has_a_page_and_the_same_by_api(partnership, task, browser):
    member, goal = make_member(partnership, state="member"), make_goal(partnership)
    records = {
        "task": task,
        "agreement": make_agreement(partnership).agreement,
        "commitment": make_commitment(member),
        "resource_need": ResourceNeed.objects.create(partnership=partnership, kind="place", title="A kitchen"),
        "deliverable": partnership.deliverables.create(number=1, title="A guide"),
        "trend_review": TrendReview.objects.create(partnership=partnership, number=1, goal=goal),
    }
    assert set(records) == set(registered_shown_records())
    for kind, record in records.items():
        assert browser.get(address(record, kind)).status_code == 200
        wanted = {"visibility": FUNDERS, "is_meant": True}
        answer = browser.put(address(record, kind, api=True), wanted, content_type="application/json")
        assert answer.json()["visibility"] == FUNDERS
        assert browser.get(address(record, kind, api=True)).json()["visibility"] == FUNDERS == level_of(record)


def test_partners_and_the_records_of_others_are_refused(partnership, task, browser, signed_in_as, coordinator):
    partner = signed_in_as(make_partner(make_member(partnership, state="member")))
    assert partner.post(address(task), {"visibility": FUNDERS, "is_meant": "on"}).status_code == 403
    assert partner.get(address(task, api=True)).status_code == 403
    elsewhere = make_task(make_partnership("other", coordinator=coordinator))
    assert browser.get(address(elsewhere)).status_code == 404
    assert browser.get(address(task, "concern")).status_code == 404
