"""Mails to people who registered: each tells one thing once and carries the link to change or cancel."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.utils import timezone

from core.documents.calendar import CalendarMethod, calendar_text
from core.models import AccessLink, OutboxMail
from core.operations.link import draft_link, store_links
from core.operations.mail import draft_mail, store_mails
from core.queries.tenant import tenant_at_work
from core.web.space import absolute, space_url
from engagement.models import ActivityRegistration, EngagementActivity
from engagement.queries.activity import calendar_entry, public_url_of, when_of
from engagement.queries.activity_registration import MANAGE
from engagement.queries.public_phrase import address_in, read_in, written_language
from engagement.rules.activity_notice import TELLS_WHAT_BECAME, activity_contact_days_of
from engagement.rules.door_code import door_code_of
from engagement.rules.waiting_list import LISTED

KIND = "activity_registration"
# People look their place up once more after the day, and delete their address after the last mail.
LINK_LASTS_AFTER = timedelta(days=7)
LAST_LINK_LASTS = timedelta(days=30)
State = ActivityRegistration.State


class Occasion(StrEnum):
    """What a mail tells."""

    GOING = "going"
    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    LAPSED = "lapsed"
    REMINDER = "reminder"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    TOLD = "told"

    @property
    def has_calendar(self) -> bool:
        """Whether the date goes into the reader's calendar with it."""
        return self in {Occasion.GOING, Occasion.ACCEPTED, Occasion.CHANGED, Occasion.CANCELLED}


# What tells somebody on the list how it stands with them.
OCCASION_OF: dict[str, Occasion] = {
    State.GOING: Occasion.GOING,
    State.WAITING: Occasion.WAITING,
    State.OFFERED: Occasion.OFFERED,
}


def mail_registered(activity: EngagementActivity, occasion: Occasion) -> int:
    """Tell everybody with a place or a wait who left an address; returns how many mails are new."""
    return write_mails(activity, activity.registrations.filter(state__in=LISTED).order_by("position"), occasion)


def tell_what_became(activity: EngagementActivity) -> int:
    """Lead everybody who had a place and agreed to it to what became of it; once. Returns how many mails are new."""
    agreed = activity.registrations.filter(state=State.GOING, notice_version__gte=TELLS_WHAT_BECAME)
    return write_mails(activity, agreed.order_by("position"), Occasion.TOLD)


def write_mails(
    activity: EngagementActivity,
    registrations: Iterable[ActivityRegistration],
    occasion: Occasion,
    *,
    again_on: date | None = None,
) -> int:
    """One mail to each who left an address, which says the same once, or once on a day when it is asked for again.

    Returns how many are new.
    """
    again = str(again_on or "")
    drafted = [_drafted(activity, one, occasion, again) for one in registrations if one.email]
    new = {mail.pk for mail in store_mails([mail for mail, _link in drafted])}
    store_links(link for mail, link in drafted if mail.pk in new)
    return len(new)


def is_still_wanted(mail: OutboxMail) -> bool:
    """Whether what a mail says is still so right before it leaves (TSK-07)."""
    _kind, occasion, key, *_rest = mail.dedup_key.split(":")
    row = ActivityRegistration.objects.filter(pk=key).exclude(email="").select_related("activity").first()
    if row is None:
        return False
    is_called_off: bool = row.activity.state == EngagementActivity.State.CANCELLED
    if occasion == Occasion.CANCELLED:
        return is_called_off
    wanted = {
        Occasion.GOING: {State.GOING},
        Occasion.ACCEPTED: {State.GOING},
        Occasion.REMINDER: {State.GOING},
        Occasion.WAITING: {State.WAITING},
        Occasion.OFFERED: {State.OFFERED},
        Occasion.LAPSED: {State.LAPSED},
        Occasion.CHANGED: {*LISTED},
        Occasion.TOLD: {State.GOING},
    }[Occasion(occasion)]
    return not is_called_off and str(row.state) in wanted


def forget_mails_to(registrations: Iterable[ActivityRegistration]) -> None:
    """Empty address and text of every mail about some registrations; those not sent yet never leave."""
    for registration in registrations:
        mails = OutboxMail.objects.filter(kind=KIND, dedup_key__contains=f":{registration.pk}:")
        mails.filter(state=OutboxMail.State.WAITING).update(state=OutboxMail.State.DROPPED)
        mails.update(to="", text="", html="", calendar="")


def manage_link(
    registration: ActivityRegistration, *, now: datetime | None = None, at_least: timedelta = timedelta(days=1)
) -> tuple[AccessLink, str]:
    """A drafted link to somebody's own registration, and its address."""
    activity = registration.activity
    last = (activity.ends_at or timezone.now()) + LINK_LASTS_AFTER
    lasts = max(last - (now or timezone.now()), at_least)
    link, token = draft_link(purpose=MANAGE, subject_id=registration.pk, lasts=lasts, by=None)
    return link, address_in(registration.language, absolute(space_url("registration_manage", token=token)))


def _drafted(
    activity: EngagementActivity, registration: ActivityRegistration, occasion: Occasion, again: str
) -> tuple[OutboxMail, AccessLink]:
    link, url = manage_link(registration, at_least=LAST_LINK_LASTS if occasion == Occasion.TOLD else timedelta(days=1))
    method = CalendarMethod.CANCEL if occasion == Occasion.CANCELLED else CalendarMethod.PUBLISH
    with read_in(registration.language, activity.partnership.slug):
        mail = draft_mail(
            to=registration.email,
            kind=KIND,
            dedup_key=f"{KIND}:{occasion.value}:{registration.pk}:{_once_for(activity, registration, occasion)}{again}",
            language=written_language(registration.language),
            template=KIND,
            context=place_context(activity, registration, occasion, manage_url=url),
            calendar=calendar_text([calendar_entry(activity)], method=method) if occasion.has_calendar else "",
        )
    return mail, link


def place_context(
    activity: EngagementActivity, registration: ActivityRegistration, occasion: Occasion, *, manage_url: str
) -> dict[str, Any]:
    """What a mail about a place says, in the language at work."""
    space = tenant_at_work()
    return {
        "space": space,
        "partnership": activity.partnership,
        "activity": activity,
        "registration": registration,
        "occasion": occasion.value,
        "when": when_of(activity),
        "code": door_code_of(registration.pk),
        "manage_url": manage_url,
        "activity_url": address_in(registration.language, absolute(public_url_of(activity))),
        "contact_days": activity_contact_days_of(space.retention_days),
    }


def _once_for(activity: EngagementActivity, registration: ActivityRegistration, occasion: Occasion) -> str:
    """What a mail is about besides the person: an offer by its end, a change by its number, a reminder by the day."""
    if occasion in {Occasion.OFFERED, Occasion.ACCEPTED, Occasion.LAPSED}:
        return f"{registration.offered_until:%Y%m%d%H%M}" if registration.offered_until else ""
    if occasion == Occasion.REMINDER:
        return f"{activity.starts_at:%Y%m%d}" if activity.starts_at else ""
    return str(activity.sequence) if occasion == Occasion.CHANGED else ""
