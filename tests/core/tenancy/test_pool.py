"""What a connection that many requests share remembers of them (TEN-06)."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from core.tenancy.context import tenant_scope


def remembered() -> tuple[int, str]:
    """This thread's connection, and the tenant it would still speak for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), coalesce(current_setting('app.tenant_id', true), '')")
        return cursor.fetchone()


def test_thousand_mixed_requests_leave_no_tenant_on_a_connection(committed_space: Any, django_db_blocker: Any) -> None:
    slug = committed_space.slug
    paths = [
        f"/p/{slug}/brand-0b6e4f.css",
        f"/s/{slug}/settings/",
        f"/l/{slug}/invitation/{secrets.token_urlsafe(24)}/",
        "/healthz",
        f"/s/{slug}/api/v1/me/",
        f"/p/{slug}/logo/00000000-0000-0000-0000-000000000000",
    ]

    def ask_five_hundred_times(_worker: int) -> set[tuple[int, str]]:
        browser, seen = Client(), set()
        for number in range(500):
            assert browser.get(paths[number % len(paths)]).status_code < 500
            if number % 50 == 0:
                seen.add(remembered())
        seen.add(remembered())
        connection.close()
        return seen

    with ThreadPoolExecutor(2) as workers:
        first, second = workers.map(ask_five_hundred_times, range(2))
    # Each worker kept its one connection for all its requests.
    assert len(first) == len(second) == 1
    assert first != second
    assert {tenant for _pid, tenant in first | second} == {""}


def test_connection_of_a_failed_unit_of_work_remembers_nothing(committed_space: Any) -> None:
    with pytest.raises(ZeroDivisionError), tenant_scope(committed_space.pk):
        1 / 0  # noqa: B018 - the error is the test
    assert remembered()[1] == ""
