from datetime import date, timedelta

import pytest

from core.models import AuditEvent, OutboxMail
from partnerships.models import Task, TaskUpdate
from partnerships.operations.task import (
    TaskDayPastError,
    TaskRefusedError,
    answer_other_date,
    cancel_task,
    change_task,
    propose_task,
)
from partnerships.operations.task_update import (
    TaskWordIncompleteError,
    TaskWordRefusedError,
    accept_task,
    decline_task,
    propose_other_date,
    update_task,
)
from stakeholders.models import Stakeholder
from tests.factories.partnerships import (
    make_member,
    make_organisation,
    make_partner,
    make_partnership,
    make_person,
    make_representative,
    make_task,
)

State = Task.State
TODAY = date(2026, 5, 10)
LATER = date(2026, 8, 1)


@pytest.fixture
def member(space):
    return make_member(make_partnership())


@pytest.fixture
def lead(member):
    return make_partner(member)


@pytest.fixture
def asked(member):
    return make_task(member.partnership, member=member)


def test_task_for_a_member_waits_for_its_answer(member, admin):
    task = propose_task(partnership=member.partnership, title="Find a room", member=member, by=admin)
    assert (task.number, task.state, task.first_agreed_due_on) == (1, State.PROPOSED, None)
    assert AuditEvent.objects.get(verb="task.proposed").actor == admin


def test_task_for_nobody_is_coordinations_own_promise(space, admin):
    task = propose_task(partnership=make_partnership(), title="Book a hall", due_on=LATER, by=admin)
    assert (task.state, task.first_agreed_due_on) == (State.ACCEPTED, LATER)


def test_task_for_a_person_waits_unless_it_is_the_one_who_writes_it(space, admin):
    partnership = make_partnership()
    other, self = make_person(), make_person("Admin", admin.email)
    assert propose_task(partnership=partnership, title="A", person=other, by=admin).state == State.PROPOSED
    assert propose_task(partnership=partnership, title="B", person=self, by=admin).state == State.ACCEPTED


def test_numbers_count_on_within_the_partnership(space):
    first, second = make_partnership("one"), make_partnership("two")
    assert [make_task(first).number, make_task(first).number, make_task(second).number] == [1, 2, 1]


def test_member_of_another_partnership_cannot_be_asked(member, admin):
    with pytest.raises(TaskRefusedError, match="not in the partnership"):
        propose_task(partnership=make_partnership("other"), title="A", member=member, by=admin)


def test_member_that_left_cannot_be_asked(member, admin):
    member.state = "former"
    member.save()
    with pytest.raises(TaskRefusedError, match="no longer"):
        propose_task(partnership=member.partnership, title="A", member=member, by=admin)


def test_person_of_another_organisation_cannot_be_asked_for_the_member(member, admin):
    with pytest.raises(TaskRefusedError, match="does not speak"):
        propose_task(partnership=member.partnership, title="A", member=member, person=make_person(), by=admin)


def test_organisation_cannot_stand_in_a_persons_place(space, admin):
    with pytest.raises(TaskRefusedError, match="Choose a person"):
        propose_task(partnership=make_partnership(), title="A", person=make_organisation(), by=admin)


def test_link_is_mailed_with_the_proposal_when_asked(member, admin):
    person = make_representative(member)
    propose_task(partnership=member.partnership, title="A", member=member, person=person, by=admin, send_link=True)
    assert OutboxMail.objects.get().to == person.email


def test_accepting_makes_a_promise_and_keeps_the_first_date(asked, lead):
    update = accept_task(task=asked, by=lead, today=TODAY)
    assert (update.state_before, update.state, update.user, update.via) == ("proposed", "accepted", lead, "browser")
    assert update.task.first_agreed_due_on == asked.due_on


def test_coordinator_never_accepts_for_a_partner(asked, coordinator, admin):
    for person in (coordinator, admin):
        with pytest.raises(TaskWordRefusedError, match="organisation that was asked"):
            accept_task(task=asked, by=person, today=TODAY)
    asked.refresh_from_db()
    assert asked.state == State.PROPOSED


def test_staff_who_may_not_commit_cannot_accept(asked, member):
    staff = make_partner(member, "staff@riva.example", can_commit=False)
    with pytest.raises(TaskWordRefusedError, match="may commit"):
        accept_task(task=asked, by=staff, today=TODAY)


def test_lead_of_another_organisation_cannot_accept(asked, member):
    other = make_partner(make_member(member.partnership, "Other"), "lead@other.example")
    with pytest.raises(TaskWordRefusedError):
        accept_task(task=asked, by=other, today=TODAY)


def test_declining_needs_a_reason_and_keeps_it(asked, lead):
    with pytest.raises(TaskWordIncompleteError) as missing:
        decline_task(task=asked, reason=" ", by=lead, today=TODAY)
    assert list(missing.value.fields) == ["note"]
    assert decline_task(task=asked, reason="No room this year", by=lead, today=TODAY).note == "No room this year"


def test_other_date_becomes_the_agreed_one_when_coordination_says_yes(asked, lead, coordinator):
    propose_other_date(task=asked, due_on=LATER, by=lead, today=TODAY)
    task = answer_other_date(task=asked, agrees=True, by=coordinator)
    assert (task.state, task.due_on, task.first_agreed_due_on, task.proposed_due_on) == (
        State.ACCEPTED,
        LATER,
        LATER,
        None,
    )


