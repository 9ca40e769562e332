"""Mails to volunteers, who need no password: each carries their own link; and to hosts, who confirm hours."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from core.documents.calendar import CalendarMethod, calendar_text
from core.models import OutboxMail, User
from core.operations.link import make_link
from core.operations.mail import write_mail
from core.queries.tenant import tenant_at_work
from core.web.space import absolute, space_url
from engagement.models import HoursEntry, Volunteer, VolunteerSignup
from engagement.queries.public_phrase import address_in, read_in, written_language
from engagement.queries.volunteer import (
    GUARDIAN,
    HOURS,
    OWN_PAGE,
    shift_calendar_entry,
    shift_words,
    signups_to_remind,
)
from engagement.rules.volunteer_notice import volunteer_days_of

KIND, HOURS_KIND = "volunteer", "volunteer_hours"
LINK_LASTS = timedelta(days=365)
GUARDIAN_LASTS = timedelta(days=60)


class Occasion(StrEnum):
    """What a mail to a volunteer tells."""

    SIGNED_UP = "signed_up"
    ACCEPTED = "accepted"
    WAITLISTED = "waitlisted"
    DECLINED = "declined"
    TAKEN_OFF = "taken_off"
    REMINDER = "reminder"
    SHIFT_CANCELLED = "shift_cancelled"
    HOURS_ASKED = "hours_asked"
    HOURS_QUERIED = "hours_queried"
    THANKS = "thanks"


# What goes into the volunteer's own calendar with the mail, or out of it again.
_IN_CALENDAR = {
    Occasion.ACCEPTED: CalendarMethod.PUBLISH,
    Occasion.TAKEN_OFF: CalendarMethod.CANCEL,
    Occasion.SHIFT_CANCELLED: CalendarMethod.CANCEL,
}
# Who gave a shift back may ask for it again, and is told of every answer.
_ANSWERS = {Occasion.ACCEPTED, Occasion.WAITLISTED, Occasion.DECLINED, Occasion.TAKEN_OFF}


def mail_signups(signups: Iterable[VolunteerSignup], occasion: Occasion) -> int:
    """Tell volunteers what became of their shifts, each once; returns how many mails are new.

    The date comes with a yes for the reader's own calendar, and goes with a shift that is called off or no more theirs.
    """
    return sum(_mail_signup(signup, occasion) is not None for signup in signups)


def _mail_signup(signup: VolunteerSignup, occasion: Occasion) -> OutboxMail | None:
    now, method = timezone.now(), _IN_CALENDAR.get(occasion)
    with read_in(signup.volunteer.language, signup.volunteer.partnership.slug):
        when = shift_words(signup.shift)
        calendar = calendar_text([shift_calendar_entry(signup.shift, stamp=now)], method=method) if method else ""
    place = signup.shift.place or signup.shift.opportunity.place
    about = f"{signup.pk}:{now:%Y%m%d%H%M%S%f}" if occasion in _ANSWERS else str(signup.pk)
    return mail_volunteer(
        signup.volunteer,
        occasion,
        about=about,
        when=when,
        title=signup.shift.opportunity.title,
        place=place,
        calendar=calendar,
    )


def remind_volunteers(*, today: date) -> int:
    """The day before, remind everybody who is on a shift; once. Returns how many mails are new."""
    since = datetime.combine(today + timedelta(days=1), datetime.min.time(), ZoneInfo(tenant_at_work().time_zone))
    return mail_signups(signups_to_remind(since=since, until=since + timedelta(days=1)), Occasion.REMINDER)


def mail_volunteer(
    volunteer: Volunteer,
    occasion: Occasion,
    *,
    about: str = "",
    when: str = "",
    note: str = "",
    title: str = "",
    place: str = "",
    calendar: str = "",
    by: User | None = None,
) -> OutboxMail | None:
    """One mail with the volunteer's own link; nothing without an address, and the same never twice."""
    if not volunteer.email:
        return None
    _link, token = make_link(purpose=OWN_PAGE, subject_id=volunteer.pk, lasts=LINK_LASTS, by=by)
    url = address_in(volunteer.language, absolute(space_url("volunteer_page", token=token)))
    with read_in(volunteer.language, volunteer.partnership.slug):
        return write_mail(
            to=volunteer.email,
            kind=KIND,
            dedup_key=f"{KIND}:{occasion.value}:{volunteer.pk}:{about}",
            language=written_language(volunteer.language),
            template=KIND,
            context=volunteer_context(volunteer, occasion, when=when, note=note, title=title, place=place, url=url),
            calendar=calendar,
        )


