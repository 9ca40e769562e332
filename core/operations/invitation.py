"""Inviting a person to a tenant: one use, at most seven days, bound to address, tenant and role (AUT-12)."""

import secrets
import uuid
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from core.access.roles import ROLES, Role
from core.models import AccessScope, Invitation, User
from core.operations.audit import record
from core.operations.link import hash_of
from core.operations.mail import write_mail
from core.operations.membership import grant_role, refuse_role
from core.queries.places import place_names
from core.queries.tenant import tenant_at_work
from core.web.space import absolute, space_url

LASTS = timedelta(days=7)


class InvitationGoneError(Exception):
    """Used, revoked, expired, or never there."""


class InvitationForAnotherAddressError(Exception):
    """The signed-in person's address is not the invited one."""


@transaction.atomic
def invite_person(*, email: str, name: str, role: Role, scope: AccessScope, language: str, by: User) -> Invitation:
    """Write an invitation and its mail; earlier open ones to the same address and scope stop working.

    Raises RoleRefusedError for a role above what the inviter holds in that scope, or one that is not for it.
    """
    refuse_role(role=role, scope=scope, by=by)
    email = email.strip().lower()
    open_ones = Invitation.objects.filter(email=email, scope=scope, accepted_at=None, revoked_at=None)
    open_ones.update(revoked_at=timezone.now())
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        email=email,
        name=name,
        scope=scope,
        role=role,
        token_hash=hash_of(token, purpose="invitation"),
        invited_by=by,
        expires_at=timezone.now() + LASTS,
    )
    write_mail(
        to=email,
        kind="invitation",
        dedup_key=f"invitation:{invitation.pk}",
        language=language,
        template="invitation",
        context={
            "name": name,
            "inviter": str(by),
            "space_name": tenant_at_work().name,
            "role": ROLES[role].label,
            "place": place_names().get(scope.pk, ""),
            "url": absolute(space_url("invitation", token=token)),
            "days": LASTS.days,
        },
    )
    record("invitation.sent", invitation, by=by, scope_id=scope.pk, changes={"role": role})
    return invitation


def open_invitation(token: str) -> Invitation:
    """The invitation of a token, still open. Opening changes nothing. Raises InvitationGoneError."""
    invitation = _still_open().filter(token_hash=hash_of(token, purpose="invitation")).first()
    if invitation is None:
        raise InvitationGoneError
    return invitation


def address_of_open_invitation(invitation_id: uuid.UUID) -> str | None:
    """The address an invitation was sent to, while it is open."""
    return _still_open().filter(pk=invitation_id).values_list("email", flat=True).first()


def _still_open() -> QuerySet[Invitation]:
    return Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())


@transaction.atomic
def accept_invitation(*, token: str, by: User) -> Invitation:
    """Take up the invited role.

    Raises InvitationGoneError, or InvitationForAnotherAddressError when ``by`` signed in with another address.
    """
    invitation = _still_open().select_for_update().filter(token_hash=hash_of(token, purpose="invitation")).first()
    if invitation is None:
        raise InvitationGoneError
    if invitation.email != by.email:
        raise InvitationForAnotherAddressError
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    grant_role(user=by, role=Role(invitation.role), scope=invitation.scope, by=None)
    record("invitation.accepted", invitation, by=by, scope_id=invitation.scope_id)
    return invitation


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: User) -> None:
    """End an open invitation; ending it twice changes nothing."""
    ended = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None).update(
        revoked_at=timezone.now()
    )
    if ended:
        record("invitation.revoked", invitation, by=by, scope_id=invitation.scope_id)
