"""Making, opening and revoking secret links."""

import hashlib
import secrets
import uuid
from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from core.models import AccessLink, User


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


def make_link(
    *,
    purpose: str,
    subject_id: uuid.UUID,
    lasts: timedelta,
    by: User | None,
    recipient_email: str = "",
    person_id: uuid.UUID | None = None,
    label: str = "",
    now: datetime | None = None,
) -> tuple[AccessLink, str]:
    """A new link and its token (192 bits), which is shown here once and never stored."""
    token = secrets.token_urlsafe(24)
    link = AccessLink.objects.create(
        purpose=purpose,
        subject_id=subject_id,
        token_hash=hash_of(token, purpose=purpose),
        recipient_email=recipient_email,
        person_id=person_id,
        label=label,
        created_by=by,
        expires_at=(now or timezone.now()) + lasts,
    )
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
