from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import AuditEvent
from core.tenancy.keys import new_id
from partnerships.models import Task, TaskCheck, TaskDependency, TaskEvidence
from partnerships.operations.task import propose_task
from partnerships.operations.task_plan import (
    TaskNotConfirmableError,
    TaskPlanRefusedError,
    confirm_task,
    plan_task,
    tick_steps,
)
from partnerships.operations.task_update import TaskWordIncompleteError, update_task
from partnerships.queries.task import times_slipped
from partnerships.queries.task_plan import plan_seen_by, plan_seen_by_partners, surroundings_of
from partnerships.rules.authority import LinkHolder
from partnerships.rules.task_evidence import Shown
from tests.factories.partnerships import (
    make_member,
    make_partner,
    make_partnership,
    make_person,
    make_representative,
    make_task,
)

TODAY = date(2026, 6, 10)


@pytest.fixture
def own(space):
    return make_partnership("own")


@pytest.fixture
def member(own):
    return make_member(own)


def viewer_of(user):
    from core.queries.viewer import viewer_for

    return viewer_for(user)


def test_plan_is_written_and_recorded(own, coordinator):
    first, second = make_task(own, "First"), make_task(own, "Second")
    plan_task(task=second, by=coordinator, effort_hours=6, waits_for=[first], checklist=["Ask", " ", "Call"])
    second.refresh_from_db()
    assert second.effort_hours == 6
    assert list(TaskDependency.objects.values_list("task__title", "waits_for__title")) == [("Second", "First")]
    assert list(TaskCheck.objects.order_by("position").values_list("text", flat=True)) == ["Ask", "Call"]
    event = AuditEvent.objects.get(verb="task.planned")
    assert (event.changes["waits_for"], event.changes["steps"]) == ([1], 2)


def test_circle_is_refused_and_names_its_chain(own, coordinator):
    first, second, third = (make_task(own, title) for title in ("First", "Second", "Third"))
    plan_task(task=second, by=coordinator, waits_for=[first])
    plan_task(task=third, by=coordinator, waits_for=[second])
    with pytest.raises(TaskPlanRefusedError, match="“First” → “Third” → “Second” → “First”") as refused:
        plan_task(task=first, by=coordinator, waits_for=[third], effort_hours=3)
    assert refused.value.field == "waits_for"
    first.refresh_from_db()
    assert (first.effort_hours, TaskDependency.objects.count()) == (None, 2)


def test_task_cannot_wait_for_itself_nor_for_one_of_another_partnership(own, coordinator):
    task, foreign = make_task(own), make_task(make_partnership("other"))
    for one in (task, foreign):
        with pytest.raises(TaskPlanRefusedError):
            plan_task(task=task, by=coordinator, waits_for=[one])


def test_step_with_the_same_words_keeps_its_tick(own, coordinator):
    task = make_task(own)
    plan_task(task=task, by=coordinator, checklist=["Ask", "Call"])
    tick_steps(task=task, done=TaskCheck.objects.filter(text="Ask").values_list("pk", flat=True))
    plan_task(task=task, by=coordinator, checklist=["Call", "Ask"])
    assert dict(TaskCheck.objects.values_list("text", "is_done")) == {"Ask": True, "Call": False}


@pytest.mark.parametrize("checklist", [["x"] * 31, ["x" * 201]])
def test_too_many_or_too_long_steps_are_refused(own, coordinator, checklist):
    with pytest.raises(TaskPlanRefusedError) as refused:
        plan_task(task=make_task(own), by=coordinator, checklist=checklist)
    assert refused.value.field == "checklist"


def test_proposed_task_brings_its_plan(own, member, coordinator):
    first = make_task(own, "First")
    task = propose_task(
        partnership=own,
        title="T",
        by=coordinator,
        member=member,
        needs_evidence=True,
        waits_for=[first],
        checklist=["A"],
    )
    assert (task.needs_evidence, task.checks.count(), task.dependencies.get().waits_for) == (True, 1, first)


def test_slip_is_told_in_words_and_moves_nobody(own, member, coordinator):
    partner = make_partner(member)
    first = make_task(own, "Room", member=member, state="accepted", due_on=date(2026, 6, 12))
    second = make_task(own, "Party", member=make_member(own, "Scuola"), state="accepted", due_on=date(2026, 6, 20))
    plan_task(task=second, by=coordinator, waits_for=[first])
    update_task(task=first, by=partner, due_on=date(2026, 6, 27), note="The key is lost", today=TODAY)
    second.refresh_from_db()
    assert second.due_on == date(2026, 6, 20)
    first.refresh_from_db()
    around = surroundings_of(first, plan_seen_by(viewer_of(coordinator), own.pk), today=TODAY)
    assert around.effects == ["“Party (Scuola)” waits for “Room” and would be 7 days late."]
    assert [one.title for one in around.after] == ["Party"]
    late = surroundings_of(second, plan_seen_by(viewer_of(coordinator), own.pk), today=TODAY)
    assert (late.is_late_because, [one.title for one in late.before]) == (around.effects[0], ["Room"])
    assert times_slipped(first) == 1


