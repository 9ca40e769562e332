"""Finding tenants: by address, by id, by person."""

from collections.abc import Sequence
from contextvars import ContextVar
from typing import Protocol

from django.db.models import QuerySet
from django.utils import timezone

from core.models import AccessScope, Tenant, User
from core.queries.frame import Space, asking_of
from core.queries.prepared import PreparedRow
from core.tenancy.context import SET_TENANT, current_tenant_id

_entering = SET_TENANT.format(id='"core_tenant"."id"')
_session = "(SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s)"
_tenant_entered = PreparedRow(Tenant, "slug = %s AND is_active", beside=(_entering,))
_tenant_entered_with_session = PreparedRow(Tenant, "slug = %s AND is_active", beside=(_entering, _session))


class Prefetching(Protocol):
    """A session that can be told what is stored of it."""

    @property
    def session_key(self) -> str | None:
        """Its key."""

    def take(self, stored: str | None) -> None:
        """Have what is stored of it; None when there is nothing."""


_tenant: ContextVar[Tenant | None] = ContextVar("tenant", default=None)


def tenant_with_slug(slug: str) -> Tenant | None:
    """The active tenant of a short name."""
    return Tenant.objects.filter(slug=slug, is_active=True).first()


def enter_tenant_with_slug(slug: str, session: Prefetching | None = None) -> Tenant | None:
    """The active tenant of an address, entered by the same statement; for ``found_tenant_scope`` only.

    A session with a key gets what is stored of it on the way.
    """
    if session is None or not session.session_key:
        found = _tenant_entered(slug)
    else:
        found = _tenant_entered_with_session(session.session_key, timezone.now(), slug)
        if found is not None:
            session.take(found[1][1])
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
