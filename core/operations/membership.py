"""Giving and taking roles, and ending a person's place in a tenant."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.access.roles import Role
from core.models import AccessLink, AccessScope, ApiToken, Grant, Invitation, Membership, User
from core.operations.audit import record
from core.rules.membership import Verdict, can_give_role, can_take_role
from core.tenancy.context import current_tenant_id


class RoleRefusedError(Exception):
    """The giver or taker may not do this; ``verdict.reason`` says why."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(str(verdict.reason))
        self.verdict = verdict


def roles_of(user: User, *, scope: AccessScope | None = None) -> list[Role]:
    """The roles a person holds in the tenant at work; with ``scope``, those that count there."""
    grants = Grant.objects.filter(user=user)
    if scope is not None:
        grants = grants.filter(Q(scope=scope) | Q(scope__kind=AccessScope.Kind.TENANT))
    return [Role(role) for role in grants.values_list("role", flat=True)]


def refuse_role(*, role: Role, scope: AccessScope, by: User | None) -> None:
    """Raise RoleRefusedError for a role above what the giver holds in a scope, or one that is not for it (AUT-03).

    The system (``by`` None) gives what somebody was allowed to give before.
    """
    if by is None:
        return
    everywhere = scope.kind == AccessScope.Kind.TENANT
    if not (verdict := can_give_role(giver_roles=roles_of(by, scope=scope), role=role, everywhere=everywhere)):
        raise RoleRefusedError(verdict)


@transaction.atomic
def grant_role(*, user: User, role: Role, scope: AccessScope, by: User | None) -> Grant:
    """Give a role; giving it twice changes nothing. ``by`` None is the system (a command, an accepted invitation).

    Raises RoleRefusedError for a role above what the giver holds in that scope, or one that is not for it.
    """
    refuse_role(role=role, scope=scope, by=by)
    Membership.objects.update_or_create(tenant_id=current_tenant_id(), user=user, defaults={"is_active": True})
    grant, created = Grant.objects.get_or_create(user=user, scope=scope, role=role)
    if created:
        note_role_change(user)
        record("role.granted", grant, by=by, scope_id=scope.pk, changes={"role": role, "user": str(user.pk)})
    return grant


@transaction.atomic
def take_role(*, grant: Grant, by: User) -> None:
    """Take a role back, effective on the person's next request.

    Raises RoleRefusedError for someone above the taker, and for the last administrator. A grant that is gone
    already changes nothing.
    """
    # All administrators are locked, so that two who remove each other at once cannot both succeed.
    admins = Grant.objects.filter(role=Role.TENANT_ADMIN, scope__kind=AccessScope.Kind.TENANT, user__is_active=True)
    left = len(admins.select_for_update(of=("self",)).order_by("pk"))
    current = Grant.objects.select_for_update(of=("self",)).filter(pk=grant.pk).select_related("scope").first()
    if current is None:
        return
    verdict = can_take_role(
        taker_roles=roles_of(by, scope=current.scope),
        holder_roles=roles_of(current.user),
        role=Role(current.role),
        admins_left=left,
    )
    if not verdict:
        raise RoleRefusedError(verdict)
    changes = {"role": current.role, "user": str(current.user_id)}
    record("role.taken", current, by=by, scope_id=current.scope_id, changes=changes)
    current.delete()
    note_role_change(current.user)


def note_role_change(user: User) -> None:
    """Have the person's sessions get another key at their next request (AUT-05)."""
    User.objects.filter(pk=user.pk).update(roles_changed_at=timezone.now())


@transaction.atomic
def end_membership(*, user: User, by: User) -> None:
    """End a person's place (AUT-04); records stay.

    Roles and API tokens stop at once. So do the report links they shared, the invitations they sent and those to
    their own address; links mailed to other people for their tasks go on. Raises RoleRefusedError like ``take_role``.
    """
    for grant in Grant.objects.filter(user=user).order_by("pk"):
        take_role(grant=grant, by=by)
    membership = Membership.objects.select_for_update().get(tenant_id=current_tenant_id(), user=user)
    membership.is_active = False
    membership.save(update_fields=["is_active"])
    now = timezone.now()
    ApiToken.objects.filter(user=user).delete()
    AccessLink.objects.filter(created_by=user, revoked_at=None, purpose="report").update(revoked_at=now)
    open_ones = Invitation.objects.filter(Q(invited_by=user) | Q(email=user.email), accepted_at=None, revoked_at=None)
    open_ones.update(revoked_at=now)
    record("membership.ended", membership, by=by, changes={"user": str(user.pk)})
