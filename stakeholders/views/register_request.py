"""Asking the coordination of the space for a record out of sight, and answering such requests."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access.permissions import Permission
from core.queries.places import places_with
from core.web.access import SpaceRequest, requires
from core.web.lists import page_of
from core.web.space import space_url
from stakeholders.forms.register_request import AnswerForm, RequestForm
from stakeholders.operations.register_request import RequestRefusedError, answer_register_request, ask_for_record
from stakeholders.queries.register_request import request_rows, requests_visible_to
from stakeholders.views.sent import sent
from stakeholders.views.tabs import section_tabs

ASKED_BY_ADDRESS = ("name", "scheme", "value", "place")


@requires(Permission.EDIT_STAKEHOLDERS)
@require_safe
def request_list(request: SpaceRequest) -> HttpResponse:
    """What partnerships asked for, and what was answered."""
    found = page_of(request, requests_visible_to(request.viewer))
    context = {
        "tabs": section_tabs(request, "duplicate_list"),
        "page": found,
        "rows": request_rows(request.viewer, found.rows),
        "answers": request.viewer.can_everywhere(Permission.EDIT_STAKEHOLDERS),
    }
    return render(request, "stakeholders/register_request_list.html", context)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def request_new(request: SpaceRequest) -> HttpResponse:
    """Ask for a record that could not be written down from here."""
    places = places_with(request.viewer, Permission.EDIT_STAKEHOLDERS)
    asked = {name: request.GET[name] for name in ASKED_BY_ADDRESS if name in request.GET}
    form = RequestForm(sent(request), places=places, has_whole=False, initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            ask_for_record(by=request.user, **form.facts())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Asked. The answer will stand here."))
            return redirect(space_url("register_request_list"))
    context = {"form": form, "has_places": bool(places)}
    return render(request, "stakeholders/register_request_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def request_answer(request: SpaceRequest, register_request_id: uuid.UUID) -> HttpResponse:
    """Share the record or not; for whoever coordinates the whole space."""
    found = get_object_or_404(requests_visible_to(request.viewer), pk=register_request_id)
    form = AnswerForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            answer_register_request(asked=found, by=request.user, **form.cleaned_data)
        except RequestRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Answered."))
            return redirect(space_url("register_request_list"))
    [row] = request_rows(request.viewer, [found])
    context = {"form": form, "row": row}
    return render(request, "stakeholders/register_request_answer.html", context, status=422 if form.errors else 200)
