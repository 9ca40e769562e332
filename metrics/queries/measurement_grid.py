"""Reading the grid in which many values are entered: indicators as rows, periods as columns."""

import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from core.access.viewer import Viewer
from core.web.space import space_url
from metrics.models import Cut, CutGroup, GroupValue, Indicator, Measurement, PeriodLock
from metrics.queries.breakdown import cuts_of, groups_of
from metrics.queries.due import MEASURED_STATES
from metrics.queries.indicator import indicators_visible_to
from metrics.queries.measurement import SHORT_STATES, TONES, Measuring
from metrics.queries.period_lock import locks_in_force, locks_of_all
from metrics.queries.reporter import Pair, owing_since, reporters_in_place, reporters_of
from metrics.rules.breakdown import Part
from metrics.rules.cut import is_breakable
from metrics.rules.measurement import NOT_COUNTED
from metrics.rules.measurement_grid import written, written_part
from metrics.rules.period import Period, latest_periods, period_words
from metrics.rules.period_lock import lock_over
from partnerships.models import Partnership, PartnershipMember

State = Measurement.State
Unit = Indicator.Unit
WHOLE = "whole"
PER_PAGE = 25
# How many periods may be asked for; the first is what a page begins with.
COUNTS = (4, 8, 12)
# With what falls to each group a page soon has more fields than a form may; each may bring what it was along.
MOST_GROUP_CELLS = 420


@dataclass(frozen=True)
class Wish:
    """What somebody wants to see of the grid: whose values, how many periods, only what is missing, which page.

    ``by_groups``: beneath each value what falls to the groups of its indicator.
    """

    whose: str = ""
    count: int = COUNTS[0]
    only_missing: bool = False
    number: int = 1
    by_groups: bool = False


@dataclass(frozen=True)
class GridCell:
    """One period of one row. ``text`` is what the field shows, ``stored`` what is in the database.

    A locked cell, and one that is ``is_fixed``, is shown and not asked for.
    """

    name: str
    period: Period
    label: str
    stored: str = ""
    text: str = ""
    measurement: Measurement | None = None
    is_over: bool = True
    is_locked: bool = False
    is_fixed: bool = False
    error: str = ""
    url: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether the period is over and nothing was sent, while it still can be."""
        is_empty = self.measurement is None or self.measurement.state == State.DRAFT
        return self.is_over and not self.is_locked and is_empty

    @property
    def question(self) -> str:
        """What somebody asked about the value; empty when nobody did."""
        found = self.measurement
        return found.query_note if found is not None and found.state == State.QUERIED else ""

    @property
    def state_label(self) -> str:
        """The state in a word; empty when there is no value."""
        return str(SHORT_STATES[State(self.measurement.state)]) if self.measurement else ""

    @property
    def tone(self) -> str:
        """The colour of the state."""
        return TONES[State(self.measurement.state)] if self.measurement else ""


@dataclass(frozen=True)
class GridRow:
    """An indicator of one organisation, or of the partnership as a whole (``member`` None).

    A row of a ``group`` stands among ``groups`` of the row of its whole; its cells have no state of their own.
    """

    indicator: Indicator
    member: PartnershipMember | None
    cells: tuple[GridCell, ...] = ()
    group: CutGroup | None = None
    cut: Cut | None = None
    groups: tuple["GridRow", ...] = ()

    @property
    def who(self) -> str:
        """Whose values these are; empty for the partnership as a whole."""
        return self.member.organisation.name if self.member else ""

    @property
    def about(self) -> str:
        """What the cells say, in words: the indicator, the group, and whose values they are."""
        return ", ".join(filter(None, (self.indicator.name, self.group.label if self.group else "", self.who)))

    @property
    def has_digits(self) -> bool:
        """Whether a group's cells take nothing but digits, so that a phone may show its number pad."""
        return self.group is not None and self.indicator.unit != Unit.PERCENT

    def changed(self, change: Callable[["GridRow", int, GridCell], GridCell]) -> "GridRow":
        """The same row and its groups with other cells."""
        cells = tuple(change(self, place, cell) for place, cell in enumerate(self.cells))
        return replace(self, cells=cells, groups=tuple(row.changed(change) for row in self.groups))


