"""The rows of one import on their way in: copied beside the register, compared with it, taken over.

COPY is refused on a table with row-level security, so the rows go to a temporary table first. Everything happens in
the caller's transaction; only one row at a time is held here.
"""

from collections.abc import Iterator, Sequence
from itertools import batched
from typing import Any, Self

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.tabular.errors import Message, RowError
from core.tenancy.context import current_tenant_id
from core.tenancy.keys import new_id
from stakeholders.models import Stakeholder
from stakeholders.rules.stakeholder import place_key
from stakeholders.rules.stakeholder_import import STORED_FIELDS, Candidate

ROWS_AT_ONCE = 10_000
# Any fixed number of ours: with the tenant's id it names the lock that keeps two imports apart.
LOCK_CLASS = 7_131

_FIELDS = ", ".join(STORED_FIELDS)
_COPIED = f"row, id, {_FIELDS}, sort_name, search_text, place_key"
_CREATE = (
    "CREATE TEMPORARY TABLE incoming (row integer, id uuid, "
    + ", ".join(f"{name} text" for name in STORED_FIELDS)
    + ", sort_name text, search_text text, place_key text, verdict text) ON COMMIT DROP"
)
# A tax code under two names in one file is somebody's mistake; under one name it is the same body twice.
_CONTRADICTIONS = """
UPDATE incoming SET verdict = 'wrong' FROM (
  SELECT later.row, earlier.first FROM incoming later
  JOIN (
    SELECT tax_code, min(row) AS first FROM incoming WHERE tax_code <> '' GROUP BY tax_code HAVING count(*) > 1
  ) earlier USING (tax_code)
  JOIN incoming named ON named.row = earlier.first
  WHERE later.row <> earlier.first AND later.sort_name <> named.sort_name
) found WHERE incoming.row = found.row
RETURNING incoming.row, incoming.tax_code, found.first
"""
_SAME_CODE_IN_FILE = """
UPDATE incoming SET verdict = 'known' FROM (
  SELECT tax_code, min(row) AS first FROM incoming WHERE tax_code <> '' GROUP BY tax_code HAVING count(*) > 1
) twice WHERE incoming.tax_code = twice.tax_code AND incoming.row <> twice.first AND verdict IS NULL
"""
_SAME_NAME_IN_FILE = """
UPDATE incoming SET verdict = 'known' FROM (
  SELECT row FROM (
    SELECT row, tax_code, row_number() OVER (PARTITION BY sort_name, place_key ORDER BY tax_code = '', row) AS turn
    FROM incoming WHERE verdict IS NULL
  ) numbered WHERE tax_code = '' AND turn > 1
) twice WHERE incoming.row = twice.row
"""
_SAME_CODE_IN_REGISTER = """
UPDATE incoming SET verdict = 'known' FROM stakeholders_stakeholder there
WHERE there.tenant_id = %s AND there.tax_code = incoming.tax_code AND there.tax_code <> ''
  AND incoming.verdict IS NULL
"""
_PLACES_OF_NAMESAKES = """
SELECT DISTINCT there.place FROM incoming JOIN stakeholders_stakeholder there
  ON there.sort_name = incoming.sort_name AND (there.tax_code = '' OR incoming.tax_code = '')
WHERE there.tenant_id = %s AND incoming.verdict IS NULL
"""
_SAME_NAME_IN_REGISTER = """
UPDATE incoming SET verdict = 'known' FROM stakeholders_stakeholder there
WHERE there.tenant_id = %s AND there.sort_name = incoming.sort_name AND incoming.verdict IS NULL
  AND (there.tax_code = '' OR incoming.tax_code = '')
  AND EXISTS (SELECT 1 FROM incoming_place WHERE place = there.place AND key = incoming.place_key)
"""
_TAKE_OVER = f"""
INSERT INTO stakeholders_stakeholder (
  id, tenant_id, {_FIELDS}, sort_name, search_text, source, status, do_not_contact, visibility, created_at, updated_at
)
SELECT id, %s, {_FIELDS}, sort_name, search_text, %s, %s, false, %s, %s, %s
FROM incoming WHERE verdict IS NULL AND row > %s AND row <= %s ORDER BY row
ON CONFLICT DO NOTHING
"""  # noqa: S608 - put together from our own field names