def test_task_kept_in_coordination_is_no_neighbour_for_partners(own, member, coordinator):
    partner = make_partner(member)
    first = make_task(own, "Room", member=member, state="accepted", due_on=date(2026, 6, 12))
    plan_task(task=make_task(own, "Secret", visibility=1), by=coordinator, waits_for=[first])
    assert len(plan_seen_by(viewer_of(coordinator), own.pk)) == 1
    assert plan_seen_by(viewer_of(partner), own.pk) == []
    assert plan_seen_by_partners(own.pk) == []


def test_done_needs_evidence_and_link_holder_shows_it(own, member):
    person = make_representative(member)
    task = make_task(own, member=member, state="accepted", needs_evidence=True)
    plan_task(task=task, by=None, checklist=["Ask"])
    holder = LinkHolder(person, new_id())
    with pytest.raises(TaskWordIncompleteError) as missing:
        update_task(task=task, by=holder, state="done", today=TODAY)
    assert set(missing.value.fields) == {"evidence"}
    step = TaskCheck.objects.get()
    shown = Shown(note="Keys handed over")
    for _tap in range(2):
        update_task(task=task, by=holder, state="done", shown=shown, ticked={step.pk}, today=TODAY)
    step.refresh_from_db()
    evidence = task.evidence.get()
    assert (evidence.note, evidence.person, step.is_done) == ("Keys handed over", person, True)


def test_coordination_confirms_once_and_partner_never(own, member, coordinator):
    partner = make_partner(member)
    task = make_task(own, member=member, state="accepted", needs_evidence=True)
    update_task(task=task, by=partner, state="done", shown=Shown(link="https://a.example/b"), today=TODAY)
    with pytest.raises(TaskNotConfirmableError):
        confirm_task(task=task, by=partner)
    confirm_task(task=task, by=coordinator, today=TODAY + timedelta(days=3))
    with pytest.raises(TaskNotConfirmableError):
        confirm_task(task=task, by=coordinator)
    task.refresh_from_db()
    assert task.confirmed_on == TODAY + timedelta(days=3)


def test_what_coordination_brings_from_review_to_done_is_confirmed(own, member, coordinator):
    partner = make_partner(member)
    task = make_task(own, member=member, state="accepted", needs_evidence=True)
    update_task(task=task, by=partner, state="in_review", shown=Shown(note="See"), today=TODAY)
    update_task(task=task, by=coordinator, state="done", today=TODAY)
    assert Task.objects.get(pk=task.pk).confirmed_on == TODAY
    update_task(task=task, by=partner, state="in_progress", today=TODAY)
    assert Task.objects.get(pk=task.pk).confirmed_on is None


def test_helper_is_a_member_of_the_partnership_and_goes_when_unstuck(own, member):
    partner = make_partner(member)
    helper = make_member(own, "Comune")
    task = make_task(own, member=member, state="in_progress")
    stranger = make_member(make_partnership("other"), "Far away")
    with pytest.raises(TaskWordIncompleteError):
        update_task(task=task, by=partner, state="blocked", note="No key", blocked_by=stranger)
    update_task(task=task, by=partner, state="blocked", note="No key", blocked_by=helper)
    assert Task.objects.get(pk=task.pk).blocked_by == helper
    update_task(task=task, by=partner, state="in_progress")
    assert Task.objects.get(pk=task.pk).blocked_by is None


def test_person_of_another_member_shows_nothing(own, member):
    from partnerships.operations.task_evidence import EvidenceRefusedError, show_evidence

    stranger = make_representative(make_member(own, "Other"), make_person(email="o@o.example"))
    task = make_task(own, member=member, state="accepted")
    with pytest.raises(EvidenceRefusedError):
        show_evidence(task=task, by=LinkHolder(stranger, new_id()), shown=Shown(note="x"))


def test_words_said_twice_are_one_and_two_files_of_one_name_are_two(own, member):
    from partnerships.operations.task_evidence import show_evidence

    task = make_task(own, member=member, state="accepted")
    by = make_partner(member)
    for words in (b"Monday", b"Tuesday"):
        show_evidence(task=task, by=by, shown=Shown(note="Seen"))
        show_evidence(task=task, by=by, shown=Shown(upload=SimpleUploadedFile("notes.txt", words)))
    assert TaskEvidence.objects.filter(task=task, file=None).count() == 1
    assert len(set(TaskEvidence.objects.filter(task=task).exclude(file=None).values_list("file__sha256"))) == 2
