"""What is held on a person: seen, handed over and erased."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.downloads import file_answer
from core.web.pages import page
from core.web.space import space_url
from stakeholders.forms.personal_data import DocumentForm, EraseForm
from stakeholders.models import Stakeholder
from stakeholders.operations.personal_data import (
    ErasureRefusedError,
    ask_for_document,
    can_erase,
    erase_person,
    export_person,
)
from stakeholders.personal_data import subject_of
from stakeholders.queries.personal_data import exports_of, held_on, people_visible_to, plan_of
from stakeholders.views.sent import sent
from stakeholders.views.tabs import stakeholder_tabs

DOCUMENTS_SHOWN = 10


@requires(Permission.HANDLE_PERSONAL_DATA)
@require_safe
def person_data(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """Every kind of data held on a person with how much of it, and the ways to hand it over."""
    person = _person(request, stakeholder_id)
    documents = list(exports_of(person)[:DOCUMENTS_SHOWN])
    context = {
        "stakeholder": person,
        "tabs": stakeholder_tabs(request, person, "person_data"),
        "documents": documents,
        "is_waiting": any(not one.is_ready and one.job and one.job.is_open for one in documents),
    }
    if not request.htmx:
        language = person.language or request.tenant.default_language
        context |= {"held": held_on(subject_of(person)), "form": DocumentForm(initial={"language": language})}
    return page(request, "stakeholders/person_data.html", context, partial="documents")


@requires(Permission.HANDLE_PERSONAL_DATA)
@require_POST
def person_data_json(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """Everything held on a person as a file; history keeps that it was handed over."""
    person = _person(request, stakeholder_id)
    answer = JsonResponse(export_person(person=person, by=request.user), json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="{person.pk}.json"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@requires(Permission.HANDLE_PERSONAL_DATA)
@require_POST
def person_document_new(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """Have the document made."""
    person = _person(request, stakeholder_id)
    form = DocumentForm(request.POST)
    if form.is_valid():
        ask_for_document(person=person, language=form.cleaned_data["language"], by=request.user)
        messages.success(request, _("The document is being made. It stands below in a moment."))
    else:
        messages.error(request, _("Choose a language from the list."))
    return redirect(space_url("person_data", stakeholder_id=person.pk))


@requires(Permission.HANDLE_PERSONAL_DATA)
@require_safe
def person_document_file(request: SpaceRequest, stakeholder_id: uuid.UUID, person_export_id: uuid.UUID) -> HttpResponse:
    """A document made for a person; 404 while it is not ready."""
    export = get_object_or_404(exports_of(_person(request, stakeholder_id)), pk=person_export_id)
    return file_answer(export.file)


@requires(Permission.HANDLE_PERSONAL_DATA)
@require_http_methods(["GET", "POST"])
def person_erase(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """Say what goes and what stays, ask for the name, and erase."""
    person = _person(request, stakeholder_id)
    form = EraseForm(sent(request), person=person)
    verdict = can_erase(person=person, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            erase_person(person=person, by=request.user)
        except ErasureRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The person was erased. What counts rest on stays, without a name."))
            return redirect(space_url("stakeholder_list"))
    context = {"form": form, "stakeholder": person, "verdict": verdict, "plan": plan_of(subject_of(person))}
    return render(request, "stakeholders/person_erase.html", context, status=422 if form.errors else 200)


def _person(request: SpaceRequest, stakeholder_id: uuid.UUID) -> Stakeholder:
    return get_object_or_404(people_visible_to(request.viewer), pk=stakeholder_id)
