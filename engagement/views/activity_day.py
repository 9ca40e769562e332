"""The day of an activity: who is expected, the door, and what the cards are compared with."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import absolute, space_url
from engagement.forms.activity import CameForm, CommunitiesForm, DoorForm
from engagement.models import ActivityRegistration, EngagementActivity
from engagement.operations.activity import ActivityRefusedError
from engagement.operations.activity_day import check_in, choose_communities, undo_check_in
from engagement.operations.activity_registration import RegistrationRefusedError, accept_place, cancel_registration
from engagement.queries.activity import when_of
from engagement.queries.activity_registration import (
    card_choices,
    door_figures,
    registrations_at_door,
    registrations_of,
    room_in,
)
from engagement.views.activity import editable_activity, to_activity
from stakeholders.queries.representation import profiles_visible_to


@requires(Permission.ANSWER_RESIDENTS)
@require_safe
def activity_registrations(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Everybody who registered, with how to reach them and what they need."""
    activity = editable_activity(request, slug, number)
    context = {
        "activity": activity,
        "partnership": activity.partnership,
        "registrations": list(registrations_of(activity)),
        "figures": door_figures(activity),
        "room": room_in(activity),
    }
    return render(request, "engagement/activity_registrations.html", context)


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def activity_registration_accept(
    request: SpaceRequest, slug: str, number: int, registration_id: uuid.UUID
) -> HttpResponse:
    """Somebody who was called takes the place."""
    activity, registration = _registration(request, slug, number, registration_id)
    try:
        accept_place(registration=registration)
    except RegistrationRefusedError as refusal:
        messages.warning(request, str(refusal))
    return to_activity(activity, "activity_registrations")


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def activity_registration_cancel(
    request: SpaceRequest, slug: str, number: int, registration_id: uuid.UUID
) -> HttpResponse:
    """Somebody called to say they do not come."""
    activity, registration = _registration(request, slug, number, registration_id)
    try:
        cancel_registration(registration=registration, by=request.user)
    except RegistrationRefusedError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Taken off the list. The place goes to the next who waits."))
    return to_activity(activity, "activity_registrations")


@requires(Permission.ANSWER_RESIDENTS)
@require_safe
def activity_door(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """The list at the door, for a phone: search, one large button a line."""
    activity = editable_activity(request, slug, number)
    form = DoorForm(request.GET)
    search = form.cleaned_data["search"] if form.is_valid() else ""
    context = {
        "activity": activity,
        "partnership": activity.partnership,
        "form": form,
        "search": search,
        "when": when_of(activity),
        "registrations": registrations_at_door(activity, search=search),
        "figures": door_figures(activity),
        "card_address": _card_address(activity),
    }
    return render(request, "engagement/activity_door.html", context)


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def activity_check_in(request: SpaceRequest, slug: str, number: int, registration_id: uuid.UUID) -> HttpResponse:
    """Somebody is in."""
    activity, registration = _registration(request, slug, number, registration_id)
    form = CameForm(request.POST)
    if form.is_valid():
        try:
            check_in(registration=registration, by=request.user, people=form.cleaned_data["people"])
        except ActivityRefusedError as refusal:
            messages.warning(request, str(refusal))
    else:
        messages.warning(request, _("From 1 to %(most)d people.") % {"most": 10})
    return _to_door(activity)


@requires(Permission.ANSWER_RESIDENTS)
@require_POST
def activity_check_in_undo(request: SpaceRequest, slug: str, number: int, registration_id: uuid.UUID) -> HttpResponse:
    """It was somebody else."""
    activity, registration = _registration(request, slug, number, registration_id)
    undo_check_in(registration=registration, by=request.user)
    return _to_door(activity)


@requires(Permission.ANSWER_RESIDENTS)
@require_http_methods(["GET", "POST"])
def activity_cards(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Choose the communities that the cards without a name are compared with."""
    activity = editable_activity(request, slug, number)
    form = CommunitiesForm(request.POST or None, profiles=profiles_visible_to(request.viewer))
    if request.method == "POST" and form.is_valid():
        try:
            choose_communities(activity=activity, by=request.user, **form.cleaned_data)
        except ActivityRefusedError as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The cards are ready."))
            return to_activity(activity)
    context = {
        "activity": activity,
        "partnership": activity.partnership,
        "form": form,
        "title": _("Cards without a name"),
        "action": _("Save"),
        "card_address": _card_address(activity),
    }
    return render(request, "engagement/activity_step.html", context, status=422 if form.errors else 200)


def _card_address(activity: EngagementActivity) -> str:
    if not card_choices(activity):
        return ""
    return absolute(space_url("activity_card", slug=activity.partnership.slug, number=activity.number))


def _to_door(activity: EngagementActivity) -> HttpResponse:
    return redirect(space_url("activity_door", slug=activity.partnership.slug, number=activity.number))


def _registration(
    request: SpaceRequest, slug: str, number: int, registration_id: uuid.UUID
) -> tuple[EngagementActivity, ActivityRegistration]:
    activity = editable_activity(request, slug, number)
    rows = ActivityRegistration.objects.filter(activity=activity).select_related("activity__partnership")
    return activity, get_object_or_404(rows, pk=registration_id)
