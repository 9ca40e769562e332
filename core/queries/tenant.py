"""Finding tenants: by address, by id, by person."""

from collections.abc import Sequence
from contextvars import ContextVar

from django.db.models import QuerySet

from core.models import AccessScope, Tenant, User
from core.queries.frame import Space, asking_of
from core.queries.prepared import PreparedRow
from core.tenancy.context import current_tenant_id

_tenant_with_slug = PreparedRow(Tenant, "slug = %s AND is_active")
_tenant: ContextVar[Tenant | None] = ContextVar("tenant", default=None)


def tenant_with_slug(slug: str) -> Tenant | None:
    """The active tenant of an address."""
    found = _tenant_with_slug(slug)
    return found[0] if found else None


def tenant_at_work() -> Tenant:
    """The tenant of the running unit of work, loaded at most once in it."""
    tenant_id = current_tenant_id()
    tenant = _tenant.get()
    if tenant is None or tenant.pk != tenant_id:
        tenant = Tenant.objects.get(pk=tenant_id)
        _tenant.set(tenant)
    return tenant


def remember_tenant(tenant: Tenant | None) -> None:
    """Spare ``tenant_at_work`` its query when the tenant is already loaded; None forgets it."""
    _tenant.set(tenant)


def tenants_of(user: User) -> QuerySet[Tenant]:
    """The tenants a person has an active place in, by name."""
    return Tenant.objects.filter(memberships__user=user, memberships__is_active=True, is_active=True).order_by("name")


def spaces_of(user: User) -> Sequence[Space]:
    """The same as what a menu needs; nothing is asked for who came with the request."""
    asking = asking_of(user)
    return asking.spaces if asking else [Space(tenant.slug, tenant.name) for tenant in tenants_of(user)]


def active_tenants() -> QuerySet[Tenant]:
    """All tenants, for work that visits them one by one."""
    return Tenant.objects.filter(is_active=True).order_by("pk")


def root_scope() -> AccessScope:
    """The scope of the whole tenant at work."""
    return AccessScope.objects.get(kind=AccessScope.Kind.TENANT)
