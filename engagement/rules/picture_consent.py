"""Whether a consent to be shown carries a post (R-M2, R-D5)."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from engagement.models import PictureConsent


@dataclass(frozen=True)
class ConsentFacts:
    """What the rules look at. ``channel_id`` None holds for all channels."""

    who: str
    is_minor: bool = False
    guardian: str = ""
    given_on: date | None = None
    expires_on: date | None = None
    ended_on: date | None = None
    channel_id: uuid.UUID | None = None


def consent_facts(consent: PictureConsent) -> ConsentFacts:
    """The facts of a stored consent."""
    return ConsentFacts(
        who=consent.who or _("somebody"),
        is_minor=consent.is_minor,
        guardian=consent.guardian,
        given_on=consent.given_on,
        expires_on=consent.expires_on,
        ended_on=consent.ended_on,
        channel_id=consent.channel_id,
    )


def why_not_carried(consent: ConsentFacts, *, on: date, channel_id: uuid.UUID | None) -> str:
    """Why a consent does not carry a post on a day and a channel; empty when it does."""
    who = {"who": consent.who}
    if consent.ended_on is not None:
        return _("The consent of %(who)s was taken back or is over. Take them out of the post.") % who
    if consent.expires_on is not None and consent.expires_on < on:
        return _("The consent of %(who)s does not hold that long.") % who
    if consent.given_on is not None and consent.given_on > on:
        return _("The consent of %(who)s was given for a later day.") % who
    if consent.channel_id is not None and channel_id is not None and consent.channel_id != channel_id:
        return _("The consent of %(who)s is for another channel.") % who
    return ""
