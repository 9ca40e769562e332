"""Volunteering as everybody reads it, signing up, one's own page by link, and the host's button. No account."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.models import AccessLink
from core.operations.link import LinkExpiredError, LinkUnknownError, open_link
from core.operations.rate import TooOftenError
from core.web.access import SpaceRequest, by_link, public
from core.web.downloads import file_answer
from core.web.space import absolute
from engagement.forms.volunteer import (
    ConcernForm,
    GuardianForm,
    HoursForm,
    HoursQuestionForm,
    LeaveForm,
    VolunteerSignupForm,
    shift_label,
)
from engagement.models import HoursEntry, Shift, Volunteer, VolunteerOpportunity, VolunteerSignup
from engagement.operations.hours import confirm_hours, query_hours, report_hours
from engagement.operations.safeguarding import raise_concern
from engagement.operations.volunteer import (
    VolunteerTerms,
    agree_as_guardian,
    ask_another_guardian,
    cancel_signup,
    confirm_signup,
    leave_volunteering,
    sign_up,
)
from engagement.operations.volunteer_certificate import ask_for_certificate
from engagement.operations.volunteer_opportunity import OpportunityRefusedError
from engagement.queries.public_phrase import written_language
from engagement.queries.volunteer import (
    GUARDIAN,
    HOURS,
    OWN_PAGE,
    hours_of,
    hours_waiting,
    lead_of,
    opportunities_of_volunteer,
    public_opportunities,
    public_opportunity_url,
    shift_words,
    shifts_ahead,
    signups_of_volunteer,
    total_of,
)
from engagement.queries.volunteer_document import certificates_of
from engagement.rules.limits import too_often_in_words
from engagement.rules.linked_data import Linked, event
from engagement.rules.notice import notice_of
from engagement.rules.volunteer import (
    HOURS_TONES,
    SIGNUP_TONES,
    can_cancel,
    can_confirm,
    can_settle_hours,
    total_in_words,
    waits_for_guardian,
)
from engagement.rules.volunteer_notice import volunteer_days_of
from engagement.views.public_frame import in_chosen_language, linked_organisation, network_of, public_page_response

TOO_MANY, GONE = 429, 410
Contact = VolunteerOpportunity.Contact

type OwnForms = tuple[HoursForm, LeaveForm, GuardianForm]


@public
@require_safe
@in_chosen_language
def public_opportunity(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """What volunteers do here, with whom, when, and what protects them."""
    opportunity = get_object_or_404(public_opportunities(slug), number=number)
    shifts = [(one, shift_label(one)) for one in shifts_ahead(opportunity, now=timezone.now())]
    organiser = linked_organisation(request, opportunity.partnership)
    linked = [*(_event(opportunity, shift, organiser) for shift, _words in shifts), organiser]
    has_lead = lead_of(opportunity) is not None
    context = {**_told(opportunity), "has_lead": has_lead, "shifts": shifts, "linked": linked}
    return public_page_response(request, "engagement/public_opportunity.html", context)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@in_chosen_language
def volunteer_sign_up(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Sign up; everything further goes through the mailed link."""
    opportunity = get_object_or_404(public_opportunities(slug), number=number)
    now = timezone.now()
    form = VolunteerSignupForm(
        request.POST or None,
        form_id=opportunity.pk,
        now=now,
        shifts=shifts_ahead(opportunity, now=now),
        min_age=opportunity.min_age,
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _signed_up(request, opportunity, form)
            except TooOftenError as refusal:
                form.add_error(None, too_often_in_words(refusal.wait))
                status = TOO_MANY
            except OpportunityRefusedError as refusal:
                form.add_error(None, str(refusal))
            except ValidationError as error:
                form.add_error(None, error)
    context = {
        **_told(opportunity),
        "form": form,
        "notice": notice_of(request.tenant),
        "file_days": volunteer_days_of(request.tenant.retention_days),
    }
    return public_page_response(request, "engagement/volunteer_sign_up.html", context, status=status)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@in_chosen_language
def opportunity_concern(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Tell the named lead of a worry about somebody's safety."""
    opportunity = get_object_or_404(public_opportunities(slug), number=number)
    if lead_of(opportunity) is None:
        raise Http404
    form = ConcernForm(request.POST or None, form_id=opportunity.pk, now=timezone.now())
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                concern = raise_concern(
                    opportunity=opportunity, text=form.cleaned_data["text"], sent_from=network_of(request)
                )
            except TooOftenError as refusal:
                form.add_error(None, too_often_in_words(refusal.wait))
                status = TOO_MANY
            except (OpportunityRefusedError, ValidationError) as refusal:
                form.add_error(None, str(refusal) if isinstance(refusal, OpportunityRefusedError) else refusal)
            else:
                context = {**_told(opportunity), "concern": concern}
                return public_page_response(request, "engagement/concern_told.html", context)
    return public_page_response(
        request, "engagement/concern_form.html", {**_told(opportunity), "form": form}, status=status
    )


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
@in_chosen_language
def volunteer_page(request: SpaceRequest, token: str) -> HttpResponse:
    """A volunteer's own page: shifts, hours, certificate, who agrees, leaving. Opening it changes nothing."""
    link = _link(token, OWN_PAGE)
    if link is None:
        return _gone(request)
    volunteer = get_object_or_404(Volunteer.objects.select_related("partnership"), pk=link.subject_id)
    choices = {"opportunities": opportunities_of_volunteer(volunteer), "waiting": hours_waiting(volunteer)}
    forms = _own_forms(request, **choices)
    sent = next((form for form in forms if form.is_bound), None)
    refused, done = "", ""
    if request.method == "POST":
        try:
            if sent is None:
                done = _own_step(volunteer, request)
            elif sent.is_valid():
                volunteer, done = _own_word(volunteer, sent)
                forms = _own_forms(None, **choices)
        except OpportunityRefusedError as refusal:
            refused = str(refusal)
        except TooOftenError as refusal:
            refused = too_often_in_words(refusal.wait)
        except ValidationError as error:
            (sent or forms[0]).add_error(None, error)
    return own_page(request, volunteer, token, forms, refused=refused, done=done)


def _own_forms(request: HttpRequest | None, **choices: Any) -> OwnForms:
    """Hours, leaving and who agrees; the one whose button was pressed holds what was sent."""
    sent = {name: request.POST for name in ("report", "leave", "guardian") if request and name in request.POST}
    return HoursForm(sent.get("report"), **choices), LeaveForm(sent.get("leave")), GuardianForm(sent.get("guardian"))


def _own_word(volunteer: Volunteer, form: HoursForm | LeaveForm | GuardianForm) -> tuple[Volunteer, str]:
    """Do what a valid form says; the volunteer after it, and what was done in words."""
    given = form.cleaned_data
    match form:
        case HoursForm():
            report_hours(volunteer=volunteer, **given)
            return volunteer, _("Thank you. The host is asked to confirm.")
        case LeaveForm():
            return leave_volunteering(volunteer=volunteer, **given), ""
        case GuardianForm():
            name, email = given["guardian_name"], given["guardian_email"]
            return ask_another_guardian(volunteer=volunteer, name=name, email=email), _("We asked them to agree.")


def own_page(request: SpaceRequest, volunteer: Volunteer, token: str, forms: OwnForms, **more: Any) -> HttpResponse:
    """What a volunteer reads behind their link."""
    own = {**_own(volunteer), "token": token, **dict(zip(("form", "leave_form", "guardian_form"), forms, strict=True))}
    context = {"refused": "", "done": "", **own, **more}
    status = 422 if more.get("refused") or any(form.errors for form in forms) else 200
    return public_page_response(request, "engagement/volunteer_page.html", context, status=status)


@by_link
@require_safe
def volunteer_certificate_file(request: SpaceRequest, token: str, certificate_id: uuid.UUID) -> HttpResponse:
    """The volunteer's own certificate as a PDF; 404 for anybody else's."""
    link = _link(token, OWN_PAGE)
    if link is None:
        raise Http404
    volunteer = get_object_or_404(Volunteer, pk=link.subject_id)
    certificate = get_object_or_404(certificates_of(volunteer), pk=certificate_id)
    return file_answer(certificate.pdf)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
@in_chosen_language
def volunteer_guardian(request: SpaceRequest, token: str) -> HttpResponse:
    """A parent or guardian agrees with one button; opening the page changes nothing."""
    link = _link(token, GUARDIAN)
    if link is None:
        return _gone(request)
    volunteer = get_object_or_404(Volunteer.objects.select_related("partnership"), pk=link.subject_id)
    if request.method == "POST":
        volunteer = agree_as_guardian(volunteer=volunteer)
    return guardian_page(request, volunteer)


def guardian_page(request: SpaceRequest, volunteer: Volunteer) -> HttpResponse:
    """What a parent or guardian reads."""
    signups = [(one, shift_words(one.shift)) for one in signups_of_volunteer(volunteer)]
    context = {"volunteer": volunteer, "partnership": volunteer.partnership, "signups": signups}
    return public_page_response(request, "engagement/volunteer_guardian.html", context)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
@in_chosen_language
def hours_confirm(request: SpaceRequest, token: str) -> HttpResponse:
    """The host confirms hours with one button, or asks; opening the page from a mail changes nothing."""
    link = _link(token, HOURS)
    if link is None:
        return _gone(request)
    rows = HoursEntry.objects.select_related("volunteer__partnership", "opportunity__partnership")
    entry = get_object_or_404(rows, pk=link.subject_id)
    form, refused = HoursQuestionForm(), ""
    if request.method == "POST":
        try:
            if "confirm" in request.POST:
                entry = confirm_hours(entry=entry)
            elif "ask" in request.POST:
                form = HoursQuestionForm(request.POST)
                if form.is_valid():
                    entry = query_hours(entry=entry, note=form.cleaned_data["note"])
        except OpportunityRefusedError as refusal:
            refused = str(refusal)
    context = {
        "entry": entry,
        "partnership": entry.opportunity.partnership,
        "hours": total_in_words(entry.hours),
        "can_settle": bool(can_settle_hours(entry.state)),
        "form": form,
        "refused": refused,
    }
    status = 422 if refused or form.errors else 200
    return public_page_response(request, "engagement/hours_confirm.html", context, status=status)


def _own_step(volunteer: Volunteer, request: HttpRequest) -> str:
    """Confirm or give back a shift, or ask for a certificate; what was done, in words."""
    if "certificate" in request.POST:
        ask_for_certificate(volunteer=volunteer)
        return _("Your certificate is being made. Open this page again in a minute.")
    for name, step, words in (
        ("confirm", confirm_signup, _("Thank you. We count on you.")),
        ("cancel", cancel_signup, _("Thank you for telling us. Somebody else can come.")),
    ):
        if name in request.POST:
            step(signup=_own_signup(volunteer, request.POST[name]))
            return words
    return ""


def _own_signup(volunteer: Volunteer, key: str) -> VolunteerSignup:
    try:
        found: VolunteerSignup = signups_of_volunteer(volunteer).get(pk=uuid.UUID(key))
    except (ValueError, VolunteerSignup.DoesNotExist) as error:
        raise Http404 from error
    return found


def _signed_up(request: SpaceRequest, opportunity: VolunteerOpportunity, form: VolunteerSignupForm) -> HttpResponse:
    given = form.cleaned_data
    terms = VolunteerTerms(
        name=given["name"],
        email=given["email"],
        phone=given["phone"],
        is_minor=bool(given.get("is_minor")),
        guardian_name=given.get("guardian_name", ""),
        guardian_email=given.get("guardian_email", "").lower(),
    )
    sign_up(
        opportunity=opportunity,
        shifts=given["shifts"],
        terms=terms,
        language=written_language(request.LANGUAGE_CODE),
        sent_from=network_of(request),
        now=form.now,
    )
    context = {**_told(opportunity), "is_minor": terms.is_minor}
    return public_page_response(request, "engagement/volunteer_signed_up.html", context)


def _told(opportunity: VolunteerOpportunity) -> dict[str, Any]:
    return {
        "opportunity": opportunity,
        "partnership": opportunity.partnership,
        "meets_people_at_risk": opportunity.contact_with_people_at_risk != Contact.NONE,
    }


def _own(volunteer: Volunteer) -> dict[str, Any]:
    given, work = total_of(volunteer).hours, opportunities_of_volunteer(volunteer)
    return {
        "volunteer": volunteer,
        "partnership": volunteer.partnership,
        "has_left": volunteer.state == Volunteer.State.FORMER,
        "waits_for_guardian": waits_for_guardian(volunteer),
        "signups": [shift_row(one) for one in signups_of_volunteer(volunteer)[:20]],
        "hours": [hours_row(one) for one in hours_of(volunteer)[:30]],
        "total": total_in_words(given),
        "has_hours": given > 0,
        "certificates": list(certificates_of(volunteer)),
        "leads": [one for one in work.select_related("safeguarding_lead") if lead_of(one)],
    }


def shift_row(signup: VolunteerSignup) -> dict[str, Any]:
    """One of the volunteer's own shifts."""
    return {
        "signup": signup,
        "words": shift_words(signup.shift),
        "place": signup.shift.place or signup.shift.opportunity.place,
        "tone": SIGNUP_TONES[signup.state],
        "can_confirm": bool(can_confirm(signup.state)),
        "can_cancel": bool(can_cancel(signup.state)),
    }


def hours_row(entry: HoursEntry) -> tuple[HoursEntry, str, str]:
    """Some of the volunteer's own hours, with colour and words."""
    return entry, HOURS_TONES[entry.state], total_in_words(entry.hours)


def _link(token: str, purpose: str) -> AccessLink | None:
    try:
        return open_link(token, purpose=purpose)
    except (LinkUnknownError, LinkExpiredError):
        return None


def _gone(request: SpaceRequest) -> HttpResponse:
    return public_page_response(request, "engagement/registration_gone.html", {}, status=404)


def _event(opportunity: VolunteerOpportunity, shift: Shift, organiser: Linked) -> Linked:
    return event(
        name=opportunity.title,
        url=absolute(public_opportunity_url(opportunity)),
        about=opportunity.purpose,
        starts=timezone.localtime(shift.starts_at),
        ends=timezone.localtime(shift.ends_at),
        place=shift.place or opportunity.place,
        most_people=shift.capacity_max,
        organiser=organiser,
    )
