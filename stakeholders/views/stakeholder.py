"""Pages of the register."""

import uuid

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, members, requires
from core.web.lists import csv_response, page_of, sort_order
from core.web.pages import page
from core.web.space import space_url
from stakeholders.forms.stakeholder import PersonForm, StakeholderForm
from stakeholders.models import Stakeholder
from stakeholders.operations.stakeholder import (
    AlreadyThereError,
    add_person_to_organisation,
    add_stakeholder,
    change_stakeholder,
)
from stakeholders.queries.stakeholder import (
    SORTS,
    Narrowing,
    RowMaker,
    exported,
    history_of,
    is_register_empty,
    organisations_of,
    people_of,
    rows_of,
    stakeholder_list,
    stakeholders_visible_to,
    status_tone,
)
from stakeholders.views.tabs import section_tabs, stakeholder_tabs


@requires(Permission.SEE_STAKEHOLDERS)
@require_safe
def stakeholders(request: SpaceRequest) -> HttpResponse:
    """The register, with search, filters, order and CSV of what is shown."""
    narrowing = narrowing_of(request)
    sort, _order = sort_order(request, SORTS, "name")
    listing = stakeholder_list(request.viewer, narrowing, sort=sort)
    if request.GET.get("format") == "csv":
        header, cells = exported(listing.rows)
        return csv_response(_("stakeholders"), header, cells, language=request.LANGUAGE_CODE)
    found = page_of(request, rows_of(listing.rows), as_row=RowMaker())
    context = {
        "tabs": section_tabs(request, "stakeholder_list"),
        "page": found,
        "shown_total": number_format(found.total, force_grouping=True),
        "listing": listing,
        "narrowing": narrowing,
        "sort": sort,
        "kinds": Stakeholder.Kind.choices,
        "sectors": Stakeholder.Sector.choices,
        "sorts": [("name", _("Name")), ("place", _("Town")), ("newest", _("Newest first"))],
        "is_empty": not found.rows and not narrowing and is_register_empty(),
        "can_edit": request.viewer.can(Permission.EDIT_STAKEHOLDERS),
        "can_import": request.viewer.can(Permission.IMPORT_STAKEHOLDERS),
    }
    return page(request, "stakeholders/stakeholder_list.html", context, partial="results")


@members
@require_safe
def stakeholder_detail(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """One stakeholder: who it is, its people, and for the coordination where things stand."""
    stakeholder = get_object_or_404(stakeholders_visible_to(request.viewer), pk=stakeholder_id)
    is_person = stakeholder.kind == Stakeholder.Kind.PERSON
    context = {
        "tabs": stakeholder_tabs(request, stakeholder, "stakeholder_detail"),
        "stakeholder": stakeholder,
        "is_person": is_person,
        "people": [] if is_person else people_of(request.viewer, stakeholder),
        "organisations": organisations_of(request.viewer, stakeholder) if is_person else [],
        "history": history_of(request.viewer, stakeholder),
        "status_tone": status_tone(stakeholder.status),
        "coordinates": request.viewer.can(Permission.SEE_STAKEHOLDERS),
        "can_edit": request.viewer.can(Permission.EDIT_STAKEHOLDERS),
    }
    return render(request, "stakeholders/stakeholder_detail.html", context)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def stakeholder_new(request: SpaceRequest) -> HttpResponse:
    """Add an organisation, a group or a person."""
    form = StakeholderForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            added = add_stakeholder(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("“%(name)s” was added.") % {"name": added.name})
            return redirect(space_url("stakeholder_detail", stakeholder_id=added.pk))
    context = {"form": form, "action": _("Add")}
    return render(request, "stakeholders/stakeholder_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def stakeholder_edit(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """Change what is known of a stakeholder."""
    stakeholder = get_object_or_404(stakeholders_visible_to(request.viewer), pk=stakeholder_id)
    name = stakeholder.name
    form = StakeholderForm(sent(request), instance=stakeholder)
    if request.method == "POST" and form.is_valid():
        try:
            change_stakeholder(stakeholder=stakeholder, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The changes were saved."))
            return redirect(space_url("stakeholder_detail", stakeholder_id=stakeholder_id))
    context = {"form": form, "action": _("Save"), "stakeholder": stakeholder, "name": name}
    return render(request, "stakeholders/stakeholder_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def stakeholder_person_new(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """Add somebody of an organisation."""
    organisations = stakeholders_visible_to(request.viewer).exclude(kind=Stakeholder.Kind.PERSON)
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


def narrowing_of(request: SpaceRequest) -> Narrowing:
    """What the address narrows the list by; raises BadRequest for a kind or sector there is not (INP-03)."""
    kind, sector = request.GET.get("kind", ""), request.GET.get("sector", "")
    place = request.GET.get("place", "").strip()[:120]
    if kind not in {"", *Stakeholder.Kind.values} or sector not in {"", *Stakeholder.Sector.values} or "\0" in place:
        raise BadRequest
    return Narrowing(request.GET.get("q", "").strip()[:200], kind, sector, place)


def sent(request: SpaceRequest) -> QueryDict | None:
    """What a form was sent with; None, not an empty form, when it was only asked for."""
    return request.POST if request.method == "POST" else None
