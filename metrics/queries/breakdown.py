"""Reading breakdowns: the cuts of an indicator and what may be told of their groups."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access.viewer import Viewer
from core.charts import BarChart
from core.queries.tenant import tenant_at_work
from core.rules.bilingual import LANGUAGES
from metrics.models import Cut, CutGroup, GroupValue, Indicator, Measurement
from metrics.queries.indicator import indicators_visible_to
from metrics.rules.breakdown import HUNDRED, Broken, Part, ShownPart, Told, part_words, told_parts
from metrics.rules.figure import Figures, figures_of, percent_words
from metrics.rules.measurement import NOT_COUNTED
from metrics.rules.period import Period, period_words
from metrics.rules.statistics.shares import FEWEST_FOR_PERCENT, decimals_for

Unit = Indicator.Unit


@dataclass(frozen=True)
class GroupRow:
    """A group as a table shows it."""

    label: str
    value: str
    share: str
    target: str
    is_hidden: bool


@dataclass(frozen=True)
class CutSheet:
    """One way of breaking an indicator down, with everything that may be told of it and nothing else."""

    cut: Cut
    groups: tuple[CutGroup, ...]
    figures: Figures
    smallest: int
    told: Told
    # How many measurements of each period were broken down.
    broken: Mapping[Period, int]

    @property
    def latest(self) -> Period | None:
        """The last period that may be told over all partners."""
        return max(self.told.by_period, key=lambda period: (period.ends_on, period.starts_on), default=None)

    @property
    def periods(self) -> list[Period]:
        """The periods that may be told over all partners, the newest first."""
        return sorted(self.told.by_period, key=lambda period: (period.ends_on, period.starts_on), reverse=True)

    @property
    def has_targets(self) -> bool:
        """Whether a group has a target of its own."""
        return any(group.target_value is not None for group in self.groups)

    def rows(self, parts: Sequence[ShownPart], language: str) -> list[GroupRow]:
        """Groups in words, as every table of them shows them."""
        told = [part.count for part in parts if part.count is not None]
        whole = sum(told) if len(told) == len(parts) else 0
        return [self._row(group, part, whole, language) for group, part in zip(self.groups, parts, strict=True)]

    def written(self, part: ShownPart, language: str) -> str:
        """A part in words."""
        return part_words(part, self.figures, smallest=self.smallest, language=language)

    def chart(self, period: Period, language: str) -> BarChart | None:
        """A period's groups as bars, hidden ones without; None when nothing may be told."""
        parts = self.told.by_period[period]
        if all(part.count is None for part in parts):
            return None
        is_share = self.figures.unit == Unit.PERCENT
        return BarChart(
            title=self.finding(period, language),
            groups=[group.label for group in self.groups],
            now=[_drawn(part, is_share=is_share) for part in parts],
            now_label=_("Value"),
            before=[group.target_value for group in self.groups] if self.has_targets else (),
            before_label=_("Own target"),
            format=self.figures.axis(language),
            missing="\u2013",
            top=HUNDRED if is_share else None,
            lying=True,
        )

    def finding(self, period: Period, language: str) -> str:
        """What a period's groups are, for a caption: nothing that ranks them."""
        hidden = sum(part.count is None for part in self.told.by_period[period])
        head = _("%(cut)s, %(period)s") % {"cut": self.cut.name, "period": period_words(period, language)}
        if not hidden:
            return head
        more = ngettext("%(number)d group is not shown.", "%(number)d groups are not shown.", hidden)
        return f"{head}. {more % {'number': hidden}}"

    def _row(self, group: CutGroup, part: ShownPart, whole: int, language: str) -> GroupRow:
        share = ""
        if part.count is not None and part.cases is None and whole >= FEWEST_FOR_PERCENT:
            share = percent_words(HUNDRED * part.count / whole, language, decimals=decimals_for(whole))
        target = (
            self.figures.words(group.target_value, language, in_table=True) if group.target_value is not None else ""
        )
        return GroupRow(group.label, self.written(part, language), share, target, part.count is None)


def _drawn(part: ShownPart, *, is_share: bool) -> Decimal | None:
    if part.count is None or (is_share and not part.cases):
        return None
    return HUNDRED * part.count / Decimal(part.cases or 1) if is_share else Decimal(part.count)


def cuts_of(*indicators: Indicator) -> QuerySet[Cut]:
    """The cuts of some indicators with their groups, in the order they were added."""
    groups = Prefetch("groups", queryset=CutGroup.objects.order_by("position"), to_attr="group_rows")
    return Cut.objects.filter(indicator__in=indicators).prefetch_related(groups).order_by("created_at", "id")


