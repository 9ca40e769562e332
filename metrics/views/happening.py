"""Pages for what happened beside an indicator's values, and for people several partners counted."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access.permissions import Permission
from core.charts import line
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from metrics.forms.figure import add_refusal
from metrics.forms.happening import HappeningForm, OverlapForm
from metrics.models import Indicator
from metrics.operations.happening import note_happening, remove_happening, state_overlap
from metrics.queries.analysis import Analysis, analysis_of, happenings_visible_to, overlaps_of
from metrics.queries.indicator import IndicatorSheet
from metrics.rules.period import period_words
from metrics.rules.reach import reaches_of
from metrics.rules.sampling import interval_in_table, interval_of, parts_of
from metrics.rules.series import Point
from metrics.rules.total import NumberTable, number_table
from metrics.views.doors import indicator_allowing


def analysis_context(request: SpaceRequest, indicator: Indicator, sheet: IndicatorSheet) -> dict[str, Any]:
    """What an indicator's page shows beside its values: verdict, chart with its numbers, what happened, reach."""
    language = request.LANGUAGE_CODE[:2]
    analysis = analysis_of(request.viewer, indicator, sheet)
    return {
        "analysis": analysis,
        "drawn": _drawn(request, analysis, language),
        "numbers": _numbers(analysis, language),
        "happened": list(enumerate(analysis.happened, start=1)),
        "notes": analysis.notes,
        "reaches": [(period_words(reach.period, language), reach) for reach in analysis.reaches],
    }


def _drawn(request: SpaceRequest, analysis: Analysis, language: str) -> dict[str, Any] | None:
    chart = analysis.sheet.chart(language, [found.on for found in analysis.happened])
    if chart is None:
        return None
    brand = request.tenant.brand_colour
    return {"wide": line(chart, brand=brand), "compact": line(chart, compact=True, brand=brand)}


def _numbers(analysis: Analysis, language: str) -> NumberTable:
    """The chart as a table: each period with its value and what happened in it."""

    def happened(point: Point) -> str:
        days = point.period.starts_on, point.period.ends_on
        return "; ".join(found.title for found in analysis.happened if days[0] <= found.on <= days[1])

    def behind(point: Point) -> str:
        return _interval_words(analysis, point, language)

    sheet = analysis.sheet
    return number_table(sheet.points, sheet.figures, language, behind=behind, happened=happened)


def _interval_words(analysis: Analysis, point: Point, language: str) -> str:
    """How sure the share of a random sample is, behind the value in the table."""
    indicator = analysis.sheet.indicator
    parts = parts_of(point.numerator, point.denominator)
    found = interval_of(parts, unit=indicator.unit, sample=indicator.sample, population=indicator.population_size)
    return interval_in_table(found, parts[1], language) if found and parts else ""


@requires(Permission.DEFINE_INDICATORS)
@require_http_methods(["GET", "POST"])
def happening_new(request: SpaceRequest, slug: str, code: str) -> HttpResponse:
    """Note what happened on a day."""
    indicator = indicator_allowing(request, slug, code, Permission.DEFINE_INDICATORS)
    form = HappeningForm(request.POST or None)
    back = space_url("indicator_detail", slug=slug, code=code)
    if request.method == "POST" and form.is_valid():
        try:
            note_happening(indicator=indicator, by=request.user, today=timezone.localdate(), **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("It stands on the chart now."))
            return redirect(back)
    context = {"form": form, "indicator": indicator, "partnership": indicator.partnership, "cancel_url": back}
    return render(request, "metrics/happening_form.html", context, status=422 if form.errors else 200)


@requires(Permission.DEFINE_INDICATORS)
@require_POST
def happening_remove(request: SpaceRequest, slug: str, code: str, happening_id: uuid.UUID) -> HttpResponse:
    """Take a note away."""
    indicator = indicator_allowing(request, slug, code, Permission.DEFINE_INDICATORS)
    happening = get_object_or_404(happenings_visible_to(request.viewer), indicator=indicator, pk=happening_id)
    remove_happening(happening=happening, by=request.user)
    messages.success(request, _("The note was taken away."))
    return redirect(space_url("indicator_detail", slug=slug, code=code))


@requires(Permission.DEFINE_INDICATORS)
@require_http_methods(["GET", "POST"])
def overlap_state(request: SpaceRequest, slug: str, code: str) -> HttpResponse:
    """Say how many people several partners counted."""
    indicator = indicator_allowing(request, slug, code, Permission.DEFINE_INDICATORS)
    rows = indicator.value_rows if indicator.unit == Indicator.Unit.UNIQUE_PEOPLE else []  # type: ignore[attr-defined]  # prefetched by the door
    reaches = reaches_of(rows, overlaps_of(indicator))
    form = OverlapForm(request.POST or None, reaches=reaches)
    back = space_url("indicator_detail", slug=slug, code=code)
    if request.method == "POST" and form.is_valid():
        try:
            state_overlap(indicator=indicator, by=request.user, **form.facts())
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Unique reach stands beside the sum now."))
            return redirect(back)
    context = {"form": form, "indicator": indicator, "partnership": indicator.partnership, "cancel_url": back}
    context["reaches"] = reaches
    return render(request, "metrics/overlap_form.html", context, status=422 if form.errors else 200)
