"""Volunteers for those who look after them: the list, each one's file, hours that wait, and the register."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.downloads import file_answer
from core.web.lists import csv_response
from core.web.space import space_url
from engagement.forms.volunteer import HoursQuestionForm, RegisterEndForm, RegisterForm, VolunteerFileForm
from engagement.models import HoursEntry, RegisterEntry, Volunteer, VolunteerOpportunity
from engagement.operations.hours import confirm_hours, query_hours, reject_hours
from engagement.operations.volunteer import change_file
from engagement.operations.volunteer_certificate import ask_for_certificate
from engagement.operations.volunteer_opportunity import OpportunityRefusedError
from engagement.operations.volunteer_register import ask_for_register, end_in_register, enter_in_register
from engagement.queries.volunteer import (
    file_of_register,
    hours_of,
    signups_of_volunteer,
    volunteer_register_of,
    volunteers_of,
)
from engagement.queries.volunteer_document import certificates_of, table_of_register
from engagement.rules.volunteer import HOURS_TONES
from engagement.views.volunteer_opportunity import editable_opportunity, step_page, to_opportunity
from metrics.forms.figure import add_refusal
from partnerships.models import Partnership
from partnerships.views.doors import partnership_allowing


@requires(Permission.ANSWER_RESIDENTS)
@require_safe
def volunteers(request: SpaceRequest, slug: str) -> HttpResponse:
    """Everybody who gives time to a partnership."""
    partnership = partnership_allowing(request, slug, Permission.ANSWER_RESIDENTS)
    context = {
        "partnership": partnership,
        "volunteers": list(volunteers_of(partnership).exclude(name="")),
        "keeps_register": VolunteerOpportunity.objects.filter(partnership=partnership, keeps_register=True).exists(),
    }
    return render(request, "engagement/volunteer_list.html", context)


@requires(Permission.ANSWER_RESIDENTS)
@require_http_methods(["GET", "POST"])
def volunteer_file(request: SpaceRequest, slug: str, volunteer_id: uuid.UUID) -> HttpResponse:
    """What is known of one volunteer, and writing down training, agreement and the outcome of a check."""
    partnership, volunteer = _volunteer(request, slug, volunteer_id)
    form = VolunteerFileForm(request.POST or None, instance=volunteer)
    if request.method == "POST" and form.is_valid():
        try:
            change_file(volunteer=volunteer, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(space_url("volunteer_file", slug=slug, volunteer_id=volunteer.pk))
    context = {
        "partnership": partnership,
        "volunteer": volunteer,
        "form": form,
        "signups": list(signups_of_volunteer(volunteer)[:20]),
        "hours": [(one, HOURS_TONES[one.state]) for one in hours_of(volunteer)[:50]],
        "certificates": list(certificates_of(volunteer)),
        "keeps_register": VolunteerOpportunity.objects.filter(partnership=partnership, keeps_register=True).exists(),
    }
    return render(request, "engagement/volunteer_file.html", context, status=422 if form.errors else 200)


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def volunteer_certify(request: SpaceRequest, slug: str, volunteer_id: uuid.UUID) -> HttpResponse:
    """Have a certificate of the confirmed hours made for a volunteer."""
    _partnership, volunteer = _volunteer(request, slug, volunteer_id)
    try:
        ask_for_certificate(volunteer=volunteer, by=request.user)
    except OpportunityRefusedError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The PDF is being made. Open this page again in a minute."))
    return redirect(space_url("volunteer_file", slug=slug, volunteer_id=volunteer.pk))


@requires(Permission.ANSWER_RESIDENTS)
@require_safe
def volunteer_certificate(
    request: SpaceRequest, slug: str, volunteer_id: uuid.UUID, certificate_id: uuid.UUID
) -> HttpResponse:
    """A volunteer's certificate as a PDF."""
    _partnership, volunteer = _volunteer(request, slug, volunteer_id)
    return file_answer(get_object_or_404(certificates_of(volunteer), pk=certificate_id).pdf)


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def hours_entry_confirm(request: SpaceRequest, slug: str, number: int, hours_entry_id: uuid.UUID) -> HttpResponse:
    """The hours are right."""
    return _settled(request, slug, number, hours_entry_id, lambda one: confirm_hours(entry=one, by=request.user))


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def hours_entry_reject(request: SpaceRequest, slug: str, number: int, hours_entry_id: uuid.UUID) -> HttpResponse:
    """The hours do not count."""
    return _settled(request, slug, number, hours_entry_id, lambda one: reject_hours(entry=one, by=request.user))


