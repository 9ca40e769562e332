"""Pages of an import: the file, its columns, the check, and what came of it."""

import uuid

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access.permissions import Permission
from core.operations.file import QuotaFullError
from core.rules.upload_content import UploadError
from core.tabular.errors import TableError
from core.web.access import SpaceRequest, requires
from core.web.pages import page
from core.web.space import space_url
from stakeholders.forms.stakeholder_import import ColumnsForm, StartForm, UploadForm
from stakeholders.models import StakeholderImport
from stakeholders.operations.import_steps import ImportStateError, begin_import, choose_columns, start_import
from stakeholders.operations.import_undo import is_being_undone
from stakeholders.operations.stakeholder_import import ImportRefusedError
from stakeholders.queries.import_profile import profile_for
from stakeholders.queries.import_undo import can_be_undone, kept_after_undo
from stakeholders.queries.stakeholder_import import columns_of, counts_of, imports_visible_to, mapping_of, preview_of
from stakeholders.rules.import_fields import MappingError
from stakeholders.views.sent import sent

State = StakeholderImport.State
LATEST = 5


@requires(Permission.IMPORT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def stakeholder_import(request: SpaceRequest) -> HttpResponse:
    """Bring a file."""
    form = UploadForm(sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            begun = begin_import(upload=form.cleaned_data["file"], by=request.user)
        except (UploadError, TableError) as error:
            form.add_error("file", str(error))
        except QuotaFullError:
            form.add_error("file", _("This space has no room for more files."))
        else:
            step = "stakeholder_import_preview" if begun.state == State.CHECKED else "stakeholder_import_columns"
            return redirect(space_url(step, import_id=begun.pk))
    context = {"form": form, "steps": steps_at(0), "latest": imports_visible_to(request.viewer)[:LATEST]}
    return render(request, "stakeholders/import_upload.html", context, status=422 if form.errors else 200)


@requires(Permission.IMPORT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def stakeholder_import_columns(request: SpaceRequest, import_id: uuid.UUID) -> HttpResponse:
    """Say what each column holds; the whole file is checked at once."""
    found = get_object_or_404(imports_visible_to(request.viewer), pk=import_id)
    if found.format != StakeholderImport.Format.TABLE:
        return redirect(space_url("stakeholder_import_preview", import_id=import_id))
    if found.state in {State.RUNNING, State.DONE, State.UNDONE}:
        return redirect(space_url("stakeholder_import_result", import_id=import_id))
    columns = columns_of(found)
    profile = profile_for([column.header for column in columns])
    form = ColumnsForm(sent(request), columns=columns, mapping=mapping_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            profile_name = form.cleaned_data["profile_name"]
            choose_columns(record_id=import_id, mapping=form.mapping(), by=request.user, profile_name=profile_name)
        except (MappingError, TableError) as error:
            form.add_error(None, str(error))
        except ValidationError as error:
            form.add_error("profile_name", error.messages)
        except ImportStateError:
            return redirect(space_url("stakeholder_import_result", import_id=import_id))
        else:
            return redirect(space_url("stakeholder_import_preview", import_id=import_id))
    context = {"form": form, "found": found, "steps": steps_at(1), "profile": profile}
    return render(request, "stakeholders/import_columns.html", context, status=422 if form.errors else 200)


@requires(Permission.IMPORT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def stakeholder_import_preview(request: SpaceRequest, import_id: uuid.UUID) -> HttpResponse:
    """What would happen, with every row that cannot be used; from here it starts."""
    found = get_object_or_404(imports_visible_to(request.viewer), pk=import_id)
    if found.state != State.CHECKED:
        step = "stakeholder_import_columns" if found.state == State.UPLOADED else "stakeholder_import_result"
        return redirect(space_url(step, import_id=import_id))
    form = StartForm(sent(request))
    must_choose = False
    if request.method == "POST" and form.is_valid():
        try:
            start_import(record_id=import_id, by=request.user, **form.cleaned_data)
        except ImportRefusedError:
            must_choose = True
        except ImportStateError:
            return redirect(space_url("stakeholder_import_result", import_id=import_id))
        else:
            return redirect(space_url("stakeholder_import_result", import_id=import_id))
    context = {
        "found": found,
        "counts": counts_of(found),
        "preview": preview_of(found),
        "steps": steps_at(2),
        "must_choose": must_choose,
    }
    return render(request, "stakeholders/import_preview.html", context, status=422 if must_choose else 200)


@requires(Permission.IMPORT_STAKEHOLDERS)
@require_safe
def stakeholder_import_result(request: SpaceRequest, import_id: uuid.UUID) -> HttpResponse:
    """How far the import is, and what came of it."""
    found = get_object_or_404(imports_visible_to(request.viewer), pk=import_id)
    if found.state in {State.UPLOADED, State.CHECKED}:
        return redirect(space_url("stakeholder_import_preview", import_id=import_id))
    gave_up = found.job is not None and found.job.state == "failed"
    context = {
        "found": found,
        "counts": counts_of(found),
        "steps": steps_at(3),
        "gave_up": gave_up,
        "is_being_undone": is_being_undone(found),
        "can_undo": can_be_undone(found),
        "kept": kept_after_undo(request.viewer, found) if found.state == State.UNDONE else [],
    }
    return page(request, "stakeholders/import_result.html", context, partial="outcome")


def steps_at(current: int) -> list[dict[str, object]]:
    """The steps of an import for the kit's list, the one the reader is at marked."""
    labels = [_("File"), _("Columns"), _("Check"), _("Result")]
    return [
        {"label": label, "is_past": number < current, "is_current": number == current}
        for number, label in enumerate(labels)
    ]
