from datetime import date, timedelta

import pytest

from partnerships.operations.agreement_signing import open_agreement_for_signing
from partnerships.queries.due import Door, Step, due_items
from tests.factories.partnerships import (
    make_agreement,
    make_member,
    make_partnership,
    make_person,
    make_representative,
    make_task,
)

TODAY = date(2026, 6, 15)
WEEK = timedelta(days=7)


@pytest.fixture
def member(space):
    return make_member(make_partnership())


@pytest.fixture
def lead(member):
    return make_representative(member)


def listed():
    return [(item.title, item.step) for item in due_items(today=TODAY, within=WEEK)]


@pytest.mark.parametrize(
    ("state", "day", "step"),
    [
        ("accepted", 10, Step.OVERDUE),
        ("in_progress", 15, Step.DUE),
        ("blocked", 22, Step.DUE),
        ("accepted", 23, None),
        ("done", 10, None),
        ("cancelled", 10, None),
        ("in_review", 10, None),
        ("proposed", 10, Step.ANSWER),
        ("declined", 10, None),
        ("counter_proposed", 10, None),
    ],
)
def test_only_open_promises_and_unanswered_questions_are_due(member, lead, state, day, step):
    make_task(member.partnership, "T", member=member, state=state, due_on=date(2026, 6, day))
    assert listed() == ([("T", step)] if step else [])


def test_named_person_is_asked_alone_else_all_who_may_commit(member, lead):
    staff = make_representative(member, make_person("Bruno", "bruno@riva.example"), can_commit=False)
    make_task(member.partnership, "named", member=member, person=staff, state="accepted", due_on=TODAY)
    make_task(member.partnership, "open", member=member, state="accepted", due_on=TODAY)
    people = {item.title: item.person_id for item in due_items(today=TODAY, within=WEEK)}
    assert people == {"named": staff.pk, "open": lead.pk}


def test_person_who_no_longer_speaks_for_the_member_is_replaced_by_who_may_commit(member, lead):
    task = make_task(member.partnership, "T", member=member, state="accepted", due_on=TODAY)
    task.person = make_person("Gone", "gone@riva.example")
    task.save()
    assert [item.person_id for item in due_items(today=TODAY, within=WEEK)] == [lead.pk]


def test_template_drafts_nobody_was_asked_for_are_not_due(member, lead):
    make_task(member.partnership, "Draft", is_draft=True, due_on=TODAY)
    assert listed() == []


def test_open_signature_waits_for_those_who_may_commit(member, lead, admin):
    make_representative(member, make_person("Bruno", "bruno@riva.example"), can_commit=False)
    open_agreement_for_signing(version=make_agreement(member.partnership), members=[member], by=admin)
    (item,) = due_items(today=TODAY, within=WEEK)
    assert (item.step, item.person_id, item.due_on) == (Step.SIGN, lead.pk, None)
    assert (item.door, item.version) == (Door.SIGNATURE, 1)
    assert item.url.endswith("/agreements/1/")


def test_promise_opens_by_link_and_has_its_page_in_the_space(member, lead):
    task = make_task(member.partnership, member=member, state="accepted", due_on=TODAY)
    (item,) = due_items(today=TODAY, within=WEEK)
    assert item.door == Door.TASK
    assert str(item.url) == f"/s/borgo/partnerships/scuola-lavoro/tasks/{task.number}/"


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_items(member, lead, admin, django_assert_num_queries, count):
    for number in range(count):
        make_task(member.partnership, f"due {number}", member=member, state="accepted", due_on=TODAY)
        make_task(member.partnership, f"asked {number}", member=member)
        open_agreement_for_signing(version=make_agreement(member.partnership), members=[member], by=admin)
    with django_assert_num_queries(4):
        assert len(due_items(today=TODAY, within=WEEK)) == 3 * count
