"""Where promises are made: each app names its kind, and the ledger reads them all as one list (domain 2.6)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    DateField,
    Q,
    QuerySet,
    TextField,
    UUIDField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils.functional import Promise

from core.access.viewer import Viewer

# What every source gives for a line; an expression each, or one of the constants below.
COLUMNS: dict[str, Any] = {
    "id": UUIDField,
    "key": TextField,
    "partnership": UUIDField,
    "slug": TextField,
    "partnership_name": TextField,
    "organisation": UUIDField,
    "who": TextField,
    "title": TextField,
    "origin": TextField,
    "reference": TextField,
    "due_on": DateField,
    "first_agreed_on": DateField,
    "kept_on": DateField,
    "is_released": BooleanField,
    "evidence": TextField,
}
NOTHING = ""
NO_DAY = None


@dataclass(frozen=True)
class Tally:
    """How promises are counted by columns of their own table alone, where there are so many that it matters.

    ``agreed`` is the column of the first agreed date; ``counted`` one that is never empty and stands in the index.
    """

    promised: Q
    agreed: str
    kept_in_time: Q
    counted: str


@dataclass(frozen=True)
class LedgerSource:
    """One kind of place where promises are made.

    ``rows`` are its promises, ``seen`` the condition under which somebody sees them. ``columns`` give an expression or
    a constant for each of ``COLUMNS``: ``who`` promised (``organisation`` is the stakeholder), ``key`` for ``url`` (the
    address from the partnership's short name and the key). ``origins`` are the words for each value of ``origin``.
    A row without ``first_agreed_on`` is a line, but counts in no share. ``tally`` counts the same as the columns do.
    """

    code: str
    origins: Mapping[str, str | Promise]
    rows: Callable[[], QuerySet[Any]]
    seen: Callable[[Viewer], Q]
    columns: Mapping[str, Any]
    url: Callable[[str, str], str]
    tally: Tally | None = None

    def seen_by(self, viewer: Viewer | None) -> QuerySet[Any]:
        """Its promises that ``viewer`` sees, or all for None."""
        return self.rows() if viewer is None else self.rows().filter(self.seen(viewer))

    def lines(self, viewer: Viewer | None) -> QuerySet[Any]:
        """Its promises with the columns as ``line_...``; what ``viewer`` sees, or all for None."""
        rows = self.seen_by(viewer)
        columns = {f"line_{name}": self._column(name, kind) for name, kind in COLUMNS.items()}
        found: QuerySet[Any] = rows.annotate(**columns)
        return found

    def _column(self, name: str, kind: Any) -> Any:
        given = self.columns[name]
        return Cast(given if isinstance(given, Combinable) else Value(given), kind())


_sources: dict[str, LedgerSource] = {}


def register_ledger_source(source: LedgerSource) -> None:
    """Add a kind of promise; called from ``AppConfig.ready``. The same code again replaces it."""
    _sources[source.code] = source


def registered_ledger_sources() -> list[LedgerSource]:
    """All kinds, lower apps first."""
    return list(_sources.values())
