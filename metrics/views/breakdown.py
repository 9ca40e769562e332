"""Pages of an indicator's breakdowns: its groups, the parts of a value, and what may be told of them."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.charts import bars
from core.web.access import SpaceRequest, requires
from core.web.lists import csv_response
from core.web.space import space_url
from metrics.forms.breakdown import BreakdownForm, CutForm
from metrics.forms.figure import add_refusal
from metrics.models import Cut, Indicator, Measurement
from metrics.operations.breakdown import (
    BreakdownRefusedError,
    CutInUseError,
    add_cut,
    break_down,
    change_cut,
    remove_cut,
)
from metrics.queries.breakdown import (
    CutSheet,
    GroupRow,
    breakdowns_of,
    cuts_of,
    cuts_visible_to,
    groups_of,
    parts_of,
)
from metrics.queries.measurement import as_measurement_row, may_correct
from metrics.rules.breakdown import can_break_down, parts_note
from metrics.rules.cut import is_breakable
from metrics.rules.period import period_words
from metrics.rules.sentence import NOTHING
from metrics.views.doors import indicator_allowing, measurement_allowing, visible_indicator
from stakeholders.views.sent import sent


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def indicator_breakdown(request: SpaceRequest, slug: str, code: str) -> HttpResponse:
    """All periods of an indicator by its groups, also as CSV."""
    indicator = visible_indicator(request, slug, code)
    sheets, language = breakdowns_of(indicator), request.LANGUAGE_CODE[:2]
    if request.GET.get("format") == "csv":
        header = [
            _("Broken down by"), _("From"), _("To"), _("Group"), _("Value"), _("Out of how many"), _("Shown as"),
        ]  # fmt: skip
        name = f"{indicator.code}-{_('breakdown')}"
        return csv_response(name, header, _cells(sheets, language), language=request.LANGUAGE_CODE)
    context = {
        "indicator": indicator,
        "partnership": indicator.partnership,
        "cuts": [(sheet, _periods(sheet, language)) for sheet in sheets],
    }
    return render(request, "metrics/indicator_breakdown.html", context)


def _periods(sheet: CutSheet, language: str) -> list[tuple[str, list[GroupRow]]]:
    told = sheet.told.by_period
    return [(period_words(period, language), sheet.rows(told[period], language)) for period in sheet.periods]


def _cells(sheets: list[CutSheet], language: str) -> Iterator[tuple[object, ...]]:
    for sheet in sheets:
        for period in sheet.periods:
            for group, part in zip(sheet.groups, sheet.told.by_period[period], strict=True):
                yield (
                    sheet.cut.name, period.starts_on, period.ends_on, group.label, part.count, part.cases,
                    sheet.written(part, language),
                )  # fmt: skip


def breakdown_context(request: SpaceRequest, indicator: Indicator) -> dict[str, Any]:
    """What an indicator's page shows of its groups: the last period of each cut."""
    language = request.LANGUAGE_CODE[:2]
    sheets = breakdowns_of(indicator) if is_breakable(indicator) else []
    return {
        "cut_sheets": [_latest(request, sheet, language) for sheet in sheets],
        "has_earlier": any(len(sheet.told.by_period) > 1 for sheet in sheets),
        "is_breakable": is_breakable(indicator),
    }