class Incoming:
    """The temporary table of one import. Use as a context manager; it is gone afterwards."""

    def __init__(self) -> None:
        self._cursor: Any = connection.cursor()

    def __enter__(self) -> Self:
        self._cursor.execute("DROP TABLE IF EXISTS pg_temp.incoming, pg_temp.incoming_place")
        self._cursor.execute(_CREATE)
        return self

    def __exit__(self, *exc: object) -> None:
        if not transaction.get_connection().needs_rollback and exc[0] is None:
            self._cursor.execute("DROP TABLE IF EXISTS pg_temp.incoming, pg_temp.incoming_place")
        self._cursor.close()

    def take(self, candidates: Sequence[Candidate]) -> None:
        """Copy some rows beside the register."""
        with self._cursor.copy(f"COPY incoming ({_COPIED}) FROM STDIN") as copy:
            for row in candidates:
                copy.write_row((row.row, new_id(), *row.values, row.sort_name, row.search_text, row.place_key))

    def compare(self) -> list[RowError]:
        """Mark what the file says twice and what the register has already; returns the contradictions in the file."""
        self._cursor.execute("ANALYZE incoming")
        self._cursor.execute(_CONTRADICTIONS)
        wrong = [_contradiction(*found) for found in self._cursor.fetchall()]
        self._cursor.execute(_SAME_CODE_IN_FILE)
        self._cursor.execute(_SAME_NAME_IN_FILE)
        tenant = current_tenant_id()
        self._cursor.execute(_SAME_CODE_IN_REGISTER, [tenant])
        self._cursor.execute(_PLACES_OF_NAMESAKES, [tenant])
        places = [place for (place,) in self._cursor.fetchall()]
        if places:
            self._note_places(places)
            self._cursor.execute(_SAME_NAME_IN_REGISTER, [tenant])
        return sorted(wrong, key=lambda found: found.number)

    def count_new(self) -> int:
        """How many rows are new."""
        return self._count("verdict IS NULL")

    def count_known(self) -> int:
        """How many rows the register, or the file itself, has already."""
        return self._count("verdict = 'known'")

    def lock(self) -> None:
        """Let no other import of this tenant compare and take over at the same time."""
        self._cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_CLASS, current_tenant_id()])

    def take_over(self, *, source: str, last_row: int) -> Iterator[int]:
        """Put the new rows into the register, some thousand at a time; gives the number added each time."""
        now = timezone.now()
        status, visibility = Stakeholder.Status.IDENTIFIED.value, Visibility.COORDINATION.value
        for start in range(0, last_row, ROWS_AT_ONCE):
            values = [current_tenant_id(), source, status, visibility, now, now, start, start + ROWS_AT_ONCE]
            self._cursor.execute(_TAKE_OVER, values)
            yield self._cursor.rowcount

    def _note_places(self, places: Sequence[str]) -> None:
        """How the places of namesakes are written when compared: only Python knows (no ICU in the database)."""
        self._cursor.execute("CREATE TEMPORARY TABLE incoming_place (place text, key text) ON COMMIT DROP")
        with self._cursor.copy("COPY incoming_place (place, key) FROM STDIN") as copy:
            for place in places:
                copy.write_row((place, place_key(place)))

    def _count(self, condition: str) -> int:
        self._cursor.execute(f"SELECT count(*) FROM incoming WHERE {condition}")  # noqa: S608 - our own two conditions
        return int(self._cursor.fetchone()[0])


def some_at_once(candidates: Iterator[Candidate]) -> Iterator[tuple[Candidate, ...]]:
    """Candidates in the portions in which they are copied."""
    return batched(candidates, ROWS_AT_ONCE // 5, strict=False)


def _contradiction(row: int, tax_code: str, first: int) -> RowError:
    reason = Message(
        _("Row %(first)s has the same tax code %(code)s under another name."), {"first": first, "code": tax_code}
    )
    return RowError(row, reason)
