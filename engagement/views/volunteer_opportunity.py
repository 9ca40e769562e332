"""Volunteer work for those who offer it: lists, one offer with its roster, shifts."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.access.visibility import Visibility
from core.web.access import SpaceRequest, requires
from core.web.lists import csv_response, page_of
from core.web.pages import page
from core.web.space import absolute, space_url
from engagement.forms.volunteer import OpportunityForm, ReasonForm, ShiftForm
from engagement.models import Shift, VolunteerOpportunity, VolunteerSignup
from engagement.operations.volunteer import (
    accept_signup,
    cancel_signup,
    check_in_volunteer,
    decline_signup,
    settle_signup,
)
from engagement.operations.volunteer_opportunity import (
    OpportunityRefusedError,
    add_shifts,
    archive_work,
    cancel_shift,
    change_work,
    close_work,
    offer_work,
    pause_work,
    publish_work,
)
from engagement.queries.volunteer import (
    as_opportunity_row,
    findings_of,
    findings_of_team,
    hours_to_settle,
    is_named_lead,
    lead_of,
    opportunity_list,
    public_opportunity_url,
    shift_words,
    shifts_of,
    signups_of,
)
from engagement.rules.volunteer import EXPECTED, HOLDING, OPEN_STATES, OPPORTUNITY_TONES, SIGNUP_TONES, can_publish
from goals.queries.goal import goals_visible_to
from metrics.forms.figure import add_refusal
from partnerships.models import Partnership
from partnerships.queries.meeting import speakers_of
from partnerships.queries.member import active_members
from partnerships.queries.partnership import coordinating_people
from partnerships.views.doors import partnership_allowing, visible_partnership
from partnerships.views.tabs import partnership_tabs

State = VolunteerOpportunity.State


def visible_opportunity(request: SpaceRequest, slug: str, number: int) -> VolunteerOpportunity:
    """The offer of an address; 404 when the viewer may not see it."""
    partnership = visible_partnership(request, slug)
    return get_object_or_404(opportunity_list(request.viewer, partnership), number=number)


def editable_opportunity(request: SpaceRequest, slug: str, number: int) -> VolunteerOpportunity:
    """The offer of an address that the viewer prepares; 404 unseen, 403 for who only reads."""
    opportunity = visible_opportunity(request, slug, number)
    if not request.viewer.can(Permission.ANSWER_RESIDENTS, opportunity.partnership.scope_id):
        raise PermissionDenied
    return opportunity


def to_opportunity(opportunity: VolunteerOpportunity, name: str = "opportunity_detail") -> HttpResponse:
    """On to a page of an offer."""
    return redirect(space_url(name, slug=opportunity.partnership.slug, number=opportunity.number))


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def opportunities(request: SpaceRequest, slug: str) -> HttpResponse:
    """What volunteers can do here."""
    partnership = visible_partnership(request, slug)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "opportunity_list"),
        "page": page_of(request, opportunity_list(request.viewer, partnership), as_row=as_opportunity_row),
        "can_edit": request.viewer.can(Permission.ANSWER_RESIDENTS, partnership.scope_id),
        "leads": is_named_lead(request.user, partnership),
    }
    return page(request, "engagement/opportunity_list.html", context, partial="results")


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def opportunity_detail(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """One offer, its shifts, who comes, and hours that wait."""
    opportunity = visible_opportunity(request, slug, number)
    partnership = opportunity.partnership
    can_edit = request.viewer.can(Permission.ANSWER_RESIDENTS, partnership.scope_id)
    is_public = partnership.visibility == Visibility.PUBLIC and opportunity.state in OPEN_STATES
    context = {
        "opportunity": opportunity,
        "partnership": partnership,
        "tone": OPPORTUNITY_TONES[opportunity.state],
        "can_edit": can_edit,
        "has_lost_lead": can_edit and opportunity.safeguarding_lead is not None and lead_of(opportunity) is None,
        "publishing": can_publish(opportunity, on=timezone.localdate()),
        "shifts": [(one, shift_words(one)) for one in shifts_of(opportunity)],
        "hours": list(hours_to_settle(opportunity)) if can_edit else [],
        "public_address": absolute(public_opportunity_url(opportunity)) if is_public else "",
    }
    return render(request, "engagement/opportunity_detail.html", context)


@requires(Permission.ANSWER_RESIDENTS)
@require_http_methods(["GET", "POST"])
def opportunity_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Offer work."""
    partnership = partnership_allowing(request, slug, Permission.ANSWER_RESIDENTS)
    form = _form(request, partnership)
    if request.method == "POST" and form.is_valid():
        try:
            opportunity = offer_work(partnership=partnership, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Saved as a draft. Nobody reads it before you publish it."))
            return to_opportunity(opportunity)
    return _form_page(request, partnership, form)


@requires(Permission.ANSWER_RESIDENTS)
@require_http_methods(["GET", "POST"])
def opportunity_edit(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Change an offer."""
    opportunity = editable_opportunity(request, slug, number)
    form = _form(request, opportunity.partnership, instance=opportunity)
    if request.method == "POST" and form.is_valid():
        try:
            change_work(opportunity=opportunity, by=request.user, **form.cleaned_data)
        except OpportunityRefusedError as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Saved."))
            return to_opportunity(opportunity)
    return _form_page(request, opportunity.partnership, form, opportunity=opportunity)


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def opportunity_publish(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Let everybody sign up."""
    return _moved(request, editable_opportunity(request, slug, number), publish_work)


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def opportunity_pause(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Take no more names for now."""
    return _moved(request, editable_opportunity(request, slug, number), pause_work)


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def opportunity_close(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """End it."""
    return _moved(request, editable_opportunity(request, slug, number), close_work)


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def opportunity_archive(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Put it away."""
    return _moved(request, editable_opportunity(request, slug, number), archive_work)


@requires(Permission.ANSWER_RESIDENTS)
@require_http_methods(["GET", "POST"])
def shift_new(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """One more shift."""
    opportunity = editable_opportunity(request, slug, number)
    form = ShiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            shifts = add_shifts(opportunity=opportunity, by=request.user, **form.cleaned_data)
        except OpportunityRefusedError as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as error:
            add_refusal(form, error)
        else:
            said = ngettext("The shift is there.", "%(count)d shifts are there.", len(shifts))
            messages.success(request, said % {"count": len(shifts)})
            return to_opportunity(opportunity)
    return step_page(request, opportunity, form, _("Add a shift"), _("Save"))


@requires(Permission.ANSWER_RESIDENTS)
@require_http_methods(["GET", "POST"])
def shift_cancel(request: SpaceRequest, slug: str, number: int, shift_id: uuid.UUID) -> HttpResponse:
    """Call a shift off; everybody on it is told."""
    opportunity = editable_opportunity(request, slug, number)
    shift = get_object_or_404(Shift.objects.filter(opportunity=opportunity), pk=shift_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cancel_shift(shift=shift, by=request.user, **form.cleaned_data)
        return to_opportunity(opportunity)
    return step_page(request, opportunity, form, _("Call the shift off"), _("Call it off and tell everybody"))


@requires(Permission.ANSWER_RESIDENTS)
@require_safe
def roster(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Who comes when: to answer, to check in, to print."""
    opportunity, today = editable_opportunity(request, slug, number), timezone.localdate()
    by_shift: dict[uuid.UUID, dict[str, Any]] = {}
    for signup in signups_of(opportunity):
        entry = by_shift.setdefault(
            signup.shift_id,
            {"shift": signup.shift, "words": shift_words(signup.shift), "rows": []} | _days(signup.shift, today),
        )
        entry["rows"].append(
            {
                "signup": signup,
                "tone": SIGNUP_TONES[signup.state],
                "is_expected": signup.state in HOLDING,
                "lacks": [one.message for one in findings_of(signup)],
            }
        )
    for entry in by_shift.values():
        team = (row["signup"].volunteer for row in entry["rows"] if row["is_expected"])
        entry["lacks"] = [one.message for one in findings_of_team(entry["shift"], team)]
    for entry in by_shift.values():
        entry["is_settled"] = entry["is_over"] and not _waits(entry["rows"])
    context = {
        "opportunity": opportunity,
        "partnership": opportunity.partnership,
        "shifts": [one for one in by_shift.values() if not one["is_settled"]],
        "settled": [one for one in by_shift.values() if one["is_settled"]][::-1],
    }
    return render(request, "engagement/roster.html", context)


def _days(shift: Shift, today: date) -> dict[str, bool]:
    """Whether people can be checked in, and whether nobody can be taken on any more."""
    return {
        "has_come": timezone.localdate(shift.starts_at) <= today,
        "is_over": timezone.localdate(shift.ends_at) < today,
    }


def _waits(rows: list[dict[str, Any]]) -> bool:
    """Whether somebody on a shift was not noted as there or absent yet."""
    unsettled = {*EXPECTED, VolunteerSignup.State.CHECKED_IN}
    return any(row["signup"].state in unsettled for row in rows)


@requires(Permission.ANSWER_RESIDENTS)
@require_safe
def roster_csv(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """The roster as a table."""
    opportunity = editable_opportunity(request, slug, number)
    rows = (
        (shift_words(one.shift), one.volunteer.name, one.volunteer.email, one.volunteer.phone, one.get_state_display())
        for one in signups_of(opportunity)
    )
    header = (_("Shift"), _("Name"), _("E-mail"), _("Telephone"), _("State"))
    return csv_response(opportunity.title, header, rows, language=translation.get_language() or "en")


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def signup_accept(request: SpaceRequest, slug: str, number: int, signup_id: uuid.UUID) -> HttpResponse:
    """Take somebody on."""
    return _signup_step(request, slug, number, signup_id, lambda one: accept_signup(signup=one, by=request.user))


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def signup_decline(request: SpaceRequest, slug: str, number: int, signup_id: uuid.UUID) -> HttpResponse:
    """Say no."""
    return _signup_step(request, slug, number, signup_id, lambda one: decline_signup(signup=one, by=request.user))


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def signup_cancel(request: SpaceRequest, slug: str, number: int, signup_id: uuid.UUID) -> HttpResponse:
    """Take somebody off."""
    return _signup_step(request, slug, number, signup_id, lambda one: cancel_signup(signup=one, by=request.user))


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def signup_check_in(request: SpaceRequest, slug: str, number: int, signup_id: uuid.UUID) -> HttpResponse:
    """Somebody is here."""
    return _signup_step(request, slug, number, signup_id, lambda one: check_in_volunteer(signup=one, by=request.user))


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def signup_attended(request: SpaceRequest, slug: str, number: int, signup_id: uuid.UUID) -> HttpResponse:
    """Somebody was there, and is asked for their hours."""
    return _signup_step(
        request, slug, number, signup_id, lambda one: settle_signup(signup=one, was_there=True, by=request.user)
    )


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def signup_no_show(request: SpaceRequest, slug: str, number: int, signup_id: uuid.UUID) -> HttpResponse:
    """Somebody did not come."""
    return _signup_step(
        request, slug, number, signup_id, lambda one: settle_signup(signup=one, was_there=False, by=request.user)
    )


def _signup_step(
    request: SpaceRequest,
    slug: str,
    number: int,
    signup_id: uuid.UUID,
    take: Callable[[VolunteerSignup], object],
) -> HttpResponse:
    opportunity = editable_opportunity(request, slug, number)
    rows = VolunteerSignup.objects.filter(shift__opportunity=opportunity)
    signup = get_object_or_404(rows, pk=signup_id)
    try:
        take(signup)
    except OpportunityRefusedError as refusal:
        messages.warning(request, str(refusal))
    return to_opportunity(opportunity, "roster")


def _moved(request: SpaceRequest, opportunity: VolunteerOpportunity, move: Callable[..., object]) -> HttpResponse:
    try:
        move(opportunity=opportunity, by=request.user)
    except OpportunityRefusedError as refusal:
        messages.warning(request, str(refusal))
    return to_opportunity(opportunity)


def step_page(
    request: SpaceRequest, opportunity: VolunteerOpportunity, form: Any, title: str, action: str
) -> HttpResponse:
    """A page with one form below an offer."""
    context = {
        "form": form,
        "opportunity": opportunity,
        "partnership": opportunity.partnership,
        "title": title,
        "action": action,
    }
    return render(request, "engagement/opportunity_step.html", context, status=422 if form.errors else 200)


def _form(request: SpaceRequest, partnership: Partnership, **kwargs: Any) -> OpportunityForm:
    return OpportunityForm(
        request.POST or None,
        hosts=active_members(partnership),
        speakers=speakers_of(partnership),
        leads=coordinating_people(partnership),
        goals=goals_visible_to(request.viewer).filter(partnership=partnership),
        **kwargs,
    )


def _form_page(
    request: SpaceRequest,
    partnership: Partnership,
    form: OpportunityForm,
    *,
    opportunity: VolunteerOpportunity | None = None,
) -> HttpResponse:
    context = {"form": form, "partnership": partnership, "opportunity": opportunity}
    return render(request, "engagement/opportunity_form.html", context, status=422 if form.errors else 200)
