import uuid
from datetime import UTC, datetime, timedelta

import pytest
from celery import current_app
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from core.jobs import enqueue
from core.jobs import job as register
from core.jobs.queue import LEASE, MOST_ATTEMPTS, claim, due_jobs, finish, give_back, nudge
from core.jobs.registry import _jobs, arguments_for
from core.jobs.running import run_due_jobs, run_job
from core.models import AccessScope, Job
from core.tenancy.context import tenant_scope
from tests.core.conftest import outside_any_tenant

NAME = "core.test_job"


def now():
    return timezone.now()


@pytest.fixture
def ran():
    """A registered job that writes down its arguments and does what ``ran.act`` says."""

    class Ran(list):
        act = staticmethod(lambda context: None)

    calls = Ran()

    @register(NAME)
    def work(context, **ids):
        calls.append(ids)
        calls.act(context)

    yield calls
    del _jobs[NAME]


@pytest.fixture
def nudges(monkeypatch):
    sent = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args, **_more: sent.append((name, args)))
    return sent


def run_all(tenant):
    return outside_any_tenant(lambda: run_due_jobs(tenant.pk))


def test_job_of_a_transaction_that_failed_was_never_asked_for(space, ran, nudges, django_capture_on_commit_callbacks):
    @transaction.atomic
    def ask_and_fail():
        enqueue(NAME, thing_id=uuid.uuid4())
        raise ZeroDivisionError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        ask_and_fail()
    assert not Job.objects.exists()
    assert nudges == []


