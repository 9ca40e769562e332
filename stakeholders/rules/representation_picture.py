"""A sheet as a table and a picture: the same rows for page, print, download and API, so that there is one view."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core.charts import BarChart
from stakeholders.rules.representation import Sheet
from stakeholders.rules.representation_hiding import SMALLEST_TOLD, Showing
from stakeholders.rules.representation_words import (
    BANDS,
    NOT_STATED,
    BandWords,
    body_words,
    finding_of,
    parity_words,
    percent_words,
)

FINE = Decimal("0.0001")


@dataclass(frozen=True)
class TableRow:
    """A group in words. ``band`` is None for those who did not state theirs: there is nothing to compare with."""

    label: str
    body: str
    community: str
    parity: str
    band: BandWords | None


def table_of(sheet: Sheet) -> list[TableRow]:
    """Each group and, always, those who did not state theirs (R-S10); nothing before there is something to tell."""
    if sheet.stated is None or sheet.not_stated is None:
        return []
    rows = [
        TableRow(
            row.label,
            body_words(row, stated=sheet.stated),
            percent_words(row.population_share),
            parity_words(row.parity),
            BANDS[row.band],
        )
        for row in sheet.rows
    ]
    return [*rows, TableRow(str(NOT_STATED), str(sheet.not_stated), "", "", None)]


def table_header() -> list[str]:
    """What the columns hold."""
    return [_("Group"), _("In the body"), _("In the community"), _("Parity ratio"), _("Judgement")]


def cells_of(rows: Sequence[TableRow]) -> list[tuple[str, ...]]:
    """Rows for a download."""
    return [(row.label, row.body, row.community, row.parity, str(row.band.label) if row.band else "") for row in rows]


def chart_of(sheet: Sheet) -> BarChart | None:
    """The community in grey beside the body; hidden counts draw no bar. None while no count may be told.

    From twenty people on in per cent, else in people: how many there are, and how many would be in proportion.
    """
    stated = sheet.stated
    if not stated or not any(row.cell.showing is Showing.COUNT for row in sheet.rows):
        return None
    in_percent = sheet.has_percentages
    whole = 100 if in_percent else stated
    return BarChart(
        title=finding_of(sheet),
        groups=[row.label for row in sheet.rows],
        before=[_rounded(row.population_share * whole) for row in sheet.rows],
        before_label=_("In the community") if in_percent else _("In proportion to the community"),
        now=[
            None if row.cell.count is None else _rounded(Fraction(row.cell.count * whole, stated)) for row in sheet.rows
        ],
        now_label=_("In the body"),
        format=_as_percent if in_percent else _as_people,
        missing=_missing(sheet),
        lying=True,
    )


def _missing(sheet: Sheet) -> str:
    if any(row.cell.showing is Showing.WITHHELD for row in sheet.rows):
        return _("hidden")
    return _("fewer than %(number)d") % {"number": SMALLEST_TOLD}


def _rounded(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(FINE)


def _as_percent(value: Decimal) -> str:
    return percent_words(Fraction(value) / 100)


def _as_people(value: Decimal) -> str:
    return number_format(int(value)) if value == int(value) else number_format(value, 1)
