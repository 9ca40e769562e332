"""AUT-19 where there is something to read: opening what is ours, page, download or API, writes no row anywhere."""

import re

import pytest
from django.db import connection

from tests.architecture.matrix import Foreign, sent, without_log
from tests.architecture.urls import routes

# A visitor's session, and what is counted against misuse.
COUNTED = re.compile(r'"?(django_session|core_ratecount|usersessions_usersession|core_cache)"?')
WRITES = re.compile(r"\s*(INSERT INTO|UPDATE|DELETE FROM)\s")


@pytest.mark.slow  # every address
def test_opening_what_is_ours_writes_nothing(own, foreign, space, admin_browser):
    ours, written, opened = Foreign(own, foreign.tokens), [], 0

    def watch(execute, sql, params, many, context):
        if WRITES.match(sql) and not COUNTED.search(sql):
            written.append(f"{path}: {sql[:80]}")
        return execute(sql, params, many, context)

    with without_log():
        for route in routes():
            if "<slug:tenant>" not in route.pattern:
                continue
            values = {name: ours.value(name, converter, route) for name, converter in route.arguments}
            path = route.path({**values, "tenant": "borgo"})
            with connection.execute_wrapper(watch):
                opened += sent(admin_browser, "get", path).status_code == 200
    assert written == []
    assert opened > 300
