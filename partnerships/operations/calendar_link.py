"""A person's own secret calendar address."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse

from core.models import User
from core.operations.audit import record
from core.operations.link import make_link, open_link, revoke_links_to
from core.queries.tenant import tenant_at_work
from partnerships.queries.calendar_link import CALENDAR_LINK

# Calendars ask for years without anybody looking; the page says when it ends.
LASTS = timedelta(days=730)


@transaction.atomic
def make_calendar_address(*, by: User) -> str:
    """A new secret address of a person's tasks in this space, which ends the one before; the path is told only now."""
    revoke_links_to(by.pk, purpose=CALENDAR_LINK)
    link, token = make_link(
        purpose=CALENDAR_LINK, subject_id=by.pk, lasts=LASTS, by=by, recipient_email=by.email, label=str(by)[:120]
    )
    record("calendar.address_made", link, by=by)
    return reverse("calendar_feed", kwargs={"tenant": tenant_at_work().slug, "token": token})


@transaction.atomic
def end_calendar_address(*, by: User) -> bool:
    """End a person's calendar address at once; whether there was one."""
    if not revoke_links_to(by.pk, purpose=CALENDAR_LINK):
        return False
    record("calendar.address_ended", by, by=by)
    return True


def owner_of_calendar(token: str) -> User | None:
    """Whose tasks an address shows; None when they can sign in no more. Changes nothing.

    Raises LinkUnknownError or LinkExpiredError as ``open_link``.
    """
    link = open_link(token, purpose=CALENDAR_LINK)
    return User.objects.filter(pk=link.subject_id, is_active=True).first()
