"""The rows of one import on their way in: copied beside the register, compared with it, taken over.

COPY is refused on a table with row-level security, so the rows go to temporary tables first. Everything happens in
the caller's transaction; only one portion at a time is held here.
"""

import uuid
from collections.abc import Iterator, Sequence
from itertools import batched
from typing import Any, Self

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.tabular.errors import Message, RowError
from core.tenancy.context import current_tenant_id
from core.tenancy.keys import new_id
from stakeholders.models import Tag
from stakeholders.operations.incoming_comparison import compare_all
from stakeholders.operations.incoming_filling import FILLED_FIELDS, find_what_is_empty
from stakeholders.operations.tag import MOST_TAGS
from stakeholders.rules.import_entry import STORED_FIELDS, Candidate

ROWS_AT_ONCE = 10_000
# Any fixed number of ours: with the tenant's id it names the lock that keeps two imports apart.
LOCK_CLASS = 7_131

_FIELDS = ", ".join(STORED_FIELDS)
_RECOGNISED_BY = "sort_name, search_text, place_key, is_mention, is_named_by_person, works_at, title, words"
_COPIED = f"pos, row, id, {_FIELDS}, {_RECOGNISED_BY}"
_TABLES = "incoming, incoming_beside, incoming_place, incoming_fill, incoming_made"
_DROP = "DROP TABLE IF EXISTS " + ", ".join(f"pg_temp.{name}" for name in _TABLES.split(", "))
_CREATE = (
    "CREATE TEMPORARY TABLE incoming (pos integer, row integer, id uuid, "
    + ", ".join(f"{name} text" for name in STORED_FIELDS)
    + ", sort_name text, search_text text, place_key text, is_mention boolean, is_named_by_person boolean,"
    " works_at uuid, title text, words text, verdict text, matched uuid) ON COMMIT DROP;"
    "CREATE TEMPORARY TABLE incoming_beside (id uuid, owner uuid, kind text, value text, label text) ON COMMIT DROP;"
    "CREATE TEMPORARY TABLE incoming_place (place text, key text) ON COMMIT DROP;"
    "CREATE TEMPORARY TABLE incoming_made (stakeholder uuid, what text, id uuid) ON COMMIT DROP;"
    "CREATE TEMPORARY TABLE incoming_fill (stakeholder uuid, change uuid, "
    + ", ".join(f"{name} text" for name in FILLED_FIELDS)
    + ") ON COMMIT DROP"
)
# Words of a tag are compared as the register compares them, before one of them is made.
_NEW_TAGS = """
SELECT count(*), min(row) FROM (
  SELECT beside.value, min(incoming.row) AS row
  FROM incoming_beside beside JOIN incoming ON incoming.id = beside.owner
  WHERE beside.kind = 'tag' AND NOT EXISTS (
    SELECT 1 FROM stakeholders_tag tag WHERE tag.tenant_id = %s AND tag.key = beside.value
  ) GROUP BY beside.value
) unknown
"""


_KNOWN = """
SELECT count(*) FILTER (WHERE verdict IN ('known', 'again') AND NOT is_named_by_person)
  + count(DISTINCT matched) FILTER (WHERE verdict = 'known' AND is_named_by_person) FROM incoming
"""

_SHOWN = """
SELECT visibility, count(*) FROM incoming
WHERE verdict IS NULL AND nullif(visibility, '')::smallint > %s GROUP BY visibility
"""