def volunteer_context(
    volunteer: Volunteer,
    occasion: Occasion,
    *,
    url: str,
    when: str = "",
    note: str = "",
    title: str = "",
    place: str = "",
) -> dict[str, Any]:
    """What a mail to a volunteer says."""
    space = tenant_at_work()
    return {
        "space": space,
        "partnership": volunteer.partnership,
        "volunteer": volunteer,
        "occasion": occasion.value,
        "when": when,
        "note": note,
        "title": title,
        "place": place,
        "url": url,
        "file_days": volunteer_days_of(space.retention_days),
    }


def mail_guardian(volunteer: Volunteer, *, about: str = "") -> OutboxMail | None:
    """Ask a parent or guardian to agree (R-V3); once for each ``about``."""
    if not volunteer.guardian_email:
        return None
    _link, token = make_link(purpose=GUARDIAN, subject_id=volunteer.pk, lasts=GUARDIAN_LASTS, by=None)
    url = address_in(volunteer.language, absolute(space_url("volunteer_guardian", token=token)))
    with read_in(volunteer.language, volunteer.partnership.slug):
        return write_mail(
            to=volunteer.guardian_email,
            kind=KIND,
            dedup_key=f"{KIND}:guardian:{volunteer.pk}:{about}",
            language=written_language(volunteer.language),
            template="volunteer_guardian",
            context=guardian_context(volunteer, url=url),
        )


def guardian_context(volunteer: Volunteer, *, url: str) -> dict[str, Any]:
    """What the mail to a parent or guardian says."""
    return {"space": tenant_at_work(), "partnership": volunteer.partnership, "volunteer": volunteer, "url": url}


def make_hours_link(entry: HoursEntry) -> str:
    """A new link for the host's contact; returns the path of the page on which hours are confirmed."""
    supervisor = entry.opportunity.supervisor
    _link, token = make_link(
        purpose=HOURS, subject_id=entry.pk, lasts=GUARDIAN_LASTS, by=None,
        recipient_email=supervisor.email, person_id=supervisor.pk,
    )  # fmt: skip
    return space_url("hours_confirm", token=token)


def mail_host(entry: HoursEntry) -> OutboxMail | None:
    """Ask the host's contact to confirm hours from a page with one button; nothing without an address."""
    supervisor = entry.opportunity.supervisor
    if not supervisor.email or supervisor.do_not_contact:
        return None
    return write_mail(
        to=supervisor.email,
        kind=HOURS_KIND,
        dedup_key=f"{HOURS_KIND}:{entry.pk}",
        language=supervisor.language or tenant_at_work().default_language,
        template=HOURS_KIND,
        context={
            "space": tenant_at_work(),
            "partnership": entry.opportunity.partnership,
            "name": supervisor.name,
            "entry": entry,
            "volunteer": entry.volunteer,
            "opportunity": entry.opportunity,
            "url": absolute(make_hours_link(entry)),
        },
    )


def forget_mails_to(volunteers: Iterable[Volunteer]) -> None:
    """Empty address and text of every mail to or about some volunteers; those not sent yet never leave."""
    for volunteer in volunteers:
        mails = OutboxMail.objects.filter(kind=KIND, dedup_key__contains=f":{volunteer.pk}:")
        mails.filter(state=OutboxMail.State.WAITING).update(state=OutboxMail.State.DROPPED)
        mails.update(to="", text="", html="")
        keys = [f"{HOURS_KIND}:{key}" for key in volunteer.hours.values_list("pk", flat=True)]
        OutboxMail.objects.filter(kind=HOURS_KIND, dedup_key__in=keys).update(to="", text="", html="")
