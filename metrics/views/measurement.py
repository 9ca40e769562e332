"""Pages for entering, checking and correcting values."""

import uuid
from collections.abc import Iterator

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.lists import csv_response, page_of
from core.web.pages import page
from core.web.space import space_url
from metrics.forms.figure import add_refusal
from metrics.forms.measurement import CorrectionForm, MeasurementForm, QuestionForm
from metrics.models import Indicator, Measurement
from metrics.operations.measurement import (
    MeasurementRefusedError,
    correct_measurement,
    question_measurement,
    record_measurement,
    verify_measurement,
)
from metrics.queries.due import values_owed_by
from metrics.queries.indicator import plain_number
from metrics.queries.measurement import (
    Measuring,
    as_measurement_row,
    doubts_about,
    grades_of,
    may_correct,
    may_show_evidence,
    measurement_chain,
    measurement_list,
    measuring_in,
    newer_value,
    value_evidence,
    verdict_on_verifying,
)
from metrics.queries.period_lock import lock_for
from metrics.rules.period import Period, period_to_report
from metrics.rules.period_lock import locked_sentence
from metrics.views.breakdown import measurement_parts
from metrics.views.doors import indicator_allowing, measurement_allowing, visible_measurement
from partnerships.models import Partnership
from partnerships.views.doors import visible_partnership
from partnerships.views.tabs import partnership_tabs


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def measurements(request: SpaceRequest, slug: str) -> HttpResponse:
    """All values of a partnership, narrowed by state, also as CSV."""
    partnership = visible_partnership(request, slug)
    if request.GET.get("format") == "csv":
        return _csv(request, partnership)
    state = request.GET.get("state", "")
    state = state if state in Measurement.State.values else ""
    language = request.LANGUAGE_CODE[:2]
    rows = measurement_list(request.viewer, partnership, state=state)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "indicator_list"),
        "page": page_of(request, rows, as_row=lambda row: as_measurement_row(row, language)),
        "state": state,
        "states": [choice for choice in Measurement.State.choices if choice[0] != Measurement.State.DRAFT],
        "can_enter": request.viewer.can(Permission.ENTER_MEASUREMENTS, partnership.scope_id),
    }
    return page(request, "metrics/measurement_list.html", context, partial="results")


def _csv(request: SpaceRequest, partnership: Partnership) -> HttpResponse:
    header = [
        _("Code"), _("Indicator"), _("Unit"), _("From"), _("To"), _("Value"), _("How many"), _("Out of how many"),
        _("No value because"), _("Organisation"), _("Source"), _("Remark"), _("State"), _("Entered on"),
        _("Version of the indicator"), _("Estimate"),
    ]  # fmt: skip

    def cells() -> Iterator[tuple[object, ...]]:
        for row in measurement_list(request.viewer, partnership).iterator(chunk_size=2000):
            indicator, who = row.indicator, row.member.organisation.name if row.member else ""
            yield (
                indicator.code, indicator.name, indicator.get_unit_display(), row.period_starts_on, row.period_ends_on,
                plain_number(row.value), plain_number(row.numerator), plain_number(row.denominator),
                row.missing_reason, who, row.source, row.note, row.get_state_display(),
                timezone.localdate(row.entered_at), row.version, _("yes") if row.is_estimate else _("no"),
            )  # fmt: skip

    return csv_response(f"{partnership.slug}-{_('values')}", header, cells(), language=request.LANGUAGE_CODE)