def test_worker_is_nudged_after_commit_with_ids_only(space, ran, nudges, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = enqueue(NAME, thing_id="7")
        assert nudges == []
    assert nudges == [("core.run_job", [space.pk, str(job.pk)])]


@pytest.mark.parametrize("error", [OperationalError(), ConnectionRefusedError(), RuntimeError()])
def test_broker_that_is_away_harms_nothing(space, ran, monkeypatch, django_capture_on_commit_callbacks, error):
    def refuse(*args, **kwargs):
        raise error

    monkeypatch.setattr(current_app, "send_task", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        enqueue(NAME)
    assert run_all(space) == 1


def test_page_does_not_wait_for_a_broker_that_is_away(space, ran, monkeypatch):
    asked = []
    monkeypatch.setattr(current_app, "send_task", lambda *_args, connection, **_more: asked.append(connection))
    nudge(space.pk, enqueue(NAME))
    assert asked[0].transport_options["max_retries"] == 0


def test_job_for_later_is_neither_nudged_nor_run(space, ran, nudges, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        enqueue(NAME, run_after=now() + timedelta(hours=1))
    assert nudges == []
    assert run_all(space) == 0


def test_same_key_is_one_job_while_it_is_open(space, ran):
    first = enqueue(NAME, dedup_key="k")
    assert enqueue(NAME, dedup_key="k").pk == first.pk
    run_all(space)
    assert enqueue(NAME, dedup_key="k").pk != first.pk


def test_job_runs_with_its_arguments_and_is_done(space, ran):
    thing = uuid.uuid4()
    job = enqueue(NAME, thing_id=thing)
    assert run_all(space) == 1
    job.refresh_from_db()
    assert (job.state, list(ran)) == (Job.State.DONE, [{"thing_id": str(thing)}])
    assert run_all(space) == 0


def test_what_a_failing_job_wrote_is_gone_and_it_is_tried_later(space, ran):
    def write_then_fail(context):
        AccessScope.objects.create(kind="partnership")
        raise LookupError("an address: nora@borgo.example")

    ran.act = write_then_fail
    job = enqueue(NAME)
    run_all(space)
    job.refresh_from_db()
    assert AccessScope.objects.count() == 1
    assert (job.state, job.attempts, job.error) == (Job.State.WAITING, 1, "LookupError")
    assert job.run_after > now()


def test_pauses_grow_and_the_fifth_failure_is_the_last(space, ran):
    job, pauses = enqueue(NAME), []
    for attempt in range(1, MOST_ATTEMPTS + 1):
        at = now()
        job.attempts = attempt
        give_back(job, error="X", now=at)
        job.refresh_from_db()
        pauses.append((job.run_after - at).total_seconds())
    assert pauses[:4] == [10, 40, 160, 640]
    assert job.state == Job.State.FAILED
    assert due_jobs(now=now() + timedelta(days=9)) == []


def test_claimed_job_is_free_again_only_when_its_lease_ended(space, ran):
    job = enqueue(NAME)
    assert claim(str(job.pk), now=now()).attempts == 1
    assert claim(str(job.pk), now=now()) is None
    assert claim(str(job.pk), now=now() + LEASE + timedelta(seconds=1)).attempts == 2


def test_job_that_kills_its_workers_is_given_up(space, ran):
    job = enqueue(NAME)
    Job.objects.update(state="running", attempts=MOST_ATTEMPTS, lease_until=now() - timedelta(seconds=1))
    assert claim(str(job.pk), now=now()) is None
    job.refresh_from_db()
    assert (job.state, job.error) == (Job.State.FAILED, "WorkerDied")


def test_finished_job_is_not_run_again_by_a_late_nudge(space, ran):
    job = enqueue(NAME)
    finish(job, now=now())
    assert not outside_any_tenant(lambda: run_job(space.pk, str(job.pk)))
    assert list(ran) == []


def test_two_workers_do_not_get_the_same_job(committed_space, second_connection, ran):
    with tenant_scope(committed_space.pk):
        job = enqueue(NAME)
    second_connection.execute("SELECT set_config('app.tenant_id', %s, true)", [str(committed_space.pk)])
    second_connection.execute("SELECT 1 FROM core_job WHERE id = %s FOR UPDATE", [job.pk])
    assert not run_job(committed_space.pk, str(job.pk))
    second_connection.rollback()
    assert run_job(committed_space.pk, str(job.pk))


def test_progress_is_seen_while_the_job_still_works(committed_space, second_connection, ran):
    seen = []

    def look(context):
        context.progress(3, 4)
        second_connection.execute("SELECT set_config('app.tenant_id', %s, true)", [str(committed_space.pk)])
        seen.append(second_connection.execute("SELECT progress_done, progress_total FROM core_job").fetchone())

    ran.act = look
    with tenant_scope(committed_space.pk):
        job = enqueue(NAME)
    run_job(committed_space.pk, str(job.pk))
    assert seen == [(3, 4)]
    with tenant_scope(committed_space.pk):
        job.refresh_from_db()
    assert job.progress_percent == 75


def test_job_with_the_id_of_another_tenant_finds_nothing(space, neighbour, ran):
    job = enqueue(NAME)
    assert not outside_any_tenant(lambda: run_job(neighbour.pk, str(job.pk)))
    assert list(ran) == []


def test_job_nobody_registered_fails_without_stopping_others(space, ran):
    enqueue("core.no_such_job")
    enqueue(NAME)
    run_all(space)
    assert len(ran) == 1
    assert Job.objects.get(name="core.no_such_job").error == "KeyError"


@pytest.mark.parametrize("value", ["nora@borgo.example", "Nora Verdi", "x" * 65, "<b>", "è"])
def test_argument_that_may_be_about_a_person_is_refused(value):
    with pytest.raises(ValueError, match="note"):
        arguments_for({"note": value})


@pytest.mark.parametrize("value", [uuid.uuid4(), 3, "scuola-lavoro", "", "A-1"])
def test_ids_and_codes_are_arguments(value):
    assert arguments_for({"thing": value}) == {"thing": str(value)}


def test_dates_and_moments_are_arguments_as_iso_8601_writes_them():
    at = datetime(2026, 5, 4, 12, 1, tzinfo=UTC)
    assert arguments_for({"at": at, "on": at.date()}) == {"at": "2026-05-04T12:01:00+00:00", "on": "2026-05-04"}
