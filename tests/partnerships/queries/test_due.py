from datetime import UTC, date, datetime, timedelta

import pytest

from partnerships.models import Partnership, Task, TaskUpdate
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
    with django_assert_num_queries(9):
        assert len(due_items(today=TODAY, within=WEEK)) == 3 * count


def told():
    return {(item.title, item.step, item.person_id) for item in due_items(today=TODAY, within=WEEK)}


def silent_for(days, task):
    moment = datetime(2026, 6, 15, 12, tzinfo=UTC) - timedelta(days=days)
    Task.objects.filter(pk=task.pk).update(created_at=moment)
    TaskUpdate.objects.filter(task=task).update(at=moment)


@pytest.fixture
def coordinating(member, coordinator):
    """The coordinator, listed among the people by the address of the account."""
    Partnership.objects.filter(pk=member.partnership_id).update(coordinator=coordinator)
    return make_person("Giulia Ferri", coordinator.email)


@pytest.mark.parametrize(
    ("days", "steps"),
    [(20, set()), (21, {Step.QUIET}), (34, {Step.QUIET}), (35, {Step.QUIET, Step.QUIET_LONG})],
)
def test_silence_is_told_to_the_owner_alone_and_to_coordination_after_five_weeks(
    member, lead, coordinating, days, steps
):
    task = make_task(member.partnership, "T", member=member, state="accepted", due_on=date(2026, 9, 1))
    silent_for(days, task)
    people = {Step.QUIET: lead.pk, Step.QUIET_LONG: coordinating.pk}
    assert told() == {("T", step, people[step]) for step in steps}


def test_a_word_ends_the_silence_and_a_finished_task_asks_nothing(member, lead, coordinating):
    task = make_task(member.partnership, "T", member=member, state="accepted", due_on=date(2026, 9, 1))
    TaskUpdate.objects.create(task=task, state_before="accepted", state="accepted")
    silent_for(40, task)
    assert {step for _title, step, _person in told()} == {Step.QUIET, Step.QUIET_LONG}
    item = next(item for item in due_items(today=TODAY, within=WEEK) if item.step == Step.QUIET_LONG)
    assert (item.who, item.door, item.since) == ("Officine Riva", Door.ACCOUNT, date(2026, 5, 6))
    TaskUpdate.objects.create(task=task, state_before="accepted", state="accepted")
    TaskUpdate.objects.filter(task=task).update(at=datetime(2026, 6, 14, 12, tzinfo=UTC))
    assert told() == set()
    silent_for(40, task)
    Task.objects.update(state="done")
    assert told() == set()


@pytest.mark.parametrize(
    ("days", "steps"),
    [
        (6, {Step.OVERDUE}),
        (7, {Step.OVERDUE, Step.LEAD}),
        (14, {Step.OVERDUE, Step.LEAD, Step.COORDINATION}),
    ],
)
def test_overdue_task_goes_from_owner_to_lead_to_coordination(member, lead, coordinating, days, steps):
    staff = make_representative(member, make_person("Bruno", "bruno@riva.example"), can_commit=False)
    late = TODAY - timedelta(days=days)
    make_task(member.partnership, "T", member=member, person=staff, state="accepted", due_on=late)
    people = {Step.OVERDUE: staff.pk, Step.LEAD: lead.pk, Step.COORDINATION: coordinating.pk}
    assert told() == {("T", step, people[step]) for step in steps}


def test_coordinator_who_is_nobody_among_the_people_is_left_out(member, lead, coordinator):
    Partnership.objects.filter(pk=member.partnership_id).update(coordinator=coordinator)
    make_task(member.partnership, "T", member=member, state="accepted", due_on=TODAY - timedelta(days=20))
    assert told() == {("T", Step.OVERDUE, lead.pk)}
