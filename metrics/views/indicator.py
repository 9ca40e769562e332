"""Pages of a partnership's indicators."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.lists import csv_response, page_of
from core.web.pages import page
from core.web.space import space_url
from metrics.forms.figure import add_refusal
from metrics.forms.indicator import IndicatorForm
from metrics.forms.indicator_sheet import sheet_cells, sheet_header
from metrics.models import Indicator
from metrics.operations.indicator import IndicatorInUseError, change_indicator, define_indicator
from metrics.queries.indicator import Inputs, as_indicator_row, indicator_list, indicator_sheet
from metrics.queries.indicator_facts import (
    IATI_COLUMNS,
    computed_lines,
    gap_lines,
    iati_cells,
    iati_facts,
    indicator_versions,
    sheet_facts,
    sheet_gaps,
)
from metrics.queries.library import picked
from metrics.queries.measurement import as_measurement_row, measuring_in
from metrics.queries.reporter import ReporterRow, reporter_rows
from metrics.rules.indicator import DEDUPLICATION, without_deduplication
from metrics.views.breakdown import breakdown_context
from metrics.views.doors import indicator_allowing, visible_indicator
from metrics.views.happening import analysis_context
from partnerships.views.doors import partnership_allowing, visible_partnership
from partnerships.views.tabs import partnership_tabs

MOST_VALUES = 200


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def indicators(request: SpaceRequest, slug: str) -> HttpResponse:
    """A partnership's indicators with their latest value and standing, also as CSV."""
    partnership = visible_partnership(request, slug)
    rows = indicator_list(request.viewer, partnership)
    today, language, inputs = timezone.localdate(), request.LANGUAGE_CODE[:2], Inputs(partnership.pk)

    def as_row(indicator: Any) -> Any:
        return as_indicator_row(indicator, today=today, language=language, inputs=inputs)

    if request.GET.get("format") == "csv":
        header = [_("Code"), _("Indicator"), _("Unit"), _("Latest value"), _("Period"), _("Target"), _("Standing")]
        cells = (
            (row.code, row.name, row.unit_label, row.latest, row.latest_on, row.target, row.standing_label, *more)
            for row, more in (
                (as_row(indicator), [*sheet_cells(indicator), *iati_cells(indicator)]) for indicator in rows
            )
        )
        header += [*map(str, sheet_header()), *map(str, IATI_COLUMNS)]
        return csv_response(_("indicators"), header, cells, language=language)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "indicator_list"),
        "page": page_of(request, rows, as_row=as_row),
        "can_define": request.viewer.can(Permission.DEFINE_INDICATORS, partnership.scope_id),
        "can_enter": request.viewer.can(Permission.ENTER_MEASUREMENTS, partnership.scope_id),
    }
    return page(request, "metrics/indicator_list.html", context)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def indicator_detail(request: SpaceRequest, slug: str, code: str) -> HttpResponse:
    """One indicator: what its values say, its chart, its targets and every value."""
    indicator = visible_indicator(request, slug, code)
    partnership, language = indicator.partnership, request.LANGUAGE_CODE[:2]
    sheet = indicator_sheet(indicator, today=timezone.localdate())
    can_define = request.viewer.can(Permission.DEFINE_INDICATORS, partnership.scope_id)
    values = list(reversed(indicator.value_rows))[:MOST_VALUES]  # type: ignore[attr-defined]  # prefetched by the door
    context = {
        "indicator": indicator,
        "partnership": partnership,
        "sheet": sheet,
        "values": [as_measurement_row(row, language) for row in values],
        "baseline": sheet.baseline_said.in_language(language),
        "targets": [(target, sheet.figures.words(target.value, language)) for target in sheet.targets],
        "can_define": can_define,
        "can_enter": not indicator.formula and bool(measuring_in(request.viewer, partnership)),
        "facts": sheet_facts(indicator),
        "gaps": gap_lines(sheet_gaps(indicator)),
        "iati_facts": iati_facts(indicator),
        "versions": indicator_versions(indicator),
        "reporters": _reporters(indicator, language),
        "computed": computed_lines(indicator, sheet, language),
        "lacks": without_deduplication(indicator.unit, *(getattr(indicator, name) for name in DEDUPLICATION)),
        **analysis_context(request, indicator, sheet),
        **breakdown_context(request, indicator),
    }
    return render(request, "metrics/indicator_detail.html", context)


def _reporters(indicator: Indicator, language: str) -> list[ReporterRow]:
    """Who is asked; nobody for what is computed. Of everybody in the area no partner is named (R-I4)."""
    if indicator.formula or indicator.is_context:
        return []
    return [row for row in reporter_rows(indicator, language) if row.is_asked]


@requires(Permission.DEFINE_INDICATORS)
@require_http_methods(["GET", "POST"])
def indicator_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Define an indicator."""
    partnership = partnership_allowing(request, slug, Permission.DEFINE_INDICATORS)
    like = picked(request.viewer, request.GET["like"]) if "like" in request.GET else None
    form = IndicatorForm(request.POST or None, cap=partnership.visibility, mode=partnership.mode, like=like)
    if request.method == "POST" and form.is_valid():
        try:
            indicator = define_indicator(partnership=partnership, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The indicator was added."))
            return redirect(space_url("indicator_detail", slug=slug, code=indicator.code))
    context = {"form": form, "partnership": partnership, "cancel_url": space_url("indicator_list", slug=slug)}
    return render(request, "metrics/indicator_form.html", context, status=422 if form.errors else 200)


@requires(Permission.DEFINE_INDICATORS)
@require_http_methods(["GET", "POST"])
def indicator_edit(request: SpaceRequest, slug: str, code: str) -> HttpResponse:
    """Change what an indicator says of itself."""
    indicator = indicator_allowing(request, slug, code, Permission.DEFINE_INDICATORS)
    scope = {"cap": indicator.partnership.visibility, "mode": indicator.partnership.mode}
    form = IndicatorForm(request.POST or None, indicator=indicator, **scope)
    back = space_url("indicator_detail", slug=slug, code=code)
    if request.method == "POST" and form.is_valid():
        try:
            change_indicator(indicator=indicator, by=request.user, **form.cleaned_data)
        except IndicatorInUseError as refusal:
            for name in refusal.fields:
                form.add_error(name, _("There are values already. Define another indicator for this."))
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The indicator was saved."))
            return redirect(back)
    context = {"form": form, "partnership": indicator.partnership, "indicator": indicator, "cancel_url": back}
    return render(request, "metrics/indicator_form.html", context, status=422 if form.errors else 200)
