"""Pages of one stakeholder."""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, members, requires
from core.web.space import space_url
from stakeholders.forms.fields import language_name
from stakeholders.forms.stakeholder import MoveForm, PersonForm, StakeholderForm
from stakeholders.models import Stakeholder
from stakeholders.operations.stakeholder import (
    AlreadyThereError,
    add_person_to_organisation,
    add_stakeholder,
    change_stakeholder,
)
from stakeholders.operations.stakeholder_status import StatusRefusedError, move_stakeholder
from stakeholders.queries.contact import beside
from stakeholders.queries.duplicate import lookalikes
from stakeholders.queries.stakeholder import (
    history_of,
    is_kept_by,
    kept_instead_of,
    organisations_of,
    people_of,
    stakeholder_for_page,
    stakeholders_kept_by,
    status_tone,
)
from stakeholders.rules.register_request import NOT_FROM_HERE_CODE
from stakeholders.rules.stakeholder_status import next_statuses
from stakeholders.views.sent import sent
from stakeholders.views.tabs import stakeholder_tabs


@members
@require_safe
def stakeholder_detail(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """One stakeholder: who it is, its people, and for the coordination where things stand."""
    stakeholder = stakeholder_for_page(request.viewer, stakeholder_id)
    if stakeholder is None:
        if kept := kept_instead_of(request.viewer, stakeholder_id):
            return redirect(space_url("stakeholder_detail", stakeholder_id=kept))
        raise Http404
    is_person = stakeholder.kind == Stakeholder.Kind.PERSON
    coordinates = is_kept_by(request.viewer, stakeholder)
    can_edit = coordinates and request.viewer.can(Permission.EDIT_STAKEHOLDERS)
    context = {
        "tabs": stakeholder_tabs(request, stakeholder, "stakeholder_detail"),
        "stakeholder": stakeholder,
        "is_person": is_person,
        "people": [] if is_person else people_of(request.viewer, stakeholder),
        "organisations": organisations_of(request.viewer, stakeholder) if is_person else [],
        "beside": beside(stakeholder.pk),
        "languages": ", ".join(map(language_name, stakeholder.languages)),
        "stakes": ", ".join(str(Stakeholder.Stake(stake).label) for stake in stakeholder.stakes),
        "history": history_of(request.viewer, stakeholder),
        "status_tone": status_tone(stakeholder.status),
        "coordinates": coordinates,
        "can_edit": can_edit,
        "can_move": can_edit and bool(next_statuses(stakeholder.status)),
    }
    return render(request, "stakeholders/stakeholder_detail.html", context)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def stakeholder_new(request: SpaceRequest) -> HttpResponse:
    """Add an organisation, a group or a person; one that looks like a known one is shown first."""
    form = StakeholderForm(sent(request), by=request.user)
    alike = []
    if request.method == "POST" and form.is_valid():
        alike = [] if request.POST.get("is_another") else lookalikes(request.viewer, form.cleaned_data)
        try:
            added = None if alike else add_stakeholder(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            alike = lookalikes(request.viewer, request.POST)
        else:
            if added:
                messages.success(request, _("“%(name)s” was added.") % {"name": added.name})
                return redirect(space_url("stakeholder_detail", stakeholder_id=added.pk))
    context = {"form": form, "action": _("Add"), "alike": alike, "ask_url": _ask_url(form)}
    status = 422 if form.errors or alike else 200
    return render(request, "stakeholders/stakeholder_form.html", context, status=status)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def stakeholder_edit(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """Change what is known of a stakeholder."""
    stakeholder = get_object_or_404(stakeholders_kept_by(request.viewer), pk=stakeholder_id)
    name = stakeholder.name
    form = StakeholderForm(sent(request), by=request.user, instance=stakeholder)
    if request.method == "POST" and form.is_valid():
        try:
            change_stakeholder(stakeholder=stakeholder, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The changes were saved."))
            return redirect(space_url("stakeholder_detail", stakeholder_id=stakeholder_id))
    context = {"form": form, "action": _("Save"), "stakeholder": stakeholder, "name": name, "ask_url": _ask_url(form)}
    return render(request, "stakeholders/stakeholder_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def stakeholder_move(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """Move a stakeholder on to a state that follows."""
    stakeholder = get_object_or_404(stakeholders_kept_by(request.viewer), pk=stakeholder_id)
    form = MoveForm(sent(request), stakeholder=stakeholder)
    if request.method == "POST" and form.is_valid():
        to, until = form.cleaned_data["status"], form.cleaned_data["ask_again_on"]
        try:
            moved = move_stakeholder(stakeholder=stakeholder, to=to, ask_again_on=until, by=request.user)
        except StatusRefusedError as refusal:
            form.add_error("status", str(refusal))
        else:
            messages.success(request, _("Now: %(status)s.") % {"status": moved.get_status_display()})
            return redirect(space_url("stakeholder_detail", stakeholder_id=stakeholder_id))
    context = {"form": form, "stakeholder": stakeholder, "status_tone": status_tone(stakeholder.status)}
    return render(request, "stakeholders/stakeholder_move.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def stakeholder_person_new(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """Add somebody of an organisation."""
    organisations = stakeholders_kept_by(request.viewer).exclude(kind=Stakeholder.Kind.PERSON)
    organisation = get_object_or_404(organisations, pk=stakeholder_id)
    form = PersonForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            place = add_person_to_organisation(organisation=organisation, by=request.user, **form.cleaned_data)
        except AlreadyThereError:
            form.add_error("email", _("This person is already here."))
        else:
            messages.success(request, _("“%(name)s” was added.") % {"name": place.person.name})
            return redirect(space_url("stakeholder_detail", stakeholder_id=stakeholder_id))
    context = {"form": form, "organisation": organisation}
    return render(request, "stakeholders/person_form.html", context, status=422 if form.errors else 200)


def _ask_url(form: StakeholderForm) -> str:
    """Where to ask for the record with a code that cannot be written down from here; empty while there is no need."""
    if not form.has_error("tax_code", NOT_FROM_HERE_CODE):
        return ""
    asked = {"name": form.data.get("name", ""), "value": form.data.get("tax_code", "")}
    return f"{space_url('register_request_new')}?{urlencode(asked)}"
