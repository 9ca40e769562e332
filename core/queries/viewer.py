"""Loading who is looking."""

from django.contrib.auth.models import AnonymousUser

from core.access.roles import Role
from core.access.viewer import PUBLIC, HeldRole, Viewer
from core.models import AccessScope, Grant, User
from core.queries.frame import asking_of
from core.tenancy.context import current_tenant_id


def viewer_for(user: User | AnonymousUser) -> Viewer:
    """The person with their roles in the tenant at work, in at most one query.

    A stranger when they have no active place. Who was loaded with the request is not asked for again within it.
    """
    if not isinstance(user, User) or not user.is_active:
        return PUBLIC
    if asking := asking_of(user):
        return Viewer(user=user, roles=asking.roles)
    grants = Grant.objects.filter(
        user=user, user__memberships__tenant_id=current_tenant_id(), user__memberships__is_active=True
    ).values_list("role", "scope_id", "scope__kind")
    held = tuple(
        HeldRole(role=Role(role), scope_id=scope_id, everywhere=kind == AccessScope.Kind.TENANT)
        for role, scope_id, kind in grants
    )
    return Viewer(user=user, roles=held)
