"""Giving and taking roles, and ending a person's place in a tenant."""

from django.db import transaction
from django.utils import timezone

from core.access.roles import Role
from core.models import AccessLink, AccessScope, ApiToken, Grant, Membership, User
from core.operations.audit import record
from core.rules.membership import Verdict, can_give_role, can_take_role
from core.tenancy.context import current_tenant_id


class RoleRefusedError(Exception):
    """The giver or taker may not do this; ``verdict.reason`` says why."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(str(verdict.reason))
        self.verdict = verdict


def roles_of(user: User) -> list[Role]:
    """The roles a person holds in the tenant at work."""
    return [Role(role) for role in Grant.objects.filter(user=user).values_list("role", flat=True)]


@transaction.atomic
def grant_role(*, user: User, role: Role, scope: AccessScope, by: User | None) -> Grant:
    """Give a role; giving it twice changes nothing. ``by`` None is the system (a command, an accepted invitation).

    Raises RoleRefusedError for a role above the giver's own.
    """
    if by is not None and not (verdict := can_give_role(giver_roles=roles_of(by), role=role)):
        raise RoleRefusedError(verdict)
    Membership.objects.update_or_create(tenant_id=current_tenant_id(), user=user, defaults={"is_active": True})
    grant, created = Grant.objects.get_or_create(user=user, scope=scope, role=role)
    if created:
        record("role.granted", grant, by=by, scope_id=scope.pk, changes={"role": role, "user": str(user.pk)})
    return grant


@transaction.atomic
def take_role(*, grant: Grant, by: User) -> None:
    """Take a role back, effective on the person's next request.

    Raises RoleRefusedError for someone above the taker, and for the last administrator.
    """
    grant = Grant.objects.select_for_update().get(pk=grant.pk)
    admins = Grant.objects.filter(role=Role.TENANT_ADMIN).count()
    verdict = can_take_role(
        taker_roles=roles_of(by), holder_roles=roles_of(grant.user), role=Role(grant.role), admins_left=admins
    )
    if not verdict:
        raise RoleRefusedError(verdict)
    record("role.taken", grant, by=by, scope_id=grant.scope_id, changes={"role": grant.role, "user": str(grant.user_id)})
    grant.delete()


@transaction.atomic
def end_membership(*, user: User, by: User) -> None:
    """End a person's place: roles, API tokens and the links they made stop at once (AUT-04); records stay.

    Raises RoleRefusedError like ``take_role``.
    """
    for grant in Grant.objects.filter(user=user):
        take_role(grant=grant, by=by)
    membership = Membership.objects.select_for_update().get(tenant_id=current_tenant_id(), user=user)
    membership.is_active = False
    membership.save(update_fields=["is_active"])
    ApiToken.objects.filter(user=user).delete()
    AccessLink.objects.filter(created_by=user, revoked_at=None, purpose="report").update(revoked_at=timezone.now())
    record("membership.ended", membership, by=by, changes={"user": str(user.pk)})
