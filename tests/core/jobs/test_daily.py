"""The daily round: once a tenant and local day, however often and by how many it is asked for."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from core.jobs import daily
from core.jobs.running import run_due_jobs
from core.models import Job
from core.tenancy.context import current_tenant_id, tenant_scope
from tests.core.conftest import outside_any_tenant

MORNING = datetime(2026, 11, 2, 6, 30, tzinfo=UTC)


@pytest.fixture
def days() -> Iterator[list[tuple[int, date]]]:
    """What a registered function was called for; nothing else is registered meanwhile."""
    kept, daily._daily[:] = list(daily._daily), []
    called: list[tuple[int, date]] = []
    daily.register_daily(lambda *, today: called.append((current_tenant_id(), today)))
    yield called
    daily._daily[:] = kept


def ask(tenant: Any, now: datetime, zone: str = "Europe/Rome") -> bool:
    asked: bool = outside_any_tenant(lambda: daily.ask_for_daily(tenant.pk, zone, now=now))
    return asked


def test_daily_work_is_done_once_a_day_however_often_it_is_asked_for(space: Any, days: list[Any]) -> None:
    assert ask(space, MORNING)
    assert not ask(space, MORNING)
    outside_any_tenant(lambda: run_due_jobs(space.pk))
    assert not ask(space, MORNING.replace(hour=20))

    assert days == [(space.pk, date(2026, 11, 2))]
    assert Job.objects.get(name=daily.JOB).state == Job.State.DONE


def test_daily_work_is_done_again_the_next_day(space: Any, days: list[Any]) -> None:
    assert ask(space, MORNING)
    assert ask(space, MORNING.replace(day=3))

    outside_any_tenant(lambda: run_due_jobs(space.pk))

    assert [day for _tenant, day in days] == [date(2026, 11, 2), date(2026, 11, 3)]


@pytest.mark.parametrize(
    ("zone", "asked"), [("Europe/Rome", False), ("Europe/Helsinki", True), ("Atlantic/Reykjavik", False)]
)
def test_daily_work_waits_for_the_tenants_own_morning(space: Any, days: list[Any], zone: str, asked: bool) -> None:
    assert ask(space, MORNING.replace(hour=4, minute=30), zone) is asked


@pytest.mark.parametrize("change", [date(2027, 3, 28), date(2027, 10, 31)])
def test_daily_work_is_done_once_when_the_clocks_change(space: Any, days: list[Any], change: date) -> None:
    """TSK-02: a scheduler that asks every quarter of an hour through the night and the day."""
    quarters = [
        datetime(change.year, change.month, change.day, hour, minute, tzinfo=UTC)
        for hour in range(24)
        for minute in (0, 15, 30, 45)
    ]

    asked = [moment for moment in quarters if ask(space, moment)]

    of_the_day = [job.arguments["today"] for job in Job.objects.filter(name=daily.JOB).order_by("pk")]
    assert len(asked) == 1
    assert of_the_day == [str(change)]


def test_daily_work_of_one_tenant_leaves_the_other_alone(space: Any, neighbour: Any, days: list[Any]) -> None:
    outside_any_tenant(lambda: daily.run_daily(neighbour.pk, date(2026, 11, 2)))

    assert days == [(neighbour.pk, date(2026, 11, 2))]


def test_function_registered_twice_runs_once(space: Any, days: list[Any]) -> None:
    daily.register_daily(daily.registered_daily()[0])

    with_tenant = outside_any_tenant(lambda: daily.run_daily(space.pk, date(2026, 11, 2)))

    assert with_tenant is None
    assert len(days) == 1


def test_error_in_daily_work_leaves_nothing_of_its_function(space: Any, days: list[Any]) -> None:
    def fails(*, today: date) -> None:
        Job.objects.create(name="left behind", run_after=MORNING)
        raise ZeroDivisionError

    daily.register_daily(fails)
    with pytest.raises(ZeroDivisionError):
        outside_any_tenant(lambda: daily.run_daily(space.pk, date(2026, 11, 2)))

    with tenant_scope(space.pk):
        assert not Job.objects.filter(name="left behind").exists()
