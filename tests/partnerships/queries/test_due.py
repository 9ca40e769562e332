from datetime import UTC, date, datetime, timedelta

import pytest

from core.access.roles import Role
from core.models import AccessLink, Membership
from partnerships.models import Attendance, Partnership, Task, TaskUpdate
from partnerships.operations.agreement_signing import open_agreement_for_signing
from partnerships.operations.attendance import invite_people
from partnerships.operations.meeting import cancel_meeting, schedule_meeting
from partnerships.operations.minutes import answer_minutes, circulate_minutes
from partnerships.queries.due import Door, Step, due_items
from partnerships.rules.authority import LinkHolder
from tests.factories.core import make_user
from tests.factories.meetings import AHEAD, call_meeting, hold_meeting, make_meeting
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


def test_link_to_sign_that_ran_out_is_told_to_coordination_once(member, lead, admin):
    coordinating = make_person("Carla", admin.email)
    Partnership.objects.update(coordinator=admin)
    open_agreement_for_signing(version=make_agreement(member.partnership), members=[member], by=admin)
    assert [item.step for item in due_items(today=TODAY, within=WEEK)] == [Step.SIGN]
    AccessLink.objects.update(expires_at=datetime(2026, 6, 14, 10, tzinfo=UTC))
    found = [item for item in due_items(today=TODAY, within=WEEK) if item.step == Step.SIGN_ENDED]
    assert [(item.person_id, item.since, item.who) for item in found] == [
        (coordinating.pk, date(2026, 6, 14), "Officine Riva")
    ]


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
        call_meeting(member.partnership, admin)
        circulate_minutes(meeting=hold_meeting(member.partnership, admin), by=admin)
    with django_assert_num_queries(11):
        assert len(due_items(today=TODAY, within=WEEK)) == 5 * count


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


@pytest.fixture
def late(member, lead):
    return make_task(member.partnership, "T", member=member, state="accepted", due_on=TODAY - timedelta(days=20))


def told_to():
    return {item.person_id for item in due_items(today=TODAY, within=WEEK) if item.step == Step.COORDINATION}


def test_coordinator_who_is_not_listed_is_told_by_the_account(late, coordinator):
    Partnership.objects.update(coordinator=coordinator)
    assert told_to() == {coordinator.pk}


def test_listed_coordinator_without_an_address_is_told_by_the_account(late, coordinator):
    Partnership.objects.update(coordinator=coordinator)
    make_person("Giulia Ferri", "", user=coordinator)
    assert told_to() == {coordinator.pk}


def test_who_is_linked_counts_more_than_who_has_the_same_address(late, coordinator):
    Partnership.objects.update(coordinator=coordinator)
    make_person("Giulia", coordinator.email)
    linked = make_person("Giulia Ferri", "giulia@home.example", user=coordinator)
    assert told_to() == {linked.pk}


def test_deputy_then_who_holds_the_role_stands_in_for_a_missing_coordinator(late, member, space):
    scope = member.partnership.scope
    everywhere = make_user("all@borgo.example", "Ada", role=Role.COORDINATOR)
    assert told_to() == {everywhere.pk}
    here = make_user("here@borgo.example", "Zoe", role=Role.COORDINATOR, scope=scope)
    assert told_to() == {here.pk}
    deputy = make_user("deputy@borgo.example", "Ugo", role=Role.COORDINATOR)
    Partnership.objects.update(deputy=deputy)
    assert told_to() == {deputy.pk}


def test_coordinator_who_no_longer_coordinates_is_told_nothing(late, space):
    gone = make_user("gone@borgo.example", "Ida", role=Role.EVALUATOR)
    Partnership.objects.update(coordinator=gone)
    assert told_to() == set()
    there = make_user("there@borgo.example", "Leo", role=Role.COORDINATOR)
    Partnership.objects.update(coordinator=there)
    assert told_to() == {there.pk}
    Membership.objects.filter(user=there).update(is_active=False)
    assert told_to() == set()


def test_coordinator_of_another_partnership_is_not_told(late, space):
    other = make_partnership("other")
    make_user("other@borgo.example", "Eva", role=Role.COORDINATOR, scope=other.scope)
    assert told_to() == set()


def test_invitation_waits_until_it_is_answered_or_the_meeting_is_over_or_cancelled(member, lead, admin):
    guest = make_person("Ada", "ada@town.example")
    meeting = make_meeting(member.partnership, "Table", starts_at=AHEAD)
    invite_people(meeting=meeting, speakers=member.representatives.all(), guests=[guest], by=admin)
    assert told() == set()
    schedule_meeting(meeting=meeting, by=admin)
    assert told() == {("Table", Step.MEETING, lead.pk), ("Table", Step.MEETING, guest.pk)}
    item = next(one for one in due_items(today=TODAY, within=WEEK) if one.person_id == guest.pk)
    assert (item.door, item.due_on, item.member_id) == (Door.MEETING, AHEAD.date(), None)
    assert str(item.url).endswith("/meetings/1/")
    Attendance.objects.filter(person=guest).update(answer="maybe")
    assert told() == {("Table", Step.MEETING, lead.pk)}
    assert [one for one in due_items(today=AHEAD.date() + timedelta(days=1), within=WEEK) if one.title == "Table"] == []
    cancel_meeting(meeting=meeting, reason="Flood", by=admin)
    assert told() == set()


def test_minutes_wait_for_who_was_there_until_they_say_something(member, lead, admin):
    other = make_member(member.partnership, "School")
    away = make_representative(other, make_person("Ada", "ada@school.example"))
    meeting = hold_meeting(member.partnership, admin, absent=(other,))
    assert told() == set()
    minutes = circulate_minutes(meeting=meeting, by=admin)
    assert told() == {("Steering group", Step.MINUTES, lead.pk)}
    (item,) = due_items(today=TODAY, within=WEEK)
    assert (item.door, item.due_on) == (Door.MINUTES, minutes.approve_by)
    holder = LinkHolder(person=lead, link_id=lead.pk)
    mine = Attendance.objects.get(person=lead)
    answer_minutes(minutes=minutes, attendance=mine, by=holder, comment="It was Sunday")
    assert told() == set()
    # A new text is asked about anew, until it is approved.
    again = circulate_minutes(meeting=meeting, by=admin, text="Sunday")
    assert told() == {("Steering group", Step.MINUTES, lead.pk)}
    answer_minutes(minutes=again, attendance=mine, by=holder)
    assert told() == set()
    assert away.pk not in {person for _title, _step, person in told()}
