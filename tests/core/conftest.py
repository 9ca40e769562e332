"""A tenant that is really committed, for what only two connections can show."""

import contextvars
import secrets
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from core.tenancy.models import TenantModel


@pytest.fixture
def committed_space(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """A tenant outside any test transaction; removed afterwards with everything in it."""
    from tests.factories.core import make_space

    with django_db_blocker.unblock():
        tenant = make_space(f"real-{secrets.token_hex(4)}", "Really Here")
        try:
            yield tenant
        finally:
            connection.close()
            _remove(tenant)


@pytest.fixture
def second_connection(django_db_setup: None) -> Iterator[psycopg.Connection[Any]]:
    """Another connection of the app role, not in autocommit."""
    with psycopg.connect(_address(settings.DATABASE_URL)) as second:
        yield second
        second.rollback()


def outside_any_tenant(work: Callable[[], Any]) -> Any:
    """Run something that enters its tenant by itself, as a worker does, from a test that is inside one."""
    from core.tenancy.context import entered_tenant_id, write_database_tenant

    outer = entered_tenant_id()
    write_database_tenant("")
    try:
        return contextvars.Context().run(work)
    finally:
        if outer is not None:
            write_database_tenant(str(outer))


def _address(url: str) -> str:
    # The same server and role; the test's own database.
    return url.replace("/telaio?", f"/{connection.settings_dict['NAME']}?")


def _remove(tenant: Any) -> None:
    tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, TenantModel)]
    with psycopg.connect(_address(settings.OWNER_DATABASE_URL)) as owner:
        owner.execute("SELECT set_config('app.tenant_id', %s, true)", [str(tenant.pk)])
        for table in tables:
            owner.execute(f"DELETE FROM {table}")
        people = owner.execute(
            "DELETE FROM core_membership WHERE tenant_id = %s RETURNING user_id", [tenant.pk]
        ).fetchall()
        owner.execute("DELETE FROM core_tenant WHERE id = %s", [tenant.pk])
        theirs = [[user_id for (user_id,) in people]]
        for table in ("account_emailaddress", "mfa_authenticator", "usersessions_usersession"):
            owner.execute(f"DELETE FROM {table} WHERE user_id = ANY(%s)", theirs)
        owner.execute("DELETE FROM core_user WHERE id = ANY(%s)", theirs)
