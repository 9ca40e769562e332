"""Statements the database plans once in a connection: planning those of a page costs it five times what running does.

Every connection asks for plans that do not look at the values (``plan_cache_mode`` in the settings). What decides
between plans is therefore written into a statement as it stands; what differs between two who ask alike is a value.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any, Self

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import Cursor
from psycopg.sql import Literal

PLACE = re.compile("%s|%%")


class _PlannedCursor(Cursor[Any]):
    def execute(self, query: Any, params: Any = None, **_more: Any) -> Self:
        return super().execute(query, params, prepare=True)


def planned_cursor() -> CursorWrapper:
    """A cursor of the default connection whose statements keep their plan for the next time they are run.

    Where a pooler cannot keep them (``DATABASE_KEEPS_PLANS``), each is planned anew.
    """
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        cursor = _PlannedCursor(connection.connection)
        return connection._prepare_cursor(cursor)  # type: ignore[attr-defined, no-any-return]  # as cursor() does


class PlannedConnection:
    """The default connection for a compiler, whose statements keep their plans."""

    cursor = staticmethod(planned_cursor)

    def __getattr__(self, name: str) -> Any:
        return getattr(connection, name)


def with_values_written(sql: str, params: Sequence[Any], names: Mapping[int, str]) -> str:
    """The statement with its values in it, but for those at the places of ``names``, which are given by name."""
    connection.ensure_connection()
    places = count()

    def written(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%%"
        place = next(places)
        if place in names:
            return f"%({names[place]})s"
        return Literal(params[place]).as_string(connection.connection).replace("%", "%%")

    return PLACE.sub(written, sql)
