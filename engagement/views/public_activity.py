"""An activity as everybody reads it, registering for it, and the link to one's own place. No account, no script."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.documents.calendar import CalendarMethod, calendar_text
from core.operations.link import LinkExpiredError, LinkUnknownError, open_link
from core.operations.rate import TooOftenError
from core.web.access import SpaceRequest, by_link, public
from engagement.forms.activity_registration import CardForm, RegistrationForm
from engagement.models import ActivityRegistration, EngagementActivity
from engagement.operations.activity import ActivityRefusedError
from engagement.operations.activity_day import count_card
from engagement.operations.activity_registration import (
    RegistrationRefusedError,
    accept_place,
    cancel_registration,
    forget_registered,
    register,
)
from engagement.queries.activity import (
    access_lines,
    answers_of,
    calendar_entry,
    event_of,
    promise_of,
    public_activities,
    when_of,
)
from engagement.queries.activity_registration import MANAGE, card_choices, room_in
from engagement.queries.public_page import answer_of
from engagement.queries.public_phrase import written_language
from engagement.rules.activity_day import can_fill_card
from engagement.rules.activity_notice import activity_contact_days_of
from engagement.rules.door_code import door_code_of
from engagement.rules.limits import too_often_in_words
from engagement.rules.notice import notice_of
from engagement.rules.waiting_list import can_accept, can_cancel_registration, can_register
from engagement.views.public_frame import in_chosen_language, network_of, public_page_response

TOO_MANY, GONE = 429, 410
State = ActivityRegistration.State
# What whoever holds the link of a place does with it, by the name of the button.
OWN_STEPS = {"accept": accept_place, "cancel": cancel_registration, "forget": forget_registered}


@public
@require_safe
@in_chosen_language
def public_activity(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """What is promised, what is open and fixed, when and where, how to come, and what became of it."""
    activity = get_object_or_404(public_activities(slug), number=number)
    now = timezone.now()
    themes, decisions = answers_of(activity)
    context = {
        **_told(activity),
        "access": access_lines(activity),
        "takes": can_register(activity, now=now),
        "room": room_in(activity),
        "quotes": list(activity.quotes.order_by("id")),
        "answers": [answer_of(theme, today=timezone.localdate(now)) for theme in themes],
        "decisions": decisions,
        "linked": event_of(activity),
    }
    return public_page_response(request, "engagement/public_activity.html", context)


@public
@require_safe
def public_activity_calendar(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """The activity for people's own calendars."""
    activity = get_object_or_404(public_activities(slug), number=number)
    text = calendar_text([calendar_entry(activity)], method=CalendarMethod.PUBLISH)
    headers = {"Content-Disposition": f'attachment; filename="{slug}-{number}.ics"'}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@in_chosen_language
def activity_register(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Register; the answer to the form is the page that says whether there is a place."""
    activity = get_object_or_404(public_activities(slug), number=number)
    now = timezone.now()
    if not (verdict := can_register(activity, now=now)):
        context = {**_told(activity), "reason": verdict.reason}
        return public_page_response(request, "engagement/activity_closed.html", context, status=GONE)
    form = RegistrationForm(request.POST or None, form_id=activity.pk, now=now)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _registered(request, activity, form)
            except TooOftenError as refusal:
                form.add_error(None, too_often_in_words(refusal.wait))
                status = TOO_MANY
            except RegistrationRefusedError as refusal:
                form.add_error(None, str(refusal))
            except ValidationError as error:
                form.add_error(None, error)
    context = {
        **_told(activity),
        "form": form,
        "room": room_in(activity),
        "notice": notice_of(request.tenant),
        "contact_days": activity_contact_days_of(request.tenant.retention_days),
    }
    return public_page_response(request, "engagement/activity_register.html", context, status=status)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@in_chosen_language
def activity_card(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """A card without a name, on the day; only counts are kept."""
    activity = get_object_or_404(public_activities(slug), number=number)
    choices = card_choices(activity)
    if not choices:
        raise Http404
    now = timezone.now()
    if not (verdict := can_fill_card(activity, now=now)):
        context = {**_told(activity), "reason": verdict.reason}
        return public_page_response(request, "engagement/activity_closed.html", context, status=GONE)
    form = CardForm(request.POST or None, form_id=activity.pk, now=now, choices=choices)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                count_card(activity=activity, said=form.said, sent_from=network_of(request), now=now)
            except TooOftenError as refusal:
                form.add_error(None, too_often_in_words(refusal.wait))
                status = TOO_MANY
            except ActivityRefusedError as refusal:
                form.add_error(None, str(refusal))
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return public_page_response(request, "engagement/activity_card_done.html", _told(activity))
    context = {**_told(activity), "form": form}
    return public_page_response(request, "engagement/activity_card.html", context, status=status)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
@in_chosen_language
def registration_manage(request: SpaceRequest, token: str) -> HttpResponse:
    """One's own place: take an offered one, give it back. Opening it changes nothing; the token is what protects it."""
    try:
        link = open_link(token, purpose=MANAGE)
    except LinkUnknownError:
        return public_page_response(request, "engagement/registration_gone.html", {}, status=404)
    except LinkExpiredError:
        return public_page_response(request, "engagement/registration_gone.html", {}, status=GONE)
    rows = ActivityRegistration.objects.select_related("activity__partnership")
    registration = get_object_or_404(rows, pk=link.subject_id)
    refused = ""
    if request.method == "POST":
        step = next((step for name, step in OWN_STEPS.items() if name in request.POST), None)
        try:
            registration = step(registration=registration) if step else registration
        except RegistrationRefusedError as refusal:
            refused = str(refusal)
    return place_page(request, registration, refused=refused)


def place_page(
    request: SpaceRequest, registration: ActivityRegistration, *, refused: str = "", **more: Any
) -> HttpResponse:
    """What whoever holds the link of a place reads of it."""
    context = {**_told(registration.activity), **_own_place(registration), "refused": refused, **more}
    return public_page_response(request, "engagement/registration_manage.html", context, status=422 if refused else 200)


def _registered(request: SpaceRequest, activity: EngagementActivity, form: RegistrationForm) -> HttpResponse:
    given = form.cleaned_data
    found = register(
        activity=activity,
        name=given["name"],
        email=given["email"],
        phone=given["phone"],
        people=given["people"],
        access_needs=given["access_needs"],
        has_guardian=given["has_guardian"],
        language=written_language(request.LANGUAGE_CODE),
        nonce=given["nonce"],
        sent_from=network_of(request),
        now=form.now,
    )
    context = {**_told(activity), "found": found, "is_going": found.state == State.GOING}
    return public_page_response(request, "engagement/activity_registered.html", context)


def _told(activity: EngagementActivity) -> dict[str, Any]:
    return {
        "activity": activity,
        "partnership": activity.partnership,
        "when": when_of(activity),
        "promise": promise_of(activity),
    }


def _own_place(registration: ActivityRegistration) -> dict[str, Any]:
    now, activity = timezone.now(), registration.activity
    has_begun = activity.starts_at is not None and activity.starts_at <= now
    return {
        "registration": registration,
        "code": door_code_of(registration.pk) if registration.state in {State.GOING, State.OFFERED} else "",
        "can_accept": bool(can_accept(registration.state, registration.offered_until, now=now)),
        "can_cancel": bool(can_cancel_registration(registration.state, has_begun=has_begun)),
        "can_forget": has_begun and bool(registration.name or registration.email or registration.phone),
        "has_begun": has_begun,
        "is_called_off": activity.state == EngagementActivity.State.CANCELLED,
    }
