"""One row of everything in our space and in the neighbour's, and a browser for each kind of person."""

from datetime import timedelta
from typing import Any

import pytest

from core.access.roles import Role
from core.models import User
from core.operations.link import make_link
from core.tenancy.context import tenant_scope
from tests.architecture.everything import make_everything
from tests.architecture.matrix import OWN_SLUG, Foreign
from tests.conftest import TenantClient
from tests.factories.core import make_user

PURPOSES = ("task", "signature", "report", "reminders", "meeting", "minutes")


@pytest.fixture
def foreign(neighbour):
    """One row of everything in the neighbour's space, and its secret links."""
    admin = User.objects.get(email="admin@riverside.example")
    with tenant_scope(neighbour.pk):
        rows = make_everything(admin)
        task = rows["partnerships.Task"]
        tokens = tuple(
            make_link(purpose=purpose, subject_id=task.pk, lasts=timedelta(days=9), by=admin)[1] for purpose in PURPOSES
        )
    return Foreign({**rows, "core.User": admin}, tokens)


@pytest.fixture
def own(foreign, space, admin):
    """One row of everything in our own space."""
    rows = make_everything(admin, label="Ours")
    partnership = rows["partnerships.Partnership"]
    partnership.slug = OWN_SLUG
    partnership.save()
    return {**rows, "core.User": admin}


def browser_of(principal: str, own: Any, space: Any) -> TenantClient:
    """A browser in which somebody in that role is signed in."""
    client = TenantClient()
    if principal == "nobody":
        return client
    if principal == "stranger":
        user = User.objects.get(email="admin@riverside.example")
    elif principal in {Role.PARTNER_LEAD, Role.PARTNER_MEMBER}:
        user = make_user(
            f"{principal}@borgo.example", role=Role(principal), scope=own["partnerships.Partnership"].scope
        )
    else:
        user = make_user(f"{principal}@borgo.example", role=Role(principal))
    client.force_login(user, backend="core.web.backend.SignInBackend")
    return client


@pytest.fixture
def admin_browser(own, space):
    """Signed in before any wall is taken away."""
    return browser_of(Role.TENANT_ADMIN, own, space)
