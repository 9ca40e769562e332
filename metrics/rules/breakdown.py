"""An indicator's values by groups: what may be broken down, how parts are read, what of them is told (R-I10, R-I8)."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.rules.membership import ALLOWED, Verdict
from metrics.models import Cut, Indicator, Measurement
from metrics.rules.figure import Figures
from metrics.rules.period import Period
from metrics.rules.sentence import NOTHING, Sentence
from metrics.rules.suppression import Table, shown
from stakeholders.rules.representation_hiding import Cell, Showing

Unit, Kind = Indicator.Unit, Cut.Kind
# Only counts of people or things have small ones to protect; hours and money would tell them by their size.
BREAKABLE = (Unit.COUNT, Unit.UNIQUE_PEOPLE, Unit.PERCENT)
FEWEST_TO_BREAK_DOWN = 20
FEWEST_GROUPS, MOST_GROUPS = 2, 20
HUNDRED = Decimal(100)
LARGEST_PART = 2_000_000_000
UNKNOWN = Sentence("Not known", "Non noto")
# What a new cut begins with; areas and one's own groups nobody else can name.
USUAL_GROUPS: dict[str, tuple[Sentence, ...]] = {
    Kind.GENDER: (
        Sentence("Women and girls", "Donne e ragazze"),
        Sentence("Men and boys", "Uomini e ragazzi"),
        Sentence("Another answer", "Altra risposta"),
    ),
    Kind.AGE: (
        Sentence("Under 14", "Meno di 14 anni"),
        Sentence("14 to 17", "Da 14 a 17 anni"),
        Sentence("18 to 29", "Da 18 a 29 anni"),
        Sentence("30 to 64", "Da 30 a 64 anni"),
        Sentence("65 and over", "65 anni e oltre"),
    ),
}
PARTS_DIFFER = Sentence(
    "The parts do not add up to the total. Worth a second look.",
    "Le parti non danno il totale. Vale la pena ricontrollare.",
)


@dataclass(frozen=True)
class Part:
    """What falls to a group: a count; of a percentage, for how many of how many ``cases`` it is true."""

    count: int
    cases: int | None = None


@dataclass(frozen=True)
class Broken:
    """The parts of one measurement, in the order of the cut's groups."""

    key: uuid.UUID
    period: Period
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class ShownPart:
    """A part as everybody may see it; ``count`` and ``cases`` are None where it is hidden."""

    showing: Showing
    count: int | None = None
    cases: int | None = None


@dataclass(frozen=True)
class Told:
    """What may be told of a cut: for each measurement, and for each period over all partners where that adds up."""

    by_measurement: Mapping[uuid.UUID, tuple[ShownPart, ...]]
    by_period: Mapping[Period, tuple[ShownPart, ...]]


def told_parts(rows: Sequence[Broken], *, unit: str, smallest: int) -> Told:
    """Everything that is published of one cut, hidden together so that no view tells what another hides.

    People counted once are not added up over partners: their periods are told where one measurement has all.
    """
    by_period: dict[Period, list[Broken]] = {}
    for row in rows:
        by_period.setdefault(row.period, []).append(row)
    added = {} if unit == Unit.UNIQUE_PEOPLE else {period: _sum(found) for period, found in by_period.items()}
    tables = [_table(row.key, row.parts, row.period if row.period in added else None) for row in rows]
    tables += [_table(period, parts, None) for period, parts in added.items()]
    if not tables:
        return Told({}, {})
    size = len(tables[0].counts)
    # Those of whom it is not known go first, then the groups from the last named to the first.
    ranks = [size - place for place in range(size - 1)] + [0]
    cells = shown(tables, smallest=smallest, ranks=ranks, unknown=size - 1)
    by_measurement = {row.key: _shown(row.parts, cells[row.key]) for row in rows}
    periods = {period: _shown(parts, cells[period]) for period, parts in added.items()}
    if unit == Unit.UNIQUE_PEOPLE:
        periods = {period: by_measurement[found[0].key] for period, found in by_period.items() if len(found) == 1}
    return Told(by_measurement, periods)


def _sum(rows: Sequence[Broken]) -> tuple[Part, ...]:
    columns = zip(*(row.parts for row in rows), strict=True)
    return tuple(
        Part(
            sum(part.count for part in column),
            None if column[0].cases is None else sum(part.cases or 0 for part in column),
        )
        for column in columns
    )


