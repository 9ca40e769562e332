"""The cells of the grid: what somebody typed in one, and a block pasted from a spreadsheet laid over many."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.rules.text import TextError, clean_text
from metrics.models import Cut, Indicator, Measurement
from metrics.rules.breakdown import Part
from metrics.rules.figure import YES_NO, number_words, share_words
from metrics.rules.measurement import MISSING, PARTS, Reported, parse_figure, parse_reported
from metrics.rules.period import Period, period_words
from partnerships.models import PartnershipMember

# A dash says that there is no value; a figure behind it, or no space before a digit, makes it a number below zero.
NO_VALUE = re.compile(r"[-\u2013\u2014](?:\s+(?P<after>\S.*)|(?P<joined>[^\W\d].*))?", re.DOTALL)
LONGEST_REASON = 200
LONGEST_BLOCK = 100_000


@dataclass(frozen=True)
class CellValue:
    """What one cell says: a value, or why there is none."""

    reported: Reported = MISSING
    missing_reason: str = ""


@dataclass(frozen=True)
class GivenParts:
    """The parts of a value by one way of breaking down, in the order of its groups; ``place`` names them in a refusal.

    None is a group of which nothing was said; only those of whom it is not known may be left open.
    """

    place: str
    cut: Cut
    parts: tuple[Part | None, ...]


@dataclass(frozen=True)
class Entry:
    """One value of one period, or why there is none; ``cell`` None takes a draft away.

    ``place`` names it in a refusal. ``over`` is the value it takes the place of, as whoever enters it saw it; None says
    that there was none. ``only_parts``: the value there stays as it is, and only ``parts`` are written.
    """

    place: str
    indicator: Indicator
    member: PartnershipMember | None
    period: Period
    cell: CellValue | None
    over: uuid.UUID | None = None
    note: str = ""
    source: str = ""
    parts: tuple[GivenParts, ...] = ()
    only_parts: bool = False


def read_cell(text: str, *, unit: str, language: str, reason: str = "") -> CellValue:
    """A cell that is not empty: a figure by its unit ("40 of 180" for a percentage), or a dash with a reason.

    ``reason`` stands for a dash alone. Raises ValidationError with one sentence: words are never taken for a figure.
    """
    text = text.strip()
    missing = NO_VALUE.fullmatch(text)
    if missing and _is_reason(missing["after"] or missing["joined"] or ""):
        return CellValue(missing_reason=_reason(missing["after"] or missing["joined"] or reason))
    try:
        return CellValue(parse_reported(text, unit=unit, language=language))
    except ValidationError as error:
        raise ValidationError(error.messages[0]) from error


def read_part(text: str, *, unit: str, language: str) -> Part | None:
    """What a group's cell says: a whole number, for a percentage two ("4 of 18"); None for an empty one.

    Raises ValidationError with one sentence.
    """
    numbers = [text.strip()]
    if not numbers[0]:
        return None
    if unit == Indicator.Unit.PERCENT:
        pair = PARTS.fullmatch(numbers[0])
        if pair is None:
            raise ValidationError(_("Write the two numbers behind the percentage, for example: 40 of 180."))
        numbers = [pair["part"], pair["whole"]]
    figures = [parse_figure(number, language) for number in numbers]
    if any(figure != figure.to_integral_value() for figure in figures):
        raise ValidationError(_("This is a whole number: nobody and nothing is counted in parts."))
    return Part(*map(int, figures))


def written_part(part: Part, language: str) -> str:
    """A stored part as a person would type it again in its cell."""
    if part.cases is None:
        return number_words(Decimal(part.count), language)
    return share_words(Decimal(part.count), Decimal(part.cases), language)


def written(measurement: Measurement, language: str) -> str:
    """A stored value as a person would type it again in its cell."""
    if measurement.value is None:
        return f"- {measurement.missing_reason}"
    if measurement.indicator.unit == Indicator.Unit.YES_NO:
        return YES_NO[language == "it"][bool(measurement.value)]
    if measurement.numerator is not None and measurement.denominator is not None:
        return share_words(measurement.numerator, measurement.denominator, language)
    return number_words(measurement.value, language, decimals=4)


def _is_reason(text: str) -> bool:
    return not text or any(character.isalpha() for character in text)


def _reason(text: str) -> str:
    try:
        reason = clean_text(text, max_length=LONGEST_REASON, multiline=False)
    except TextError as error:
        raise ValidationError(str(error)) from error
    if not reason:
        raise ValidationError(_("Say why there is no value: write it behind the dash."))
    return reason


@dataclass(frozen=True)
class Block:
    """A pasted block laid over a table: texts by row and column of the table, and how many cells found no place."""

    texts: dict[tuple[int, int], str]
    left_over: int = 0


def laid_over(text: str, *, rows: Sequence[Sequence[str]], periods: Sequence[Period]) -> Block:
    """Lay a block, with tabs or ``;`` between cells, over a table.

    A line goes to the row whose code or name its first cell is (``rows`` gives the names of each), else to the next
    row. A first line with periods ("March 2026", "2026-03") says which column is which; else the first cell is the
    first period.
    """
    lines = [_cells(line) for line in text[:LONGEST_BLOCK].splitlines() if line.strip()]
    columns = _columns(lines[0], periods) if lines else None
    has_names = columns is not None and 0 not in columns
    placed, next_row = _Placed(len(rows), len(periods)), 0
    for cells in lines if columns is None else lines[1:]:
        row = _row_named(cells[0], rows)
        if row is None and has_names and cells[0]:
            placed.left_over += sum(map(bool, cells[1:]))
            continue
        first = 0 if row is None and not has_names else 1
        row = next_row if row is None else row
        next_row = row + 1
        for position, cell in enumerate(cells[first:], start=first):
            placed.put(row, columns.get(position) if columns is not None else position - first, cell)
    return Block(placed.texts, placed.left_over)


@dataclass
class _Placed:
    """The cells of a table of so many rows and columns as they fill."""

    rows: int
    columns: int
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    left_over: int = 0

    def put(self, row: int, column: int | None, text: str) -> None:
        """Fill a cell; an empty text fills none, and what has no cell is counted."""
        if text and (column is None or column >= self.columns or row >= self.rows):
            self.left_over += 1
        elif text and column is not None:
            self.texts[row, column] = text


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("\t" if "\t" in line else ";")]


def _row_named(cell: str, rows: Sequence[Sequence[str]]) -> int | None:
    wanted = _plain(cell)
    return next((row for row, names in enumerate(rows) if wanted in {_plain(name) for name in names}), None)


def _columns(cells: Sequence[str], periods: Sequence[Period]) -> dict[int, int] | None:
    """Which column of the table each cell of a heading names; None when the line is no heading."""
    names: dict[str, int] = {}
    for number, period in enumerate(periods):
        words = (period_words(period, "en"), period_words(period, "it"))
        dates = (f"{period.starts_on:%Y-%m}", period.starts_on.isoformat(), period.ends_on.isoformat())
        names |= {_plain(word): number for word in (*words, *dates)}
    found = {position: names[_plain(cell)] for position, cell in enumerate(cells) if _plain(cell) in names}
    return found or None


def _plain(text: str) -> str:
    return text.casefold().replace("\u2013", "-")
