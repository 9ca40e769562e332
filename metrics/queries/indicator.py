"""Reading indicators: who sees which, and what their values say today."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import ngettext

from core.access.viewer import Viewer, visible_records
from core.charts import LineChart
from core.queries.tenant import tenant_at_work
from core.web.space import space_url
from metrics.models import Indicator, Measurement
from metrics.queries.reporter import asked_lines, asked_of_indicator, left_of_indicator
from metrics.queries.target import TargetLine, target_lines, targets_of_indicator
from metrics.rules.chart import indicator_chart
from metrics.rules.figure import NOT_REPORTED, Figures, figures_of
from metrics.rules.formula import parse_formula
from metrics.rules.formula_series import computed_series
from metrics.rules.measurement import NOT_COUNTED
from metrics.rules.period import Period, last_complete_period, period_after, period_of, period_words, periods_between
from metrics.rules.progress import Course, Judgement, finding, judge
from metrics.rules.reporter import Asked
from metrics.rules.sentence import Sentence
from metrics.rules.series import (
    Point,
    figures_for,
    last_series,
    latest,
    middle_of,
    points_of,
    says_of,
)
from metrics.rules.statistics.words import reported_words
from metrics.rules.total import total_words
from partnerships.models import Partnership


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator as a list shows it."""

    code: str
    name: str
    url: str
    unit_label: str
    latest: str
    latest_on: str
    is_verified: bool
    is_context: bool
    target: str
    judgement: Judgement | None

    @property
    def standing_label(self) -> str:
        """Where it stands, in a word; empty without a target."""
        return str(self.judgement.standing.label) if self.judgement else ""


@dataclass(frozen=True)
class IndicatorSheet:
    """What an indicator's values say on a day: figures, points in order, target now and first, judgement."""

    indicator: Indicator
    figures: Figures
    points: tuple[Point, ...]
    target: TargetLine | None
    original_target: TargetLine | None
    targets: tuple[TargetLine, ...]
    judgement: Judgement | None
    missing: Period | None

    @property
    def latest(self) -> Point | None:
        """The last point that has a value."""
        return latest(self.points)

    @property
    def newest(self) -> Point | None:
        """The last period of which anything was reported, also where it makes no single number (R-I2)."""
        return next((point for point in reversed(self.points) if point.value is not None or point.reported), None)

    @property
    def latest_said(self) -> Sentence:
        """The last value in words; "not reported" when there is none."""
        last = self.latest
        return (
            self.figures.said(last.value, numerator=last.numerator, denominator=last.denominator)
            if last
            else NOT_REPORTED
        )

    @property
    def baseline_said(self) -> Sentence:
        """The starting value in words; "not reported" when there is none."""
        return baseline_said(self.indicator, self.figures)

    @property
    def finding(self) -> Sentence:
        """What the chart shows, for its caption."""
        course = course_of(self.indicator, self.target)
        if course is not None:
            return finding(course, self.latest, figures_for(self.points, self.figures))
        last = self.latest
        if last is None:
            return Sentence("No measurement so far.", "Finora nessuna rilevazione.")
        now = self.latest_said
        return Sentence(
            f"{now.text_en} in {period_words(last.period, 'en')}.",
            f"{now.text_it} ({period_words(last.period, 'it')}).",
        )

    @property
    def says(self) -> Sentence:
        """What the number of values allows to say, and which are missing."""
        return says_of(self.points, self.figures)

    def chart(self, language: str, happened: Sequence[date] = ()) -> LineChart | None:
        """The values as a line with their middle value from five on, None when there are none."""
        indicator, target, first = self.indicator, self.target, self.original_target
        has_baseline = indicator.baseline_value is not None and indicator.baseline_on is not None
        changed = first is not None and target is not None and first.value != target.value
        return indicator_chart(
            self.points,
            figures_for(self.points, self.figures),
            title=self.finding,
            frequency=indicator.frequency,
            language=language,
            baseline=(indicator.baseline_on, indicator.baseline_value) if has_baseline else None,  # type: ignore[arg-type]  # has_baseline says both are there
            target=(target.due_on, target.value) if target else None,
            original_target=first.value if changed and first else None,
            middle=None if indicator.is_cumulative else middle_of(last_series(self.points)),
            happened=happened,
        )


def baseline_said(indicator: Indicator, figures: Figures) -> Sentence:
    """An indicator's starting value in words."""
    parts = indicator.baseline_numerator, indicator.baseline_denominator
    return figures.said(indicator.baseline_value, numerator=parts[0], denominator=parts[1])


def indicators_visible_to(viewer: Viewer) -> QuerySet[Indicator]:
    """The indicators a viewer may see, in the order they were defined, with their partnership."""
    chain = ["visibility", "partnership__visibility"]
    rows = Indicator.objects.filter(visible_records(viewer, scope="partnership__scope_id", chain=chain))
    return rows.select_related("partnership").order_by("created_at", "id")


def with_values(rows: QuerySet[Indicator]) -> QuerySet[Indicator]:
    """The same indicators with all they were measured and aimed at, for ``indicator_sheet``: two statements."""
    values = Measurement.objects.exclude(state__in=NOT_COUNTED).select_related("member__organisation")
    ordered = Prefetch("measurements", queryset=values.order_by("period_ends_on", "id"), to_attr="value_rows")
    return rows.annotate(
        target_rows=targets_of_indicator(), asked_rows=asked_of_indicator(), left_rows=left_of_indicator()
    ).prefetch_related(ordered)


def indicator_list(viewer: Viewer, partnership: Partnership) -> QuerySet[Indicator]:
    """A partnership's indicators with their values."""
    return with_values(indicators_visible_to(viewer).filter(partnership=partnership))


