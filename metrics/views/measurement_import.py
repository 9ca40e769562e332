"""Pages of an import of values: the file, the check, what came of it."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from core.access.permissions import Permission
from core.rules.upload_content import UploadError
from core.tabular.errors import TableError
from core.web.access import SpaceRequest, requires
from core.web.lists import xlsx_response
from core.web.space import space_url
from metrics.forms.measurement_import import ValuesFileForm, ValuesStartForm
from metrics.models import MeasurementImport
from metrics.operations.measurement_batch import Entered, EntriesRefusedError
from metrics.operations.measurement_import import (
    ImportOverError,
    RowsRefusedError,
    begin_measurement_import,
    run_measurement_import,
)
from metrics.queries.measurement import Measuring, measuring_in
from metrics.queries.measurement_import import checked_file, measurement_imports, preview_rows, template_rows
from partnerships.models import Partnership
from partnerships.views.doors import partnership_allowing

LATEST = 5
MOST_SHOWN = 100


def _doors(request: SpaceRequest, slug: str) -> tuple[Partnership, Measuring]:
    partnership = partnership_allowing(request, slug, Permission.ENTER_MEASUREMENTS)
    measuring = measuring_in(request.viewer, partnership)
    if not measuring:
        raise PermissionDenied
    return partnership, measuring


def headings() -> list[str]:
    """The columns of a file of values, as a downloaded list names them."""
    return [
        _("Code"), _("Indicator"), _("Organisation"), _("From"), _("To"), _("Value"), _("How many"),
        _("Out of how many"), _("No value because"), _("Source"), _("Remark"),
    ]  # fmt: skip


@requires(Permission.ENTER_MEASUREMENTS)
@require_http_methods(["GET", "POST"])
def measurement_import(request: SpaceRequest, slug: str) -> HttpResponse:
    """Bring a file of values."""
    partnership, _measuring = _doors(request, slug)
    form = ValuesFileForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            begun = begin_measurement_import(
                partnership=partnership,
                upload=form.cleaned_data["file"],
                viewer=request.viewer,
                by=request.user,
                language=request.LANGUAGE_CODE[:2],
            )
        except (UploadError, TableError) as error:
            form.add_error("file", str(error))
        else:
            return redirect(space_url("measurement_import_check", slug=slug, measurement_import_id=begun.pk))
    context = {
        "form": form,
        "partnership": partnership,
        "latest": measurement_imports(request.viewer, partnership)[:LATEST],
        "cancel_url": space_url("measurement_grid", slug=slug),
    }
    return render(request, "metrics/measurement_import.html", context, status=422 if form.errors else 200)


@requires(Permission.ENTER_MEASUREMENTS)
@require_safe
def measurement_import_template(request: SpaceRequest, slug: str) -> HttpResponse:
    """A spreadsheet with the right headings and a row for each value that is missing."""
    partnership, measuring = _doors(request, slug)
    language = request.LANGUAGE_CODE[:2]
    rows = template_rows(request.viewer, partnership, measuring, today=timezone.localdate(), language=language)
    return xlsx_response(f"{partnership.slug}-{_('values')}", headings(), rows, language=language)


@requires(Permission.ENTER_MEASUREMENTS)
@require_http_methods(["GET", "POST"])
def measurement_import_check(request: SpaceRequest, slug: str, measurement_import_id: uuid.UUID) -> HttpResponse:
    """What a file would do, with every cell that cannot be used; from here it is imported."""
    partnership, _measuring = _doors(request, slug)
    found = get_object_or_404(measurement_imports(request.viewer, partnership), pk=measurement_import_id)
    problem = ""
    if request.method == "POST" and found.state == MeasurementImport.State.CHECKED:
        form = ValuesStartForm(request.POST)
        form.is_valid()
        try:
            entered = run_measurement_import(
                found=found,
                viewer=request.viewer,
                by=request.user,
                language=request.LANGUAGE_CODE[:2],
                **form.cleaned_data,
            )
        except RowsRefusedError:
            problem = _("Tick the box, or put the file right and bring it again.")
        except EntriesRefusedError as refusal:
            problem = "; ".join(f"{place}: {sentences[0]}" for place, sentences in refusal.by_place.items())
        except ImportOverError:
            return redirect(request.path)
        else:
            messages.success(request, _said(entered))
            return redirect(space_url("measurement_grid", slug=slug))
    return _checked_page(request, found, problem)


def _said(entered: Entered) -> str:
    number = entered.sent + entered.corrected
    if not number:
        return _("All values were there already. Nothing was changed.")
    return ngettext(
        "%(number)d value was imported. Somebody else checks it now.",
        "%(number)d values were imported. Somebody else checks them now.",
        number,
    ) % {"number": number}


def _checked_page(request: SpaceRequest, found: MeasurementImport, problem: str) -> HttpResponse:
    context = {"found": found, "partnership": found.partnership, "problem": problem}
    if found.state == MeasurementImport.State.CHECKED:
        language = request.LANGUAGE_CODE[:2]
        checked = checked_file(found, request.viewer, language=language)
        rows = preview_rows(checked, language)
        context |= {
            "checked": checked,
            "rows": rows[:MOST_SHOWN],
            "more": max(len(rows) - MOST_SHOWN, 0),
            "errors": checked.errors[:MOST_SHOWN],
        }
    return render(request, "metrics/measurement_import_check.html", context, status=422 if problem else 200)
