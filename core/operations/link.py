"""Making, opening and revoking secret links."""

import hashlib
import secrets
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NotRequired, TypedDict, Unpack

from django.db.models import F
from django.utils import timezone

from core.models import AccessLink, User
from core.operations.rate import count_use_of

RENEWALS_PER_HOUR = 3
RENEWALS_PER_DAY = 6


class LinkExpiredError(Exception):
    """The link was good once; its time is over or it was revoked. ``link`` tells whom it was for."""

    def __init__(self, link: AccessLink) -> None:
        super().__init__("This link has expired.")
        self.link = link


class LinkUnknownError(Exception):
    """No such link, or one of another purpose."""


def hash_of(token: str, *, purpose: str) -> str:
    """What is stored instead of a token; the purpose salts it, so a token fits one kind of door only."""
    return hashlib.sha256(f"telaio.{purpose}:{token}".encode()).hexdigest()


class LinkTerms(TypedDict):
    """What a link opens, for how long and for whom."""

    purpose: str
    subject_id: uuid.UUID
    lasts: timedelta
    by: User | None
    recipient_email: NotRequired[str]
    person_id: NotRequired[uuid.UUID | None]
    label: NotRequired[str]
    now: NotRequired[datetime]


def draft_link(**terms: Unpack[LinkTerms]) -> tuple[AccessLink, str]:
    """A new link that opens nothing before ``store_links``, and its token (192 bits), which is never stored."""
    token, now = secrets.token_urlsafe(24), terms.get("now") or timezone.now()
    link = AccessLink(
        purpose=terms["purpose"],
        subject_id=terms["subject_id"],
        token_hash=hash_of(token, purpose=terms["purpose"]),
        recipient_email=terms.get("recipient_email", ""),
        person_id=terms.get("person_id"),
        label=terms.get("label", ""),
        created_by=terms["by"],
        created_at=timezone.now(),
        expires_at=now + terms["lasts"],
    )
    return link, token


def store_links(links: Iterable[AccessLink]) -> None:
    """Let drafted links open what they are for."""
    AccessLink.objects.bulk_create(links)


def make_link(**terms: Unpack[LinkTerms]) -> tuple[AccessLink, str]:
    """A new link and its token (192 bits), which is shown here once and never stored."""
    link, token = draft_link(**terms)
    store_links([link])
    return link, token


def open_link(token: str, *, purpose: str, now: datetime | None = None) -> AccessLink:
    """The link of a token. Changes nothing, so a mail scanner that opens it has no effect.

    Raises LinkUnknownError, or LinkExpiredError when its time is over or it was revoked.
    """
    link = AccessLink.objects.filter(token_hash=hash_of(token, purpose=purpose), purpose=purpose).first()
    if link is None:
        raise LinkUnknownError
    if link.revoked_at or link.expires_at <= (now or timezone.now()):
        raise LinkExpiredError(link)
    return link


def link_to_renew(token: str, *, purpose: str) -> AccessLink | None:
    """The ended link for which somebody asks a new one; None for one that works still and for one nobody made.

    The new one goes to the old one's address alone, and only while its person has that address and its ground holds:
    the caller sees to that, and says nothing of what it did. Raises TooOftenError after three times an hour for a link
    and six a day for an address.
    """
    count_use_of(f"renewal:{purpose}:{token}", limit=RENEWALS_PER_HOUR, per=timedelta(hours=1))
    try:
        open_link(token, purpose=purpose)
    except LinkExpiredError as error:
        address = error.link.recipient_email
        count_use_of(f"renewal-to:{purpose}:{address}", limit=RENEWALS_PER_DAY, per=timedelta(days=1))
        return error.link
    except LinkUnknownError:
        pass
    return None


def count_use(link: AccessLink) -> None:
    """Write down that the link was used for something."""
    AccessLink.objects.filter(pk=link.pk).update(uses=F("uses") + 1, last_used_at=timezone.now())


def revoke_link(*, link: AccessLink) -> None:
    """End a link at once; revoking twice changes nothing."""
    AccessLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())


def revoke_links_to(subject_id: uuid.UUID, *, purpose: str) -> int:
    """End all links of one kind to one thing; returns how many were live."""
    live = AccessLink.objects.filter(subject_id=subject_id, purpose=purpose, revoked_at=None)
    return live.update(revoked_at=timezone.now())
