"""A new space by command."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from core.access.roles import Role
from core.models import Grant, Tenant, User
from core.tenancy.context import tenant_scope

pytestmark = pytest.mark.django_db


def create(**options: Any) -> str:
    out = StringIO()
    given = {"slug": "valle", "name": "Valle Unita", "admin_email": "Anna@Valle.example", **options}
    call_command("create_tenant", stdout=out, **given)
    return out.getvalue()


def test_create_tenant_makes_a_space_and_an_administrator_who_can_sign_in(client: Any) -> None:
    said = create(language="it")

    tenant = Tenant.objects.get(slug="valle")
    assert (tenant.name, tenant.default_language) == ("Valle Unita", "it")
    assert "/s/valle/" in said
    password = said.rpartition("password: ")[2].strip()
    admin = User.objects.get(email="anna@valle.example")
    assert admin.check_password(password)
    with tenant_scope(tenant.pk):
        assert [(grant.user, grant.role) for grant in Grant.objects.all()] == [(admin, Role.TENANT_ADMIN)]
    answer = client.post("/accounts/login/", {"login": "anna@valle.example", "password": password})
    assert answer.status_code == 302
    assert "confirm" not in answer["Location"]


def test_create_tenant_says_no_password_it_was_given() -> None:
    said = create(password="a plain sentence given by hand")

    assert "password" not in said
    assert User.objects.get(email="anna@valle.example").check_password("a plain sentence given by hand")


def test_create_tenant_for_somebody_with_an_account_leaves_their_password() -> None:
    create(password="a plain sentence given by hand")

    said = create(slug="monte", name="Monte", password="another plain sentence")

    assert "password" not in said
    assert User.objects.get(email="anna@valle.example").check_password("a plain sentence given by hand")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"slug": "valle"}, "exists already"),
        ({"slug": "api"}, "constraint|address"),
        ({"slug": "Two Words"}, "slug|letters"),
        ({"slug": "monte", "admin_email": "nobody"}, "valid email"),
        ({"slug": "monte", "admin_email": "b@monte.example", "password": "short"}, "too short"),
    ],
)
def test_create_tenant_refuses_and_makes_nothing(options: dict[str, Any], reason: str) -> None:
    create()
    before = (Tenant.objects.count(), User.objects.count())

    with pytest.raises(CommandError, match=f"(?i){reason}"):
        create(**options)

    assert (Tenant.objects.count(), User.objects.count()) == before