class Incoming:
    """The temporary tables of one import. Use as a context manager; they are gone afterwards.

    ``has_people`` says whether any of what was taken is a person, ``has_beside`` whether anything stands beside.
    """

    def __init__(self) -> None:
        self.cursor: Any = connection.cursor()
        self.has_people = self.has_beside = self.has_mentions = False
        self._count_taken = 0

    def __enter__(self) -> Self:
        self.cursor.execute(_DROP)
        self.cursor.execute(_CREATE)
        return self

    def __exit__(self, *exc: object) -> None:
        if not transaction.get_connection().needs_rollback and exc[0] is None:
            self.cursor.execute(_DROP)
        self.cursor.close()

    def take(self, candidates: Sequence[Candidate]) -> None:
        """Copy some rows, with their people and what stands beside them, beside the register."""
        beside: list[tuple[uuid.UUID, uuid.UUID, str, str, str]] = []
        with self.cursor.copy(f"COPY incoming ({_COPIED}) FROM STDIN") as copy:
            for main in candidates:
                organisation = new_id()
                self._write(copy, main, organisation, None)
                beside += _beside(main, organisation)
                for person in main.people:
                    pk = new_id()
                    self._write(copy, person, pk, organisation)
                    beside += _beside(person, pk)
        if beside:
            self.has_beside = True
            with self.cursor.copy("COPY incoming_beside (id, owner, kind, value, label) FROM STDIN") as copy:
                for fact in beside:
                    copy.write_row(fact)

    def _write(self, copy: Any, one: Candidate, pk: uuid.UUID, works_at: uuid.UUID | None) -> None:
        self._count_taken += 1
        words = ""
        if one.is_person:
            self.has_people = True
            words = " ".join(sorted(one.sort_name.split()))
        self.has_mentions = self.has_mentions or one.is_mention
        head = (self._count_taken, one.row, pk, *one.values, one.sort_name, one.search_text, one.place_key)
        copy.write_row((*head, one.is_mention, bool(one.people), works_at, one.title, words))

    def compare(self) -> list[RowError]:
        """Mark what the file says twice and what the register has already; returns what the file gets wrong."""
        wrong = compare_all(self.cursor, has_people=self.has_people, has_mentions=self.has_mentions)
        wrong += self._tags_too_many()
        if self.count_known():
            find_what_is_empty(self.cursor)
        return sorted(wrong, key=lambda found: found.number)

    def count_new(self) -> int:
        """How many stakeholders are new."""
        self.cursor.execute("SELECT count(*) FROM incoming WHERE verdict IS NULL")
        return int(self.cursor.fetchone()[0])

    def count_known(self) -> int:
        """How many the register has already, or the file says again; not how often people name their organisation."""
        self.cursor.execute(_KNOWN)
        return int(self.cursor.fetchone()[0])

    def count_fillable(self) -> int:
        """How many known stakeholders have an empty field this file could fill."""
        self.cursor.execute("SELECT count(*) FROM incoming_fill")
        return int(self.cursor.fetchone()[0])

    def count_shown(self) -> dict[str, int]:
        """How many new ones the file would show to more than the coordination, by the number of the level."""
        self.cursor.execute(_SHOWN, [Visibility.COORDINATION.value])
        return {level: int(count) for level, count in self.cursor.fetchall()}

    def count_wrong_rows(self) -> int:
        """How many rows contradict others."""
        self.cursor.execute("SELECT count(DISTINCT row) FROM incoming WHERE verdict = 'wrong'")
        return int(self.cursor.fetchone()[0])

    def lock(self) -> None:
        """Let no other import of this tenant compare and take over at the same time."""
        self.cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_CLASS, current_tenant_id()])

    def _tags_too_many(self) -> list[RowError]:
        if not self.has_beside:
            return []
        self.cursor.execute(_NEW_TAGS, [current_tenant_id()])
        count, row = self.cursor.fetchone()
        if not count or Tag.objects.count() + count <= MOST_TAGS:
            return []
        return [RowError(row, Message(_("With the tags of this file the space would have more than 500.")))]


def some_at_once(candidates: Iterator[Candidate]) -> Iterator[tuple[Candidate, ...]]:
    """Candidates in the portions in which they are copied."""
    return batched(candidates, ROWS_AT_ONCE // 5, strict=False)


def _beside(one: Candidate, pk: uuid.UUID) -> Iterator[tuple[uuid.UUID, uuid.UUID, str, str, str]]:
    return ((new_id(), pk, fact.kind, fact.value, fact.label) for fact in one.beside)
