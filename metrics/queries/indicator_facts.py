"""What an indicator's page shows of its sheet, beyond what it measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.rules.bilingual import LANGUAGES, spoken
from metrics.models import Indicator, IndicatorVersion
from metrics.queries.indicator import IndicatorSheet
from metrics.rules.iati import codes_of
from metrics.rules.measurement import PARTED
from metrics.rules.period import period_words

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def sheet_facts(indicator: Indicator) -> list[tuple[str, str]]:
    """What is written on the sheet, by label; nothing for what is empty."""
    bounds = [f"{bound.normalize():f}" if bound is not None else "…" for bound in (indicator.lowest, indicator.highest)]
    has_bounds = indicator.lowest is not None or indicator.highest is not None
    found = [
        (_("Which question it answers"), str(indicator.get_question_display()) if indicator.question else ""),
        (_("Whom it speaks of"), str(indicator.get_answers_for_display())),
        (_("Who or what is counted above the line"), spoken(indicator, "numerator")),
        (_("Out of whom"), spoken(indicator, "denominator")),
        (_("How nobody is counted twice"), spoken(indicator, "deduplication")),
        (_("How it is measured"), spoken(indicator, "method")),
        (_("With what it is measured"), spoken(indicator, "instrument")),
        (_("Who looks after it"), spoken(indicator, "responsible")),
        (_("Possible values"), " \u2013 ".join(bounds) if has_bounds else ""),
        (_("How values of several partners are put together"), _aggregation(indicator)),
        (_("Of whom the value is found"), _sample(indicator)),
        (_("Why this indicator"), spoken(indicator, "rationale")),
        (_("What it cannot say"), spoken(indicator, "limits")),
        (_("Care for people and their data"), spoken(indicator, "ethics_note")),
        (_("What collecting it costs"), spoken(indicator, "cost_note")),
        (_("How people get to see it and answer"), spoken(indicator, "feedback_note")),
    ]
    return [(label, text) for label, text in found if text]


@dataclass(frozen=True)
class Gap:
    """What a complete sheet would say and this one does not, or only in one language; ``label`` in words."""

    name: str
    label: str
    missing_in: tuple[str, ...]


# What a sheet says in words, and of which indicators it is asked.
WORDS: dict[str, StrPromise | str] = {
    "name": gettext_lazy("Name"),
    "definition": gettext_lazy("What counts"),
    "numerator": gettext_lazy("Who or what is counted above the line"),
    "denominator": gettext_lazy("Out of whom"),
    "deduplication": gettext_lazy("How nobody is counted twice"),
    "source": gettext_lazy("Source"),
    "method": gettext_lazy("How it is measured"),
    "instrument": gettext_lazy("With what it is measured"),
    "responsible": gettext_lazy("Who looks after it"),
    "rationale": gettext_lazy("Why this indicator"),
    "limits": gettext_lazy("What it cannot say"),
    "ethics_note": gettext_lazy("Care for people and their data"),
    "cost_note": gettext_lazy("What collecting it costs"),
    "feedback_note": gettext_lazy("How people get to see it and answer"),
}
IF_PARTED, IF_MEASURED = ("numerator", "denominator"), ("source", "method", "instrument", "cost_note")


def sheet_gaps(indicator: Indicator) -> list[Gap]:
    """What is missing on an indicator's sheet, or stands in one language only (domain 8.1)."""
    left_out = {
        *(() if indicator.unit in PARTED else IF_PARTED),
        *(() if indicator.unit == Indicator.Unit.UNIQUE_PEOPLE else ("deduplication",)),
        *(IF_MEASURED if indicator.formula else ()),
    }
    found = [
        Gap(name, str(label), tuple(code for code in LANGUAGES if not getattr(indicator, f"{name}_{code}").strip()))
        for name, label in WORDS.items()
        if name not in left_out
    ]
    if not indicator.question:
        found.append(Gap("question", _("Which question it answers"), tuple(LANGUAGES)))
    has_start = indicator.baseline_value is not None or indicator.baseline_due_on is not None
    if not has_start and not indicator.formula and indicator.unit != Indicator.Unit.STORY:
        found.append(Gap("baseline_value", _("Starting value"), tuple(LANGUAGES)))
    return [gap for gap in found if gap.missing_in]


def gap_lines(gaps: list[Gap]) -> list[tuple[str, str]]:
    """The same in lines: what nobody wrote, and what stands in one language only."""
    headings = {
        tuple(LANGUAGES): _("Not written yet"),
        ("it",): _("In English only"),
        ("en",): _("In Italian only"),
    }
    lines = [
        (heading, ", ".join(gap.label for gap in gaps if set(gap.missing_in) == set(missing_in)))
        for missing_in, heading in headings.items()
    ]
    return [(heading, names) for heading, names in lines if names]


def indicator_versions(indicator: Indicator) -> list[IndicatorVersion]:
    """What the indicator meant before, newest first."""
    rows = IndicatorVersion.objects.filter(indicator=indicator).select_related("replaced_by")
    return list(rows.order_by("-number"))


def computed_lines(indicator: Indicator, sheet: IndicatorSheet, language: str) -> list[tuple[str, str]]:
    """The computed values, newest first, each with its period; why there is none where there is none."""
    if not indicator.formula:
        return []
    return [
        (period_words(point.period, language), point.missing_reason or sheet.figures.words(point.value, language))
        for point in reversed(sheet.points)
    ]


def _sample(indicator: Indicator) -> str:
    if not indicator.sample:
        return ""
    words = str(indicator.get_sample_display())
    if indicator.population_size is None:
        return words
    number = number_format(indicator.population_size, force_grouping=True)
    return _("%(sample)s, of %(number)s") % {"sample": words, "number": number}


IATI_COLUMNS = (
    gettext_lazy("IATI result type"),
    gettext_lazy("IATI indicator measure"),
    gettext_lazy("IATI aggregation status"),
    gettext_lazy("IATI vocabulary"),
    gettext_lazy("IATI code"),
)


def iati_cells(indicator: Indicator) -> tuple[str, ...]:
    """The codes for IATI as a table file has them, in the order of ``IATI_COLUMNS``."""
    codes = codes_of(indicator)
    return codes.result_type, codes.measure, str(int(codes.is_aggregated)), codes.vocabulary, codes.reference


def iati_facts(indicator: Indicator) -> list[tuple[str, str]]:
    """The codes for IATI by label, for the folded part of the sheet."""
    codes = codes_of(indicator)
    vocabulary = f"{codes.vocabulary} {indicator.get_iati_vocabulary_display()}" if codes.vocabulary else ""
    found = [
        (_("Result type"), codes.result_type),
        (_("Indicator measure"), f"{codes.measure} {Indicator.IatiMeasure(codes.measure).label}"),
        (_("May its values be added up?"), str(Indicator.YesOrNo(str(int(codes.is_aggregated))).label)),
        (_("List it is taken from"), vocabulary),
        (_("Its code in that list"), codes.reference),
    ]
    return [(label, text) for label, text in found if text]


def _aggregation(indicator: Indicator) -> str:
    return str(indicator.get_aggregation_display()) if indicator.aggregation else ""