@requires(Permission.ENTER_MEASUREMENTS)
@require_http_methods(["GET", "POST"])
def measurement_new(request: SpaceRequest, slug: str, code: str) -> HttpResponse:
    """Enter the value of a period, or say why there is none."""
    indicator = indicator_allowing(request, slug, code, Permission.ENTER_MEASUREMENTS)
    measuring = measuring_in(request.viewer, indicator.partnership)
    if not measuring:
        raise PermissionDenied
    form = MeasurementForm(
        request.POST or None,
        indicator=indicator,
        members=measuring.members,
        for_all=measuring.for_all,
        period=_period_for(indicator, measuring),
    )
    back = space_url("indicator_detail", slug=slug, code=code)
    if request.method == "POST" and form.is_valid():
        try:
            record_measurement(indicator=indicator, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The value was sent. Somebody else checks it now."))
            return redirect(back)
    context = {"form": form, "indicator": indicator, "partnership": indicator.partnership, "cancel_url": back}
    return render(request, "metrics/measurement_form.html", context, status=422 if form.errors else 200)


def _period_for(indicator: Indicator, measuring: Measuring) -> Period:
    """The period somebody most likely has a value for: what their organisation owes, else the one after the last."""
    today = timezone.localdate()
    rows: list[Measurement] = indicator.value_rows  # type: ignore[attr-defined]  # prefetched by the door
    if not measuring.for_all:
        own = {member.pk for member in measuring.members}
        owed = [one.period for one in values_owed_by(own, today=today) if one.indicator.pk == indicator.pk]
        if owed:
            return owed[0]
        rows = [row for row in rows if row.member_id in own]
    last = rows[-1].period_ends_on if rows else None
    return period_to_report(indicator.frequency, last_reported=last, today=today)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def measurement_detail(request: SpaceRequest, slug: str, measurement_id: uuid.UUID) -> HttpResponse:
    """One value: who entered it, who checked it, and what it replaced."""
    measurement = visible_measurement(request, slug, measurement_id)
    language = request.LANGUAGE_CODE[:2]
    indicator = measurement.indicator
    checks = request.viewer.can(Permission.VERIFY_MEASUREMENTS, indicator.partnership.scope_id)
    corrected = measurement.state == Measurement.State.CORRECTED
    lock = lock_for(indicator.partnership_id, measurement.period_ends_on)
    context = {
        "measurement": measurement,
        "indicator": indicator,
        "partnership": indicator.partnership,
        "row": as_measurement_row(measurement, language),
        "earlier": [(old, as_measurement_row(old, language)) for old in measurement_chain(request.viewer, measurement)],
        "newer": newer_value(request.viewer, measurement) if corrected else None,
        "doubts": doubts_about(measurement),
        "verdict": verdict_on_verifying(measurement, request.user) if checks else None,
        "can_correct": not corrected and lock is None and may_correct(request.viewer, measurement),
        "can_show": not corrected and may_show_evidence(request.viewer, measurement),
        "can_grade": not corrected and checks and request.user.pk != measurement.entered_by_id,
        "evidence": list(value_evidence(measurement)),
        "grades": grades_of(measurement),
        "locked": locked_sentence(lock) if lock else "",
        **measurement_parts(request, measurement),
    }
    return render(request, "metrics/measurement_detail.html", context)


@requires(Permission.VERIFY_MEASUREMENTS)
@require_POST
def measurement_verify(request: SpaceRequest, slug: str, measurement_id: uuid.UUID) -> HttpResponse:
    """Confirm a value as a second person."""
    measurement = measurement_allowing(request, slug, measurement_id, Permission.VERIFY_MEASUREMENTS)
    try:
        verify_measurement(measurement=measurement, by=request.user)
    except MeasurementRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The value is verified."))
    return redirect(space_url("measurement_detail", slug=slug, measurement_id=measurement_id))


@requires(Permission.VERIFY_MEASUREMENTS)
@require_http_methods(["GET", "POST"])
def measurement_question(request: SpaceRequest, slug: str, measurement_id: uuid.UUID) -> HttpResponse:
    """Send a value back with a question."""
    measurement = measurement_allowing(request, slug, measurement_id, Permission.VERIFY_MEASUREMENTS)
    form = QuestionForm(request.POST or None)
    back = space_url("measurement_detail", slug=slug, measurement_id=measurement_id)
    if request.method == "POST" and form.is_valid():
        try:
            question_measurement(measurement=measurement, by=request.user, **form.cleaned_data)
        except MeasurementRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your question was sent back with the value."))
            return redirect(back)
    row = as_measurement_row(measurement, request.LANGUAGE_CODE[:2])
    context = {"form": form, "measurement": measurement, "row": row, "cancel_url": back}
    return render(request, "metrics/measurement_question.html", context, status=422 if form.errors else 200)


@requires(Permission.ENTER_MEASUREMENTS)
@require_http_methods(["GET", "POST"])
def measurement_correct(request: SpaceRequest, slug: str, measurement_id: uuid.UUID) -> HttpResponse:
    """Put a corrected value in the place of one."""
    measurement = measurement_allowing(request, slug, measurement_id, Permission.ENTER_MEASUREMENTS)
    if not may_correct(request.viewer, measurement):
        raise PermissionDenied
    form = CorrectionForm(request.POST or None, measurement=measurement)
    back = space_url("measurement_detail", slug=slug, measurement_id=measurement_id)
    if request.method == "POST" and form.is_valid():
        try:
            new = correct_measurement(measurement=measurement, by=request.user, **form.cleaned_data)
        except MeasurementRefusedError as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The corrected value was sent. Somebody else checks it now."))
            return redirect(space_url("measurement_detail", slug=slug, measurement_id=new.pk))
    context = {
        "form": form,
        "indicator": measurement.indicator,
        "partnership": measurement.indicator.partnership,
        "measurement": measurement,
        "row": as_measurement_row(measurement, request.LANGUAGE_CODE[:2]),
        "cancel_url": back,
    }
    return render(request, "metrics/measurement_form.html", context, status=422 if form.errors else 200)
