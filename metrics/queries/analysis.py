"""What an indicator's values allow to say: the run chart, the same time of last year, what happened, unique reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from core.access.viewer import Viewer
from metrics.happenings import Happened, registered_happenings
from metrics.models import Happening, Indicator, Measurement, Overlap
from metrics.queries.indicator import IndicatorSheet, asked_of, indicators_visible_to
from metrics.rules.dates import at_date_it, date_words
from metrics.rules.figure import Figures
from metrics.rules.reach import Reach, reach_words, reaches_of
from metrics.rules.sampling import before_after_sentence, partners_matched, sampled_sentence
from metrics.rules.sentence import NOTHING, Sentence
from metrics.rules.series import Point, figures_for, known, last_series, run_chart_of
from metrics.rules.statistics.run_chart import RunChart
from metrics.rules.statistics.seasons import YearOnYear, year_on_year
from metrics.rules.statistics.words import matched_words, year_on_year_words


@dataclass(frozen=True)
class Analysis:
    """An indicator's sheet with everything beside it that helps to read it."""

    sheet: IndicatorSheet
    run_chart: RunChart | None
    year_before: YearOnYear | None
    notes: tuple[Happening, ...]
    happened: tuple[Happened, ...]
    reaches: tuple[Reach, ...]
    # How sure the last share is, how it compares with the period before, and partner by partner.
    sampled: Sentence = NOTHING
    before_after: Sentence = NOTHING
    partners: Sentence = NOTHING

    @property
    def last_data_on(self) -> date | None:
        """The last day anything is known of."""
        days = [point.period.ends_on for point in known(self.sheet.points)]
        return max([*days, *(reach.period.ends_on for reach in self.reaches)], default=None)

    @property
    def last_data(self) -> Sentence:
        """How old the picture is, always told."""
        day = self.last_data_on
        if day is None:
            return NOTHING
        return Sentence(f"Last data: {date_words(day, 'en')}.", f"Dati fino {at_date_it(day)}.")

    @property
    def _is_of_several(self) -> bool:
        """Whether the newest period has people of several partners, and so no single number."""
        last = self.sheet.latest
        return bool(self.reaches) and (last is None or last.period.ends_on < self.reaches[0].period.ends_on)

    @property
    def finding(self) -> Sentence:
        """What the values are; people whom several partners counted have no single number."""
        if self._is_of_several:
            return reach_words(self.reaches[0])
        return self.sheet.finding

    @property
    def says(self) -> Sentence:
        """What may be said: the same time of last year first, then what the number of values allows."""
        if self._is_of_several:
            return self.reaches[0].reported
        return self.year_said + self.sheet.says

    @property
    def year_said(self) -> Sentence:
        """The last value beside that of a year before."""
        found = self.year_before
        return _year_said(found, figures_for(self.sheet.points, self.sheet.figures)) if found else NOTHING


def analysis_of(viewer: Viewer, indicator: Indicator, sheet: IndicatorSheet) -> Analysis:
    """The analysis of an indicator of ``with_values``; a statement for its notes, one for overlaps of people."""
    rows: list[Measurement] = indicator.value_rows  # type: ignore[attr-defined]  # prefetched by with_values
    notes = list(happenings_of(indicator))
    is_people = indicator.unit == Indicator.Unit.UNIQUE_PEOPLE
    reaches = reaches_of(rows, overlaps_of(indicator), asked_of(indicator)) if is_people else []
    comparable = last_series(sheet.points)
    return Analysis(
        sheet=sheet,
        run_chart=run_chart_of(comparable),
        year_before=_year_before(indicator, comparable),
        notes=tuple(notes),
        happened=tuple(_happened(viewer, indicator, notes)),
        reaches=tuple(reaches),
        sampled=sampled_sentence(
            comparable, unit=indicator.unit, sample=indicator.sample, population=indicator.population_size
        ),
        before_after=before_after_sentence(sheet.points, unit=indicator.unit, sample=indicator.sample),
        partners=_partner_by_partner(indicator, sheet, rows),
    )


def _partner_by_partner(indicator: Indicator, sheet: IndicatorSheet, rows: list[Measurement]) -> Sentence:
    """Nothing where nobody here is the cause, where whoever liked answered, and for what is no figure."""
    if indicator.is_context or indicator.sample == Indicator.Sample.OPEN or indicator.formula:
        return NOTHING
    found = partners_matched(sheet.points, rows, wants_increase=indicator.wants_increase)
    return matched_words(found) if found else NOTHING


def _year_before(indicator: Indicator, points: Sequence[Point]) -> YearOnYear | None:
    if indicator.frequency == Indicator.Frequency.YEARLY:
        return None
    series = [(point.period.ends_on, _own(point)) for point in known(points)]
    return year_on_year([(day, value) for day, value in series if value is not None])


def _own(point: Point) -> Decimal | None:
    """What the period itself brought: a running total is always more than a year before."""
    return point.value if point.own is None else point.own


def _year_said(found: YearOnYear, figures: Figures) -> Sentence:
    apart = abs(found.difference)
    is_more = None if not apart else found.difference > 0
    more = Sentence(figures.difference(apart, "en"), figures.difference(apart, "it"))
    return year_on_year_words(figures.said(found.now[1]), figures.said(found.before[1]), more, is_more=is_more)


def happenings_of(indicator: Indicator) -> QuerySet[Happening]:
    """The notes of an indicator, by date."""
    return Happening.objects.filter(indicator=indicator).order_by("happened_on", "id")


def happenings_visible_to(viewer: Viewer) -> QuerySet[Happening]:
    """The notes of the indicators a viewer may see, with indicator and partnership."""
    seen = indicators_visible_to(viewer).order_by()
    rows = Happening.objects.filter(indicator__in=seen).select_related("indicator__partnership")
    return rows.order_by("happened_on", "id")


def _happened(viewer: Viewer, indicator: Indicator, notes: Sequence[Happening]) -> list[Happened]:
    """Everything a viewer may know that happened beside an indicator's values, by date."""
    own = [Happened(row.happened_on, row.title) for row in notes]
    return sorted(own + registered_happenings(viewer, indicator), key=lambda found: (found.on, found.title))


def overlaps_of(indicator: Indicator) -> QuerySet[Overlap]:
    """What holds now of who was counted by several partners, the newest period first."""
    rows = Overlap.objects.filter(indicator=indicator, replaced_at=None)
    return rows.order_by("-period_ends_on", "-id")
