"""Filters of the register somebody keeps."""

import uuid

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from stakeholders.forms.register import SavedFilterForm
from stakeholders.models import SavedFilter
from stakeholders.operations.saved_filter import change_filter, delete_filter, save_filter
from stakeholders.rules.register import NarrowingError, narrowing_from
from stakeholders.views.sent import sent


@requires(Permission.SEE_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def saved_filter_new(request: SpaceRequest) -> HttpResponse:
    """Keep the narrowed list under a name; ``?q=...&kind=...`` is what it is narrowed by."""
    try:
        narrowing = narrowing_from(QueryDict(request.GET.urlencode()).dict())
    except NarrowingError as error:
        raise BadRequest from error
    form = SavedFilterForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_filter(narrowing=narrowing, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("name", error.messages)
        else:
            messages.success(request, _("The filter “%(name)s” was saved.") % {"name": saved.name})
            return redirect(f"{space_url('stakeholder_list')}?{saved.query}")
    context = {"form": form, "back": f"{space_url('stakeholder_list')}?{narrowing.as_query()}"}
    return render(request, "stakeholders/saved_filter_form.html", context, status=422 if form.errors else 200)


@requires(Permission.SEE_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def saved_filter_edit(request: SpaceRequest, saved_filter_id: uuid.UUID) -> HttpResponse:
    """Rename a filter of one's own, share it or keep it to oneself."""
    saved = _own(request, saved_filter_id)
    form = SavedFilterForm(sent(request), initial={"name": saved.name, "is_shared": saved.is_shared})
    if request.method == "POST" and form.is_valid():
        try:
            change_filter(saved=saved, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("name", error.messages)
        else:
            messages.success(request, _("The changes were saved."))
            return redirect(f"{space_url('stakeholder_list')}?{saved.query}")
    context = {"form": form, "saved": saved, "back": f"{space_url('stakeholder_list')}?{saved.query}"}
    return render(request, "stakeholders/saved_filter_form.html", context, status=422 if form.errors else 200)


@requires(Permission.SEE_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def saved_filter_delete(request: SpaceRequest, saved_filter_id: uuid.UUID) -> HttpResponse:
    """Forget a filter of one's own."""
    saved = _own(request, saved_filter_id)
    if request.method == "POST":
        delete_filter(saved=saved, by=request.user)
        messages.success(request, _("The filter was deleted."))
        return redirect(space_url("stakeholder_list"))
    context = {
        "title": _("Delete the filter “%(name)s”?") % {"name": saved.name},
        "text": _("The stakeholders stay; only the way to list them goes."),
        "action": _("Delete the filter"),
        "back": space_url("stakeholder_list"),
    }
    return render(request, "core/confirm.html", context)


def _own(request: SpaceRequest, saved_filter_id: uuid.UUID) -> SavedFilter:
    return get_object_or_404(SavedFilter, pk=saved_filter_id, owner=request.user)