def _latest(request: SpaceRequest, sheet: CutSheet, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {"sheet": sheet, "cut": sheet.cut}
    if (period := sheet.latest) is not None:
        found |= {
            "period": period_words(period, language),
            "finding": sheet.finding(period, language),
            "rows": sheet.rows(sheet.told.by_period[period], language),
            "broken": sheet.broken[period],
        }
        chart = sheet.chart(period, language)
        if chart is not None:
            brand = request.tenant.brand_colour
            found["drawn"] = {"wide": bars(chart, brand=brand), "compact": bars(chart, compact=True, brand=brand)}
    return found


@requires(Permission.DEFINE_INDICATORS)
@require_http_methods(["GET", "POST"])
def cut_new(request: SpaceRequest, slug: str, code: str) -> HttpResponse:
    """Break an indicator down in one more way."""
    indicator = indicator_allowing(request, slug, code, Permission.DEFINE_INDICATORS)
    taken = [cut.kind for cut in cuts_of(indicator)]
    form = CutForm(request.POST or None, kind=_kind(request, taken), taken=taken)
    back = space_url("indicator_detail", slug=slug, code=code)
    if request.method == "POST" and form.is_valid():
        try:
            add_cut(indicator=indicator, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("From now on each value can be broken down like this."))
            return redirect(back)
    context = {"form": form, "indicator": indicator, "partnership": indicator.partnership, "cancel_url": back}
    context["is_complete"] = len(taken) == len(Cut.Kind) or not is_breakable(indicator)
    return render(request, "metrics/cut_form.html", context, status=422 if form.errors else 200)


def _kind(request: SpaceRequest, taken: list[str]) -> str:
    left = [kind for kind in Cut.Kind.values if kind not in taken]
    asked = request.GET.get("kind", "")
    return asked if asked in left else next(iter(left), "")


@requires(Permission.DEFINE_INDICATORS)
@require_http_methods(["GET", "POST"])
def cut_edit(request: SpaceRequest, slug: str, code: str, cut_id: uuid.UUID) -> HttpResponse:
    """Change the groups of a breakdown, or their targets."""
    cut = _cut(request, slug, code, cut_id)
    form = CutForm(request.POST or None, cut=cut, groups=groups_of(cut))
    back = space_url("indicator_detail", slug=slug, code=code)
    if request.method == "POST" and form.is_valid():
        try:
            change_cut(cut=cut, by=request.user, **form.cleaned_data)
        except CutInUseError as refusal:
            form.add_error("groups", str(refusal))
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The groups were saved."))
            return redirect(back)
    context = {"form": form, "indicator": cut.indicator, "partnership": cut.indicator.partnership, "cut": cut}
    return render(request, "metrics/cut_form.html", context | {"cancel_url": back}, status=422 if form.errors else 200)


@requires(Permission.DEFINE_INDICATORS)
@require_POST
def cut_remove(request: SpaceRequest, slug: str, code: str, cut_id: uuid.UUID) -> HttpResponse:
    """Take a breakdown without values away."""
    cut = _cut(request, slug, code, cut_id)
    try:
        remove_cut(cut=cut, by=request.user)
    except CutInUseError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The breakdown was taken away."))
    return redirect(space_url("indicator_detail", slug=slug, code=code))


def _cut(request: SpaceRequest, slug: str, code: str, cut_id: uuid.UUID) -> Cut:
    indicator = indicator_allowing(request, slug, code, Permission.DEFINE_INDICATORS)
    cut = get_object_or_404(cuts_visible_to(request.viewer), indicator=indicator, pk=cut_id)
    return cuts_of(indicator).select_related("indicator__partnership").get(pk=cut.pk)


@requires(Permission.ENTER_MEASUREMENTS)
@require_http_methods(["GET", "POST"])
def measurement_breakdown(request: SpaceRequest, slug: str, measurement_id: uuid.UUID) -> HttpResponse:
    """Write the parts of a value by its groups."""
    measurement = measurement_allowing(request, slug, measurement_id, Permission.ENTER_MEASUREMENTS)
    if not may_correct(request.viewer, measurement):
        raise PermissionDenied
    indicator = measurement.indicator
    cuts, verdict = list(cuts_of(indicator)), can_break_down(measurement)
    form = BreakdownForm(sent(request), measurement=measurement, cuts=cuts, parts=parts_of(measurement))
    back = space_url("measurement_detail", slug=slug, measurement_id=measurement_id)
    if request.method == "POST" and form.is_valid():
        try:
            break_down(measurement=measurement, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.refuse(refusal)
        except BreakdownRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The parts were saved. Somebody else checks them with the value."))
            return redirect(back)
    context = {
        "form": form,
        "measurement": measurement,
        "indicator": indicator,
        "partnership": indicator.partnership,
        "row": as_measurement_row(measurement, request.LANGUAGE_CODE[:2]),
        "verdict": verdict,
        "cuts": cuts,
        "cancel_url": back,
    }
    return render(request, "metrics/measurement_breakdown.html", context, status=422 if form.errors else 200)


def measurement_parts(request: SpaceRequest, measurement: Measurement) -> dict[str, Any]:
    """What a value's page shows of its parts, and whether the viewer may write them."""
    language = request.LANGUAGE_CODE[:2]
    sheets = breakdowns_of(measurement.indicator) if is_breakable(measurement.indicator) else []
    told = [(sheet, sheet.told.by_measurement.get(measurement.pk)) for sheet in sheets]
    entered = parts_of(measurement) if sheets else {}
    return {
        "part_notes": {parts_note(parts, measurement) for parts in entered.values()} - {NOTHING},
        "cut_rows": [(sheet.cut, sheet.rows(parts, language)) for sheet, parts in told if parts],
        "can_break_down": bool(sheets and can_break_down(measurement) and may_correct(request.viewer, measurement)),
    }
