"""Counting the statements that budgets count: not BEGIN, SAVEPOINT and the tenant's value."""

import re
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.core.conftest import committed_space

__all__ = ["committed_space"]

UNCOUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config")


def masked(answer):
    """A page without what differs at each showing: form tokens, nonces and its own address."""
    return re.sub(r'(?:value|nonce)="[^"]*"', "", answer.content.decode()).replace(answer.request["PATH_INFO"], "")


@pytest.fixture
def statements():
    """``with statements() as found``: the counted statements of the block."""

    @contextmanager
    def count():
        found = []
        with CaptureQueriesContext(connection) as captured:
            yield found
        found += [query["sql"] for query in captured if not query["sql"].startswith(UNCOUNTED)]

    return count


@pytest.fixture
def in_neighbour(space, neighbour):
    """``in_neighbour(make)`` runs a factory in the tenant next door."""
    import contextvars

    from core.tenancy.context import tenant_scope, write_database_tenant

    def entered(make):
        with tenant_scope(neighbour.pk):
            return make()

    def run(make):
        write_database_tenant("")
        try:
            return contextvars.Context().run(entered, make)
        finally:
            write_database_tenant(str(space.pk))

    return run