@dataclass(frozen=True)
class GridSection:
    """The rows of one frequency, under the same periods."""

    frequency: str
    label: str
    headings: tuple[str, ...]
    periods: tuple[Period, ...]
    rows: tuple[GridRow, ...]

    @property
    def lines(self) -> list[GridRow]:
        """The rows as they stand in the table, groups beneath their whole."""
        return [line for row in self.rows for line in (row, *row.groups)]


@dataclass(frozen=True)
class Grid:
    """One page of the grid; ``choices`` are whose values can be asked for, ``has_groups``: some can be broken down."""

    sections: tuple[GridSection, ...]
    wish: Wish
    choices: list[tuple[str, str]] = field(default_factory=list)
    total: int = 0
    has_groups: bool = False
    wider: int | None = None
    per_page: int = PER_PAGE

    @property
    def pages(self) -> int:
        """How many pages of rows there are."""
        return -(-self.total // self.per_page)

    @property
    def previous(self) -> int:
        """The page before."""
        return self.wish.number - 1

    @property
    def next(self) -> int:
        """The page after."""
        return self.wish.number + 1

    @property
    def cells(self) -> list[tuple[GridRow, GridCell]]:
        """Every cell with its row."""
        return [(row, cell) for section in self.sections for row in section.lines for cell in row.cells]

    @property
    def errors(self) -> list[tuple[GridRow, GridCell]]:
        """The cells with something to put right."""
        return [(row, cell) for row, cell in self.cells if cell.error]

    def showing(self, texts: dict[str, str], errors: dict[str, str] | None = None) -> "Grid":
        """The same grid with other texts in its fields, by the names of its cells, and with errors at some."""
        wrong = errors or {}

        def shown(_row: GridRow, _place: int, cell: GridCell) -> GridCell:
            return replace(cell, text=texts.get(cell.name, cell.text), error=wrong.get(cell.name, ""))

        sections = (
            replace(section, rows=tuple(row.changed(shown) for row in section.rows)) for section in self.sections
        )
        return replace(self, sections=tuple(sections))


def grid_for_entry(
    viewer: Viewer, partnership: Partnership, measuring: Measuring, wish: Wish, *, today: date, language: str
) -> Grid:
    """What somebody may enter: for one organisation, for the whole partnership, or for all who give values.

    Six statements, however many rows: indicators, their cuts, who reported what and who is asked, values of the page
    and locks; two more where there are cuts; with ``only_missing`` two more: the periods that are there, and locks.
    """
    # Stories are told at their indicator, and nobody enters what is computed.
    asked = indicators_visible_to(viewer).filter(partnership=partnership, formula="").exclude(unit=Unit.STORY)
    indicators = list(asked)
    pairs = _pairs(indicators, measuring, wish.whose)
    if wish.only_missing:
        pairs = _with_gaps(pairs, wish, today)
    cuts = _cuts(indicators)
    lines = 1 + max((sum(len(groups_of(cut)) for cut in found) for found in cuts.values()), default=0)
    counts: tuple[int, ...] = COUNTS
    per_page = PER_PAGE
    if wish.by_groups:
        counts = tuple(count for count in COUNTS if count * lines <= MOST_GROUP_CELLS) or COUNTS[:1]
        wish = replace(wish, count=min(wish.count, counts[-1]))
        per_page = max(1, min(PER_PAGE, MOST_GROUP_CELLS // (wish.count * lines)))
    start = (wish.number - 1) * per_page
    sections = _sections(
        pairs[start : start + per_page], wish, today=today, language=language, cuts=cuts if wish.by_groups else {}
    )
    wider = next((count for count in counts if count > wish.count), None)
    return Grid(sections, wish, _choices(measuring), len(pairs), bool(cuts), wider, per_page)


def grid_of_missing(member_ids: Collection[uuid.UUID], *, today: date, language: str, by_groups: bool = False) -> Grid:
    """What some organisations still owe: the empty cells of what they reported before or are asked for by name.

    Values with a question are among it. What is there already stands beside it and cannot be changed.
    """
    rows = Measurement.objects.exclude(state__in=NOT_COUNTED).filter(
        member__in=member_ids, indicator__partnership__state__in=MEASURED_STATES, story=""
    )
    rows = rows.select_related("indicator__partnership", "member__organisation").order_by("-period_ends_on", "id")
    asked = reporters_in_place().filter(member__in=member_ids, indicator__partnership__state__in=MEASURED_STATES)
    named = asked.exclude(indicator__unit=Unit.STORY).select_related("indicator__partnership", "member__organisation")
    known: dict[tuple[uuid.UUID, uuid.UUID | None], Row] = {
        (row.indicator_id, row.member_id): (row.indicator, row.member) for row in named
    }
    known |= {(row.indicator_id, row.member_id): (row.indicator, row.member) for row in rows}
    firsts = {(row.indicator_id, row.member_id): row.period_ends_on for row in rows if row.member_id}
    since = owing_since(firsts, named)
    pairs = sorted(known.values(), key=lambda pair: (pair[0].name, str(pair[1])))
    wish, cuts = Wish(by_groups=by_groups), _cuts([indicator for indicator, _member in pairs])
    sections = _sections(pairs, wish, today=today, language=language, cuts=cuts if by_groups else {})
    found = tuple(replace(section, rows=_asked(section.rows, since)) for section in sections)
    shown = tuple(section for section in found if section.rows)
    has_groups = any(row.indicator.pk in cuts for section in shown for row in section.rows)
    return Grid(shown, wish, total=len(pairs), has_groups=has_groups)


def _asked(rows: Sequence[GridRow], owing: dict[Pair, date]) -> tuple[GridRow, ...]:
    """The rows in which something is asked for, after the day from which it is owed; every other cell is fixed."""

    def asked(whole: GridRow) -> GridRow:
        # Who is not asked any more still answers a question.
        since = owing.get((whole.indicator.pk, whole.member.pk), date.max) if whole.member else date.max

        def fixed(_row: GridRow, place: int, cell: GridCell) -> GridCell:
            value = whole.cells[place]
            is_asked = value.is_missing and value.period.ends_on > since
            return replace(cell, is_fixed=not (is_asked or (value.question and not value.is_locked)), url="")

        return whole.changed(fixed)

    return tuple(row for row in map(asked, rows) if any(not cell.is_fixed for cell in row.cells))


type Row = tuple[Indicator, PartnershipMember | None]


def _choices(measuring: Measuring) -> list[tuple[str, str]]:
    members = [(str(member.pk), member.organisation.name) for member in measuring.members]
    if measuring.for_all:
        return [("", _("All who give values")), (WHOLE, _("The partnership as a whole")), *members]
    return [("", _("All of ours")), *members] if len(members) > 1 else []


def _pairs(indicators: Sequence[Indicator], measuring: Measuring, whose: str) -> list[Row]:
    members = {str(member.pk): member for member in measuring.members}
    if whose == WHOLE and measuring.for_all:
        return [(indicator, None) for indicator in indicators]
    if whose in members:
        return [(indicator, members[whose]) for indicator in indicators]
    if not measuring.for_all:
        return [(indicator, member) for indicator in indicators for member in measuring.members]
    reporters = reporters_of(indicators)
    return [
        (indicator, members.get(str(member_id)) if member_id else None)
        for indicator in indicators
        for member_id in reporters.get(indicator.pk, [None])
        if member_id is None or str(member_id) in members
    ]


def _with_gaps(pairs: Sequence[Row], wish: Wish, today: date) -> list[Row]:
    """The pairs for which some period shown is over and nothing was sent."""
    rows = Measurement.objects.filter(indicator__in={indicator.pk for indicator, _member in pairs})
    locks = locks_in_force(pairs[0][0].partnership_id) if pairs else []
    there = set(
        rows.exclude(state__in=NOT_COUNTED)
        .order_by()
        .values_list("indicator_id", "member_id", "period_starts_on", "period_ends_on")
    )
    asked = {
        frequency: [
            period
            for period in latest_periods(today, frequency, count=wish.count)
            if period.ends_on < today and lock_over(period.ends_on, locks) is None
        ]
        for frequency in {indicator.frequency for indicator, _member in pairs}
    }
    return [
        (indicator, member)
        for indicator, member in pairs
        if any(
            (indicator.pk, member.pk if member else None, period.starts_on, period.ends_on) not in there
            for period in asked[indicator.frequency]
        )
    ]


type Values = dict[tuple[uuid.UUID, uuid.UUID | None, Period], Measurement]
type Cuts = dict[uuid.UUID, list[Cut]]
type Parts = dict[tuple[uuid.UUID, uuid.UUID], Part]


@dataclass(frozen=True)
class _Shown:
    """What cells are drawn from: the periods of each frequency, values, parts and locks there are, day and language."""

    periods: dict[str, list[Period]]
    values: Values
    cuts: Cuts
    parts: Parts
    locks: dict[uuid.UUID, list[PeriodLock]]
    today: date
    language: str

    def row(self, indicator: Indicator, member: PartnershipMember | None) -> GridRow:
        """The cells of an indicator of one organisation, and of its groups."""
        periods = self.periods[indicator.frequency]
        row = GridRow(indicator, member, tuple(self._cell(indicator, member, period) for period in periods))
        groups = [(cut, group) for cut in self.cuts.get(indicator.pk, []) for group in groups_of(cut)]
        return replace(row, groups=tuple(self._group_row(row, cut, group) for cut, group in groups))

    def _group_row(self, row: GridRow, cut: Cut, group: CutGroup) -> GridRow:
        cells = tuple(self._part(cell, group) for cell in row.cells)
        return replace(row, cells=cells, cut=cut, group=group)

    def _part(self, cell: GridCell, group: CutGroup) -> GridCell:
        part = self.parts.get((cell.measurement.pk, group.pk)) if cell.measurement else None
        text = written_part(part, self.language) if part else ""
        name = f"{cell.name}.{group.pk}"
        return replace(cell, name=name, stored=text, text=text, measurement=None, url="")

    def _cell(self, indicator: Indicator, member: PartnershipMember | None, period: Period) -> GridCell:
        member_id = member.pk if member else None
        cell = GridCell(
            name=f"{indicator.code}.{member_id or WHOLE}.{period.starts_on}",
            period=period,
            label=period_words(period, self.language),
            measurement=self.values.get((indicator.pk, member_id, period)),
            is_over=period.ends_on < self.today,
            is_locked=lock_over(period.ends_on, self.locks.get(indicator.partnership_id, [])) is not None,
        )
        if cell.measurement is None:
            return cell
        cell.measurement.indicator = indicator
        text = written(cell.measurement, self.language)
        address = {"slug": indicator.partnership.slug, "measurement_id": cell.measurement.pk}
        # A draft has no page of its own.
        is_draft = cell.measurement.state == State.DRAFT
        url = "" if is_draft else space_url("measurement_detail", **address)
        return replace(cell, stored=text, text=text, url=url)


def _cuts(indicators: Sequence[Indicator]) -> Cuts:
    """The ways in which each of some indicators is broken down, with their groups."""
    found: Cuts = {}
    for cut in cuts_of(*(indicator for indicator in indicators if is_breakable(indicator))):
        found.setdefault(cut.indicator_id, []).append(cut)
    return found


def _parts(values: Values, cuts: Cuts) -> Parts:
    """What falls to the groups of some values; nothing is asked for where nothing is broken down."""
    broken = [row.pk for row in values.values() if row.indicator_id in cuts]
    if not broken:
        return {}
    rows = GroupValue.objects.filter(measurement__in=broken).order_by()
    return {(row.measurement_id, row.group_id): Part(row.count, row.cases) for row in rows}


def _sections(pairs: Sequence[Row], wish: Wish, *, today: date, language: str, cuts: Cuts) -> tuple[GridSection, ...]:
    periods = {
        str(frequency): latest_periods(today, frequency, count=wish.count) for frequency in Indicator.Frequency.values
    }
    values = _values(pairs, first=min(found[0].starts_on for found in periods.values()))
    locks = locks_of_all({indicator.partnership_id for indicator, _member in pairs})
    shown = _Shown(periods, values, cuts, _parts(values, cuts), locks, today, language)
    sections = []
    for frequency, label in Indicator.Frequency.choices:
        rows = tuple(shown.row(indicator, member) for indicator, member in pairs if indicator.frequency == frequency)
        if rows:
            headings = tuple(period_words(period, language) for period in periods[frequency])
            sections.append(GridSection(frequency, str(label), headings, tuple(periods[frequency]), rows))
    return tuple(sections)


def _values(pairs: Sequence[Row], *, first: date) -> Values:
    rows = Measurement.objects.filter(
        indicator__in={indicator.pk for indicator, _member in pairs}, period_starts_on__gte=first
    )
    return {
        (row.indicator_id, row.member_id, Period(row.period_starts_on, row.period_ends_on)): row
        for row in rows.exclude(state=State.CORRECTED).order_by("id")
    }