def cuts_visible_to(viewer: Viewer) -> QuerySet[Cut]:
    """The cuts of the indicators a viewer may see, with indicator and partnership."""
    seen = indicators_visible_to(viewer).order_by()
    return Cut.objects.filter(indicator__in=seen).select_related("indicator__partnership").order_by("created_at", "id")


def groups_of(cut: Cut) -> list[CutGroup]:
    """The groups of a cut of ``cuts_of``, in order; the last one is "not known"."""
    found: list[CutGroup] = cut.group_rows  # type: ignore[attr-defined]  # prefetched by cuts_of
    return found


def breakdowns_of(indicator: Indicator) -> list[CutSheet]:
    """Everything that may be told of an indicator's groups: one sheet for each cut, three statements.

    Values that were corrected have no breakdown any more.
    """
    cuts = list(cuts_of(indicator))
    if not cuts:
        return []
    rows = GroupValue.objects.filter(group__cut__indicator=indicator).exclude(measurement__state__in=NOT_COUNTED)
    parts: dict[tuple[uuid.UUID, uuid.UUID], dict[uuid.UUID, Part]] = {}
    periods: dict[uuid.UUID, Period] = {}
    names = ("group__cut_id", "measurement_id", "group_id", "count", "cases")
    dates = ("measurement__period_starts_on", "measurement__period_ends_on")
    for cut_id, key, group_id, count, cases, starts_on, ends_on in rows.order_by(
        "measurement__period_ends_on", "measurement_id", "group_id"
    ).values_list(*names, *dates):
        parts.setdefault((cut_id, key), {})[group_id] = Part(count, cases)
        periods[key] = Period(starts_on, ends_on)
    return [_sheet(indicator, cut, parts, periods) for cut in cuts]


def _sheet(
    indicator: Indicator,
    cut: Cut,
    parts: Mapping[tuple[uuid.UUID, uuid.UUID], Mapping[uuid.UUID, Part]],
    periods: Mapping[uuid.UUID, Period],
) -> CutSheet:
    tenant = tenant_at_work()
    groups = groups_of(cut)
    rows = [
        Broken(key, periods[key], tuple(found[group.pk] for group in groups))
        for (cut_id, key), found in parts.items()
        if cut_id == cut.pk and len(found) == len(groups)
    ]
    broken: dict[Period, int] = {}
    for row in rows:
        broken[row.period] = broken.get(row.period, 0) + 1
    told = told_parts(rows, unit=indicator.unit, smallest=tenant.smallest_count)
    figures = figures_of(indicator, currency=tenant.currency)
    return CutSheet(cut, tuple(groups), figures, tenant.smallest_count, told, broken)


def frozen_groups(indicator: Indicator, *, until: date) -> list[dict[str, Any]]:
    """For a report: the last period of each cut that ended by a day, hidden exactly as on every other view.

    Periods in which a value was sent back with a question are left out as a whole: without that value they would be
    another table, from which hidden parts could be subtracted.
    """
    questioned = Measurement.objects.filter(indicator=indicator, state=Measurement.State.QUERIED)
    doubtful = {Period(*dates) for dates in questioned.values_list("period_starts_on", "period_ends_on").order_by("id")}
    found = []
    for sheet in breakdowns_of(indicator):
        period = next((one for one in sheet.periods if one.ends_on <= until and one not in doubtful), None)
        if period is not None:
            found.append(_frozen(sheet, period))
    return found


def _frozen(sheet: CutSheet, period: Period) -> dict[str, Any]:
    names = {}
    for language in LANGUAGES:
        with translation.override(language):
            names[f"name_{language}"] = sheet.cut.name
    groups = [
        {
            "label_en": group.label_en,
            "label_it": group.label_it,
            "showing": part.showing.value,
            "count": part.count,
            "cases": part.cases,
        }
        for group, part in zip(sheet.groups, sheet.told.by_period[period], strict=True)
    ]
    dates = {"starts_on": period.starts_on.isoformat(), "ends_on": period.ends_on.isoformat()}
    return {"id": str(sheet.cut.pk), **names, **dates, "smallest": sheet.smallest, "groups": groups}


def parts_of(measurement: Measurement) -> dict[uuid.UUID, list[Part]]:
    """The parts of a measurement as they were entered, by cut, in the order of the groups.

    Only for whoever may enter them: nothing is hidden here.
    """
    found: dict[uuid.UUID, list[Part]] = {}
    rows = GroupValue.objects.filter(measurement=measurement).select_related("group").order_by("group__position")
    for row in rows:
        found.setdefault(row.group.cut_id, []).append(Part(row.count, row.cases))
    return found
