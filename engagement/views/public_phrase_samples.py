"""Mails to residents and the pages behind their links, as nobody's, so that their texts are on the list as well.

Nothing here is stored: each sample is a record that never was, in each state that is told in words of its own.
"""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from core.operations.mail import worded
from core.web.access import SpaceRequest
from engagement.document.survey import PAPER, paper_context
from engagement.forms.volunteer import GuardianForm, HoursForm, LeaveForm
from engagement.models import (
    ActivityRegistration,
    EngagementActivity,
    HoursEntry,
    Shift,
    Submission,
    SubmissionReply,
    Survey,
    Volunteer,
    VolunteerCertificate,
    VolunteerOpportunity,
    VolunteerSignup,
)
from engagement.operations import activity_mail, resident_mail, survey_invitation, volunteer_mail
from engagement.views.public_activity import place_page
from engagement.views.public_frame import public_page_response
from engagement.views.public_volunteer import guardian_page, hours_row, own_page, shift_row
from partnerships.models import Partnership

Visit = Callable[[SpaceRequest], object]
Place = ActivityRegistration.State
NOBODY = "-"


def message_samples(partnership: Partnership) -> list[Visit]:
    """The mail with an answer, and stopping it."""

    def answer() -> dict[str, Any]:
        message = Submission(partnership=partnership, language="", contact_email=NOBODY, received_hour=timezone.now())
        reply = SubmissionReply(submission=message, text=NOBODY, at=timezone.now())
        return resident_mail.reply_context(reply, stop_url=NOBODY)

    stop = "engagement/feedback_contact_stop.html"
    states: list[dict[str, Any]] = [{"is_stopped": False}, {"is_stopped": True}, {"is_over": True}]
    return [_mail(resident_mail.KIND, answer), *(_page(stop, state) for state in states)]


def activity_samples(activity: EngagementActivity) -> list[Visit]:
    """One's own place in each state, and each mail about it."""

    def told(occasion: activity_mail.Occasion) -> dict[str, Any]:
        is_offer = occasion == activity_mail.Occasion.OFFERED
        place = _registration(activity, Place.OFFERED if is_offer else Place.GOING)
        return activity_mail.place_context(activity, place, occasion, manage_url=NOBODY)

    def place(visitor: SpaceRequest, *, state: str, **more: Any) -> HttpResponse:
        return place_page(visitor, _registration(activity, state), **more)

    return [
        *(partial(place, state=state) for state in Place),
        partial(place, state=Place.GOING, is_called_off=True),
        *(_mail(activity_mail.KIND, partial(told, occasion)) for occasion in activity_mail.Occasion),
        _page("engagement/registration_gone.html", {}),
    ]


def volunteer_samples(opportunity: VolunteerOpportunity) -> list[Visit]:
    """A volunteer's own page, a guardian's, and each mail to either."""
    volunteer = Volunteer(
        partnership=opportunity.partnership, name=NOBODY, email=NOBODY, language="", is_minor=True, guardian_name=NOBODY
    )
    agreed = Volunteer(partnership=opportunity.partnership, name=NOBODY, guardian_consent_on=timezone.localdate())

    def told(occasion: volunteer_mail.Occasion) -> dict[str, Any]:
        return volunteer_mail.volunteer_context(volunteer, occasion, url=NOBODY, when=NOBODY)

    return [
        partial(_own_page, volunteer=volunteer, opportunity=opportunity),
        *(partial(guardian_page, volunteer=one) for one in (volunteer, agreed)),
        *(_mail(volunteer_mail.KIND, partial(told, occasion)) for occasion in volunteer_mail.Occasion),
        _mail("volunteer_guardian", partial(volunteer_mail.guardian_context, volunteer, url=NOBODY)),
    ]


def survey_samples(survey: Survey) -> list[Visit]:
    """The invitation and its reminder, stopping them, and the survey on paper."""

    def invitation(*, is_reminder: bool) -> dict[str, Any]:
        minutes = survey_invitation.minutes_of(survey)
        return survey_invitation.invitation_context(
            survey, minutes=minutes, url=NOBODY, stop_url=NOBODY, is_reminder=is_reminder
        )

    declined = "engagement/survey_declined.html"
    return [
        *(_mail(survey_invitation.KIND, partial(invitation, is_reminder=again)) for again in (False, True)),
        *(_page(declined, {"survey": survey, "is_declined": is_declined}) for is_declined in (False, True)),
        lambda _visitor: render_to_string(PAPER, paper_context(survey)),
    ]


def _mail(template: str, context: Callable[[], dict[str, Any]]) -> Visit:
    return lambda _visitor: worded(template, context(), unsubscribe_url=NOBODY)


def _page(template: str, context: dict[str, Any]) -> Visit:
    return lambda visitor: public_page_response(visitor, template, context)


def _registration(activity: EngagementActivity, state: str) -> ActivityRegistration:
    until = timezone.now() + timedelta(days=1)
    return ActivityRegistration(
        activity=activity, name=NOBODY, email=NOBODY, language="", state=state, offered_until=until
    )


def _own_page(visitor: SpaceRequest, *, volunteer: Volunteer, opportunity: VolunteerOpportunity) -> HttpResponse:
    """With a shift and hours in each state."""
    begins = timezone.now() + timedelta(days=1)
    shift = Shift(opportunity=opportunity, starts_at=begins, ends_at=begins + timedelta(hours=1))
    signups = [VolunteerSignup(shift=shift, volunteer=volunteer, state=state) for state in VolunteerSignup.State]
    given = {"volunteer": volunteer, "opportunity": opportunity, "on": timezone.localdate(), "hours": Decimal(2)}
    hours = [HoursEntry(**given, source=HoursEntry.Source.SELF, state=state) for state in HoursEntry.State]
    certificates = [
        VolunteerCertificate(volunteer=volunteer, issued_on=timezone.localdate(), pdf_id=key) for key in (None, uuid4())
    ]
    rows = {"signups": [shift_row(one) for one in signups], "hours": [hours_row(one) for one in hours]}
    work = VolunteerOpportunity.objects.filter(pk=opportunity.pk)
    forms = HoursForm(opportunities=work, waiting=None), LeaveForm(), GuardianForm()
    return own_page(visitor, volunteer, NOBODY, forms, **rows, certificates=certificates, leads=[opportunity])
