"""How far a request to sign has come, told truthfully (domain 5.3)."""

from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from partnerships.models import Signature

Answer = Signature.State


class Standing(TextChoices):
    """What is known of a party: its answer; before one, whether the text was read and the mailed link still works."""

    WAITING = "waiting", _("Not asked yet")
    REQUESTED = "requested", _("Asked")
    VIEWED = "viewed", _("Asked and opened")
    EXPIRED = "expired", _("The link has run out")
    SIGNED = "signed", _("Accepted")
    DECLINED = "declined", _("Declined")
    VOID = "void", _("Void: the text changed")


TONES: dict[str, str] = {
    Standing.WAITING: "idle",
    Standing.REQUESTED: "soon",
    Standing.VIEWED: "info",
    Standing.EXPIRED: "late",
    Standing.SIGNED: "ok",
    Standing.DECLINED: "late",
    Standing.VOID: "idle",
}


def standing_of_request(
    *, state: str, viewed_at: datetime | None, link_until: datetime | None, now: datetime
) -> Standing:
    """How far a request is at a moment.

    ``link_until`` is the end of the last link that was mailed, None where none was. One that ran out asks nobody any
    more until it is mailed again, whether the text was opened or not; who has an account can still answer.
    """
    if state != Answer.REQUESTED:
        return Standing(state)
    if link_until is not None and link_until <= now:
        return Standing.EXPIRED
    return Standing.VIEWED if viewed_at is not None else Standing.REQUESTED