class Inputs:
    """The measured values of a partnership's indicators by code, read when the first formula asks: two statements."""

    def __init__(self, partnership_id: uuid.UUID) -> None:
        self.partnership_id = partnership_id

    @cached_property
    def points(self) -> dict[str, dict[Period, Point]]:
        """The points of each by their period."""
        rows = with_values(Indicator.objects.filter(partnership=self.partnership_id, formula="").order_by("code"))
        return {found.code: {point.period: point for point in points_with_values(found)} for found in rows}


def indicator_sheet(indicator: Indicator, *, today: date, inputs: Inputs | None = None) -> IndicatorSheet:
    """What an indicator of ``with_values`` says on a day; ``inputs`` spare reading what its formula needs again."""
    figures = figures_of(indicator, currency=tenant_at_work().currency)
    targets = target_lines(indicator.target_rows)  # type: ignore[attr-defined]  # annotated by with_values
    points = computed_points(indicator, inputs) if indicator.formula else points_with_values(indicator)
    target = next((found for found in reversed(targets) if found.replaced_on is None), None)
    missing = first_missing_period(indicator, points, today=today)
    course = course_of(indicator, target)
    honest = figures_for(points, figures)
    judgement = judge(course, latest(points), honest, today=today, missing=missing) if course else None
    first = targets[0] if targets else None
    return IndicatorSheet(indicator, figures, tuple(points), target, first, tuple(targets), judgement, missing)


def asked_of(indicator: Indicator) -> list[Asked]:
    """Who is or was asked for the values of an indicator of ``with_values``."""
    return asked_lines(indicator.asked_rows, indicator.left_rows)  # type: ignore[attr-defined]  # annotated by with_values


def points_with_values(indicator: Indicator) -> list[Point]:
    """The values of each period of an indicator of ``with_values``."""
    return measured_points(indicator, indicator.value_rows, asked_of(indicator))  # type: ignore[attr-defined]  # prefetched by with_values


def measured_points(indicator: Indicator, rows: list[Measurement], asked: Sequence[Asked]) -> list[Point]:
    """The values of each period as they were measured; ``asked`` says of how many partners each should be made."""
    return points_of(
        rows,
        unit=indicator.unit,
        is_cumulative=indicator.is_cumulative,
        baseline=indicator.baseline_value,
        aggregation=indicator.aggregation,
        asked=asked,
    )


def computed_points(indicator: Indicator, inputs: Inputs | None) -> list[Point]:
    """The values of an indicator with a formula, from those of the others.

    A period for which one of them has no value, or a division by zero, gives a point without value that says so.
    """
    formula = parse_formula(indicator.formula)
    known = (inputs or Inputs(indicator.partnership_id)).points
    return computed_series(formula, {code: known.get(code, {}) for code in formula.codes})


def course_of(indicator: Indicator, target: TargetLine | None) -> Course | None:
    """The way from an indicator's baseline to a target; None without a target."""
    if target is None:
        return None
    starts_on = indicator.baseline_on or timezone.localdate(indicator.created_at)
    return Course(
        baseline=indicator.baseline_value,
        target=target.value,
        starts_on=min(starts_on, target.due_on - timedelta(days=1)),
        ends_on=target.due_on,
        wants_increase=indicator.wants_increase,
        baseline_due_on=indicator.baseline_due_on,
    )


def first_missing_period(indicator: Indicator, points: list[Point], *, today: date) -> Period | None:
    """The first period that is over and was neither measured nor explained, after the last that was; else None."""
    if points:
        begin = period_after(period_of(points[-1].period.ends_on, indicator.frequency), indicator.frequency).starts_on
    else:
        begin = timezone.localdate(indicator.created_at)
    over = last_complete_period(today, indicator.frequency)
    first = next((period for period in periods_between(begin, over.ends_on, indicator.frequency)), None)
    return replace(first, lag_days=indicator.lag_days) if first else None


def as_indicator_row(indicator: Indicator, *, today: date, language: str, inputs: Inputs | None = None) -> IndicatorRow:
    """What a list shows of an indicator of ``indicator_list``; ``inputs`` are those of its partnership."""
    sheet = indicator_sheet(indicator, today=today, inputs=inputs)
    last, target = sheet.newest, sheet.target
    return IndicatorRow(
        code=indicator.code,
        name=indicator.name,
        url=space_url("indicator_detail", slug=indicator.partnership.slug, code=indicator.code),
        unit_label=indicator.get_unit_display(),
        latest=_latest(sheet, last, language) if last else _stories(indicator),
        latest_on=_latest_on(last, language) if last else "",
        is_verified=bool(last and last.is_verified),
        is_context=indicator.is_context,
        target=sheet.figures.words(target.value, language) if target else "",
        judgement=sheet.judgement,
    )


def _latest(sheet: IndicatorSheet, point: Point, language: str) -> str:
    """The value of the newest period; that of several partners may be no single number."""
    return (
        total_words(point, sheet.figures, language) if point.value is None else sheet.latest_said.in_language(language)
    )


def _latest_on(point: Point, language: str) -> str:
    """The period, and of how many partners its total is made."""
    complete = reported_words(point.reported, point.expected).in_language(language).removesuffix(".")
    return " · ".join(part for part in (period_words(point.period, language), complete) if part)


def _stories(indicator: Indicator) -> str:
    """How many stories were told; empty for what is measured in figures."""
    told = sum(bool(row.story) for row in indicator.value_rows)  # type: ignore[attr-defined]  # prefetched by with_values
    return ngettext("%(number)d story", "%(number)d stories", told) % {"number": told} if told else ""


def plain_number(value: Decimal | None) -> Decimal | None:
    """A number for a table file, without the zeros the column adds; None when missing."""
    return None if value is None else Decimal(f"{value.normalize():f}")
