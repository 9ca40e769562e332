"""Counting the statements that budgets count: not BEGIN, SAVEPOINT and the tenant's value."""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

UNCOUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config")


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
