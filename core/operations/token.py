"""API tokens: made, found, revoked."""

import secrets
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from core.access.permissions import Permission
from core.models import ApiToken, User
from core.operations.audit import record
from core.operations.link import hash_of

PREFIX = "tlo_"


@transaction.atomic
def make_token(*, name: str, permissions: Iterable[Permission], lasts: timedelta, by: User) -> tuple[ApiToken, str]:
    """A token for the maker's own use, and its text, shown once. It never does more than its owner may."""
    text = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=by,
        name=name,
        token_hash=hash_of(text, purpose="api"),
        token_start=text[:8],
        permissions=sorted(permissions),
        expires_at=timezone.now() + lasts,
    )
    record("token.made", token, by=by, changes={"permissions": " ".join(token.permissions)})
    return token, text


def live_token(text: str) -> ApiToken | None:
    """The token of a text while it is neither revoked nor expired nor its owner disabled."""
    return (
        ApiToken.objects.select_related("user")
        .filter(
            token_hash=hash_of(text, purpose="api"),
            revoked_at=None,
            expires_at__gt=timezone.now(),
            user__is_active=True,
        )
        .first()
    )


@transaction.atomic
def revoke_token(*, token: ApiToken, by: User) -> None:
    """End a token at once; ending it twice changes nothing."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
        record("token.revoked", token, by=by)


def note_use(token: ApiToken, *, today: date) -> None:
    """Write down, once a day, that a token is in use."""
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
