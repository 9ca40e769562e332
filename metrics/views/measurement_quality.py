"""Pages around a value: what shows it, and how good it is."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.downloads import file_answer
from core.web.space import space_url
from metrics.forms.measurement_quality import GradeForm, ValueEvidenceForm
from metrics.operations.measurement import MeasurementRefusedError, grade_measurement
from metrics.operations.measurement_evidence import ValueEvidenceRefusedError, show_value_evidence
from metrics.queries.measurement import as_measurement_row, may_show_evidence, value_evidence
from metrics.views.doors import measurement_allowing, visible_measurement


@requires(Permission.SEE_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def measurement_evidence(request: SpaceRequest, slug: str, measurement_id: uuid.UUID) -> HttpResponse:
    """Show that a value is true: whoever may correct it, and whoever checks it."""
    measurement = visible_measurement(request, slug, measurement_id)
    if not may_show_evidence(request.viewer, measurement):
        raise PermissionDenied
    form = ValueEvidenceForm(request.POST if request.method == "POST" else None, request.FILES or None)
    back = space_url("measurement_detail", slug=slug, measurement_id=measurement_id)
    if request.method == "POST" and form.is_valid():
        try:
            show_value_evidence(measurement=measurement, by=request.user, **form.cleaned_data)
        except ValueEvidenceRefusedError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The evidence was added."))
            return redirect(back)
    row = as_measurement_row(measurement, request.LANGUAGE_CODE[:2])
    context = {"form": form, "row": row, "cancel_url": back}
    return render(request, "metrics/measurement_evidence.html", context, status=422 if form.errors else 200)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def measurement_file(
    request: SpaceRequest, slug: str, measurement_id: uuid.UUID, measurement_evidence_id: uuid.UUID
) -> HttpResponse:
    """A file that shows a value, for whoever may see the value."""
    measurement = visible_measurement(request, slug, measurement_id)
    evidence = get_object_or_404(value_evidence(measurement).exclude(file=None), pk=measurement_evidence_id)
    return file_answer(evidence.file)


@requires(Permission.VERIFY_MEASUREMENTS)
@require_http_methods(["GET", "POST"])
def measurement_grade(request: SpaceRequest, slug: str, measurement_id: uuid.UUID) -> HttpResponse:
    """Say how well a value is shown and how good it is."""
    measurement = measurement_allowing(request, slug, measurement_id, Permission.VERIFY_MEASUREMENTS)
    form = GradeForm(request.POST if request.method == "POST" else None, measurement=measurement)
    back = space_url("measurement_detail", slug=slug, measurement_id=measurement_id)
    if request.method == "POST" and form.is_valid():
        try:
            grade_measurement(measurement=measurement, by=request.user, **form.cleaned_data)
        except MeasurementRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your judgement was saved."))
            return redirect(back)
    row = as_measurement_row(measurement, request.LANGUAGE_CODE[:2])
    context = {"form": form, "row": row, "cancel_url": back}
    return render(request, "metrics/measurement_grade.html", context, status=422 if form.errors else 200)