def _table(key: uuid.UUID | Period, parts: Sequence[Part], parent: Period | None) -> Table:
    counts = tuple(part.count for part in parts)
    others = tuple(part.cases - part.count for part in parts if part.cases is not None)
    return Table(key, counts, others, parent)


def _shown(parts: Sequence[Part], cells: Sequence[Cell]) -> tuple[ShownPart, ...]:
    return tuple(
        ShownPart(cell.showing) if cell.count is None else ShownPart(cell.showing, part.count, part.cases)
        for part, cell in zip(parts, cells, strict=True)
    )


def part_words(part: ShownPart, figures: Figures, *, smallest: int, language: str) -> str:
    """A part as every table of it shows it, in the language at work."""
    if part.showing is Showing.WITHHELD:
        return _("not shown")
    if part.count is None:
        return _("fewer than %(number)d") % {"number": smallest}
    if part.cases is None:
        return figures.words(Decimal(part.count), language, in_table=True)
    if not part.cases:
        return _("nobody")
    value = HUNDRED * part.count / Decimal(part.cases)
    numbers = {"numerator": Decimal(part.count), "denominator": Decimal(part.cases)}
    return figures.words(value, language, **numbers, in_table=True)


def whole_of(measurement: Measurement) -> Decimal | None:
    """How many there are to break down: the value, or of a percentage out of how many."""
    return measurement.denominator if measurement.indicator.unit == Unit.PERCENT else measurement.value


def can_break_down(measurement: Measurement) -> Verdict:
    """Whether a measurement may be broken down: people or things, at least twenty of them (R-I10)."""
    if measurement.indicator.unit not in BREAKABLE:
        return Verdict(False, gettext_lazy("Only counts and percentages are broken down."))
    if measurement.state == Measurement.State.CORRECTED:
        return Verdict(False, gettext_lazy("This value was replaced by a correction."))
    whole = whole_of(measurement)
    if whole is None:
        return Verdict(False, gettext_lazy("There is no value to break down."))
    if whole < FEWEST_TO_BREAK_DOWN:
        return Verdict(False, gettext_lazy("Fewer than 20 are never broken down: single people could be recognised."))
    return ALLOWED


def checked_parts(parts: Sequence[Part | None], measurement: Measurement) -> tuple[Part, ...]:
    """The parts of a measurement, the last one (not known) filled in with the rest where it was left open.

    Raises ValidationError with a sentence for a part that is missing or larger than its whole. Parts that do not add
    up are taken as they are (R-I8).
    """
    *named, unknown = parts
    known = [part for part in named if part is not None]
    if len(known) < len(named):
        raise ValidationError(_("Write a number for each group, and 0 where there is nobody."))
    found = (*known, unknown or _rest(known, measurement))
    is_share = measurement.indicator.unit == Unit.PERCENT
    for part in found:
        if (part.cases is not None) != is_share:
            raise ValidationError(_("A percentage needs both numbers for each group, a count only one."))
        whole = LARGEST_PART if part.cases is None else part.cases
        if not 0 <= part.count <= whole <= LARGEST_PART:
            raise ValidationError(_("The part cannot be larger than the whole, nor less than zero."))
    return found


def _rest(known: Sequence[Part], measurement: Measurement) -> Part:
    if measurement.indicator.unit != Unit.PERCENT:
        return Part(max(int(measurement.value or 0) - sum(part.count for part in known), 0))
    count = max(int(measurement.numerator or 0) - sum(part.count for part in known), 0)
    cases = max(int(measurement.denominator or 0) - sum(part.cases or 0 for part in known), 0)
    return Part(min(count, cases), cases)


def parts_note(parts: Iterable[Part], measurement: Measurement) -> Sentence:
    """That the parts are not the total (R-I8); by how much stays untold, because it would tell hidden parts."""
    found = list(parts)
    if not found:
        return NOTHING
    count = sum(part.count for part in found)
    if measurement.indicator.unit != Unit.PERCENT:
        return NOTHING if count == measurement.value else PARTS_DIFFER
    cases = sum(part.cases or 0 for part in found)
    is_same = count == measurement.numerator and cases == measurement.denominator
    return NOTHING if is_same else PARTS_DIFFER
