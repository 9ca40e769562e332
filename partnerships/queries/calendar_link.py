"""Whether a person has a calendar address."""

from django.utils import timezone

from core.models import AccessLink, User

CALENDAR_LINK = "calendar"


def live_calendar_link(user: User) -> AccessLink | None:
    """The address a person's calendar may ask today; the secret itself is not kept anywhere."""
    live = AccessLink.objects.filter(
        purpose=CALENDAR_LINK, subject_id=user.pk, revoked_at=None, expires_at__gt=timezone.now()
    )
    return live.order_by("-created_at").first()
