"""Work of the hour: only where it is needed, and once however often it is asked for."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.jobs import hourly
from core.jobs.running import run_due_jobs
from core.tenancy.context import current_tenant_id
from tests.core.conftest import outside_any_tenant

NOW = datetime(2026, 11, 2, 9, 4, tzinfo=UTC)


@pytest.fixture
def work() -> Iterator[dict[str, Any]]:
    """What a registered function was called for, and whether it is needed; nothing else is registered meanwhile."""
    kept, hourly._hourly[:] = list(hourly._hourly), []
    state: dict[str, Any] = {"called": [], "needed": True}
    hourly.register_hourly(
        lambda *, now: state["called"].append(current_tenant_id()), is_needed=lambda *, now: state["needed"]
    )
    yield state
    hourly._hourly[:] = kept


def ask(tenant: Any, now: datetime) -> bool:
    asked: bool = outside_any_tenant(lambda: hourly.ask_for_hourly(tenant.pk, now=now))
    return asked


def test_work_of_the_hour_is_done_once_in_an_hour_and_only_where_needed(space: Any, work: dict[str, Any]) -> None:
    work["needed"] = False
    assert not ask(space, NOW)
    work["needed"] = True
    assert ask(space, NOW)
    assert not ask(space, NOW + timedelta(minutes=30))
    outside_any_tenant(lambda: run_due_jobs(space.pk))
    assert work["called"] == [space.pk]
    assert ask(space, NOW + timedelta(hours=1))
