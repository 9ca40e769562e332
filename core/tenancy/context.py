"""Which tenant the running unit of work belongs to, in Python and in the database at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

from django.db import connection, transaction

_tenant_id: ContextVar[int | None] = ContextVar("tenant_id", default=None)


# For a statement that reads a tenant and enters it: the value row-level security compares with.
SET_TENANT = "set_config('app.tenant_id', {id}::text, true)"


class HasKey(Protocol):
    """A tenant."""

    @property
    def pk(self) -> int:
        """Its id."""


class TenantNotSetError(RuntimeError):
    """Tenant-owned rows were asked for outside any tenant."""


class TenantMismatchError(RuntimeError):
    """A unit of work of one tenant tried to enter another."""


def current_tenant_id() -> int:
    """The id of the tenant at work; raises TenantNotSetError when there is none."""
    tenant_id = _tenant_id.get()
    if tenant_id is None:
        raise TenantNotSetError("Enter a tenant with tenant_scope() before touching its rows.")
    return tenant_id


def entered_tenant_id() -> int | None:
    """The id of the tenant at work, or None outside any."""
    return _tenant_id.get()


@contextmanager
def tenant_named(tenant_id: int) -> Iterator[None]:
    """Name a tenant to who writes SQL, without entering it: row-level security answers as before."""
    token = _tenant_id.set(tenant_id)
    try:
        yield
    finally:
        _tenant_id.reset(token)


@contextmanager
def tenant_scope(tenant_id: int) -> Iterator[None]:
    """Run a block as one tenant, in one transaction that carries the tenant into row-level security.

    Used by requests, jobs, commands and streamed answers alike. Nested in the same tenant it joins the outer
    block; nested in another it raises TenantMismatchError. An exception rolls the whole block back.
    """
    entered = _tenant_id.get()
    if entered is not None:
        if entered != tenant_id:
            raise TenantMismatchError(f"Tenant {entered} is at work; {tenant_id} was asked for.")
        yield
        return
    token = _tenant_id.set(tenant_id)
    outlived = connection.in_atomic_block
    try:
        with transaction.atomic():
            write_database_tenant(str(tenant_id))
            yield
            # The end of the transaction clears the setting; inside an outer one (a test's) it would outlive this block.
            if outlived and not connection.needs_rollback:
                write_database_tenant("")
    finally:
        _tenant_id.reset(token)


@contextmanager
def found_tenant_scope[FoundT: HasKey](find: Callable[[], FoundT | None]) -> Iterator[FoundT | None]:
    """As ``tenant_scope``, for whoever knows a tenant by name only, with the tenant found (or None, in no tenant).

    ``find`` looks it up by a statement that hands its id to row-level security at once (``SET_TENANT``).
    """
    if _tenant_id.get() is not None:
        raise TenantMismatchError("A tenant is at work already.")
    outlived = connection.in_atomic_block
    with transaction.atomic():
        found = find()
        if found is None:
            yield None
            return
        token = _tenant_id.set(found.pk)
        try:
            yield found
            if outlived and not connection.needs_rollback:
                write_database_tenant("")
        finally:
            _tenant_id.reset(token)


def write_database_tenant(value: str) -> None:
    """Set the value row-level security compares with, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.tenant_id', %s, true)", [value])