def test_other_date_refused_asks_again(asked, lead, coordinator):
    propose_other_date(task=asked, due_on=LATER, by=lead, today=TODAY)
    task = answer_other_date(task=asked, agrees=False, by=coordinator)
    assert (task.state, task.due_on, task.proposed_due_on) == (State.PROPOSED, asked.due_on, None)


def test_the_partner_hears_what_became_of_the_other_date_and_of_a_task_called_off(asked, lead, coordinator):
    propose_other_date(task=asked, due_on=LATER, by=lead, today=TODAY)
    with pytest.raises(TaskDayPastError):
        answer_other_date(task=asked, agrees=False, due_on=TODAY - timedelta(days=1), by=coordinator, today=TODAY)
    third = TODAY + timedelta(days=3)
    again = answer_other_date(
        task=asked, agrees=False, note="The hall is taken", due_on=third, by=coordinator, today=TODAY
    )
    assert (again.state, again.due_on) == (State.PROPOSED, third)
    told = OutboxMail.objects.get(kind="task_answer")
    assert told.to == lead.email
    assert "The hall is taken" in told.text
    assert "/task/" in told.text
    propose_other_date(task=again, due_on=LATER, by=lead, today=TODAY)
    answer_other_date(task=again, agrees=True, by=coordinator)
    assert [mail.subject for mail in OutboxMail.objects.filter(subject__startswith="Agreed, by")]
    person = Stakeholder.objects.get(user=lead)
    Task.objects.filter(pk=asked.pk).update(person=person)
    cancel_task(task=asked, reason="The hall burnt down", by=coordinator)
    assert "The hall burnt down" in OutboxMail.objects.get(subject__startswith="Not needed any more").text


def test_no_other_date_on_the_table_cannot_be_answered(asked, coordinator):
    with pytest.raises(TaskRefusedError, match="No other date"):
        answer_other_date(task=asked, agrees=True, by=coordinator)


def test_staff_moves_the_date_with_a_note_and_the_first_date_stays(member):
    task = make_task(member.partnership, member=member, state=State.IN_PROGRESS)
    staff = make_partner(member, "staff@riva.example", can_commit=False)
    with pytest.raises(TaskWordIncompleteError):
        update_task(task=task, by=staff, due_on=LATER, today=TODAY)
    moved = update_task(task=task, by=staff, due_on=LATER, note="Hall closed in June", today=TODAY).task
    assert (moved.due_on, moved.first_agreed_due_on) == (LATER, date(2026, 6, 30))


def test_blocked_keeps_reason_and_helper_until_it_goes_on(member, lead):
    task = make_task(member.partnership, member=member, state=State.IN_PROGRESS)
    blocked = update_task(
        task=task, by=lead, state=State.BLOCKED, note="No key", blocked_needs="Comune", today=TODAY
    ).task
    assert (blocked.blocked_reason, blocked.blocked_needs) == ("No key", "Comune")
    going = update_task(task=task, by=lead, state=State.IN_PROGRESS, progress_percent=50, today=TODAY).task
    assert (going.blocked_reason, going.blocked_needs, going.progress_percent) == ("", "", 50)


def test_done_is_whole_and_dated_and_can_be_taken_back(member, lead):
    task = make_task(member.partnership, member=member, state=State.ACCEPTED)
    done = update_task(task=task, by=lead, state=State.DONE, today=TODAY).task
    assert (done.progress_percent, done.finished_on) == (100, TODAY)
    again = update_task(task=task, by=lead, state=State.IN_PROGRESS, progress_percent=75, today=TODAY).task
    assert (again.finished_on, again.progress_percent) == (None, 75)


def test_odd_progress_is_refused(member, lead):
    task = make_task(member.partnership, member=member, state=State.ACCEPTED)
    with pytest.raises(TaskWordIncompleteError):
        update_task(task=task, by=lead, state=State.IN_PROGRESS, progress_percent=33, today=TODAY)


def test_saying_the_same_twice_has_one_effect(asked, lead):
    first = accept_task(task=asked, by=lead, today=TODAY)
    assert accept_task(task=asked, by=lead, today=TODAY) == first
    assert TaskUpdate.objects.count() == 1
    assert AuditEvent.objects.filter(verb="task.updated").count() == 1


def test_coordinator_updates_the_own_task(space, coordinator):
    task = make_task(make_partnership())
    assert update_task(task=task, by=coordinator, state=State.DONE, today=TODAY).state == State.DONE


def test_template_draft_is_taken_on_by_coordination(space, coordinator):
    task = make_task(make_partnership(), is_draft=True)
    assert task.state == State.PROPOSED
    assert accept_task(task=task, by=coordinator, today=TODAY).state == State.ACCEPTED


def test_promise_cannot_be_reworded(member, admin):
    task = make_task(member.partnership, member=member, state=State.ACCEPTED)
    with pytest.raises(TaskRefusedError, match="promised as it stands"):
        change_task(task=task, title="Something else", member=member, by=admin)


def test_declined_task_given_to_another_waits_again(asked, lead, admin, member):
    decline_task(task=asked, reason="No", by=lead, today=TODAY)
    other = make_member(member.partnership, "Other")
    changed = change_task(task=asked, title="Find a hall", member=other, by=admin)
    assert (changed.state, changed.member) == (State.PROPOSED, other)


def test_cancelling_needs_a_reason_and_happens_once(asked, admin):
    with pytest.raises(TaskRefusedError, match="reason"):
        cancel_task(task=asked, reason="", by=admin)
    assert cancel_task(task=asked, reason="Not needed any more", by=admin).state == State.CANCELLED
    with pytest.raises(TaskRefusedError, match="closed"):
        cancel_task(task=asked, reason="Again", by=admin)
