"""Which tenant the running unit of work belongs to, in Python and in the database at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

_tenant_id: ContextVar[int | None] = ContextVar("tenant_id", default=None)


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


def write_database_tenant(value: str) -> None:
    """Set the value row-level security compares with, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.tenant_id', %s, true)", [value])