@requires(Permission.ANSWER_RESIDENTS)
@require_http_methods(["GET", "POST"])
def hours_entry_query(request: SpaceRequest, slug: str, number: int, hours_entry_id: uuid.UUID) -> HttpResponse:
    """Ask the volunteer about hours."""
    opportunity = editable_opportunity(request, slug, number)
    entry = get_object_or_404(HoursEntry.objects.filter(opportunity=opportunity), pk=hours_entry_id)
    form = HoursQuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            query_hours(entry=entry, by=request.user, **form.cleaned_data)
        except OpportunityRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return to_opportunity(opportunity)
    return step_page(request, opportunity, form, _("Ask about hours"), _("Send the question"))


@requires(Permission.ANSWER_RESIDENTS)
@require_safe
def volunteer_register(request: SpaceRequest, slug: str) -> HttpResponse:
    """The numbered register of volunteers."""
    partnership = partnership_allowing(request, slug, Permission.ANSWER_RESIDENTS)
    context = {
        "partnership": partnership,
        "entries": list(volunteer_register_of(partnership)),
        "file": file_of_register(partnership),
    }
    return render(request, "engagement/volunteer_register.html", context)


@requires(Permission.ANSWER_RESIDENTS)
@require_http_methods(["GET", "POST"])
def volunteer_register_enter(request: SpaceRequest, slug: str, volunteer_id: uuid.UUID) -> HttpResponse:
    """Enter somebody in the register."""
    partnership, volunteer = _volunteer(request, slug, volunteer_id)
    work = VolunteerOpportunity.objects.filter(partnership=partnership, keeps_register=True).order_by("number")
    form = RegisterForm(request.POST or None, opportunities=work)
    if request.method == "POST" and form.is_valid():
        try:
            enter_in_register(volunteer=volunteer, by=request.user, **form.cleaned_data)
        except OpportunityRefusedError as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as error:
            add_refusal(form, error)
        else:
            return redirect(space_url("volunteer_register", slug=slug))
    return _register_step(request, partnership, form, volunteer.name)


@requires(Permission.ANSWER_RESIDENTS)
@require_http_methods(["GET", "POST"])
def volunteer_register_end(request: SpaceRequest, slug: str, register_entry_id: uuid.UUID) -> HttpResponse:
    """Write down when somebody stopped."""
    partnership = partnership_allowing(request, slug, Permission.ANSWER_RESIDENTS)
    entry: RegisterEntry = get_object_or_404(volunteer_register_of(partnership), pk=register_entry_id)
    form = RegisterEndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_in_register(entry=entry, by=request.user, **form.cleaned_data)
        except OpportunityRefusedError as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as error:
            add_refusal(form, error)
        else:
            return redirect(space_url("volunteer_register", slug=slug))
    return _register_step(request, partnership, form, f"{entry.number}. {entry.name}")


@requires(Permission.ANSWER_RESIDENTS)
@require_safe
def volunteer_register_csv(request: SpaceRequest, slug: str) -> HttpResponse:
    """The register as a table."""
    partnership = partnership_allowing(request, slug, Permission.ANSWER_RESIDENTS)
    table = table_of_register(partnership)
    return csv_response(table.name, table.header, table.rows, language=translation.get_language() or "en")


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def volunteer_register_render(request: SpaceRequest, slug: str) -> HttpResponse:
    """Have the register made as a document."""
    partnership = partnership_allowing(request, slug, Permission.ANSWER_RESIDENTS)
    ask_for_register(partnership=partnership, by=request.user)
    messages.success(request, _("The PDF is being made. Open this page again in a minute."))
    return redirect(space_url("volunteer_register", slug=slug))


@requires(Permission.ANSWER_RESIDENTS)
@require_safe
def volunteer_register_file(request: SpaceRequest, slug: str) -> HttpResponse:
    """The newest document of the register."""
    partnership = partnership_allowing(request, slug, Permission.ANSWER_RESIDENTS)
    return file_answer(file_of_register(partnership))


def _volunteer(request: SpaceRequest, slug: str, volunteer_id: uuid.UUID) -> tuple[Partnership, Volunteer]:
    partnership = partnership_allowing(request, slug, Permission.ANSWER_RESIDENTS)
    return partnership, get_object_or_404(Volunteer.objects.filter(partnership=partnership), pk=volunteer_id)


def _settled(
    request: SpaceRequest, slug: str, number: int, hours_entry_id: uuid.UUID, take: Callable[[HoursEntry], object]
) -> HttpResponse:
    opportunity = editable_opportunity(request, slug, number)
    entry = get_object_or_404(HoursEntry.objects.filter(opportunity=opportunity), pk=hours_entry_id)
    try:
        take(entry)
    except OpportunityRefusedError as refusal:
        messages.warning(request, str(refusal))
    return to_opportunity(opportunity)


def _register_step(
    request: SpaceRequest, partnership: Partnership, form: RegisterForm | RegisterEndForm, name: str
) -> HttpResponse:
    context = {"form": form, "partnership": partnership, "name": name}
    return render(request, "engagement/register_step.html", context, status=422 if form.errors else 200)
