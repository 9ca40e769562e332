"""TEN-03, TEN-04, TEN-08, AUT-01: every route, every role, the neighbour's ids; and the proof that the matrix bites."""

from datetime import timedelta

import pytest

from core.access.roles import Role
from core.models import User
from core.operations.link import make_link
from core.tenancy.context import tenant_scope
from tests.architecture.everything import fingerprint, make_everything
from tests.architecture.matrix import OWN_SLUG, Foreign, replay
from tests.conftest import TenantClient
from tests.factories.core import make_user

PURPOSES = ("task", "signature", "report", "reminders", "meeting", "minutes")
PRINCIPALS = [*Role, "stranger", "nobody"]
# Parts of a page are read through the same doors as the page: who sees most, a partner and nobody ask for them too.
ASKING_FOR_PARTS = {Role.COORDINATOR, Role.PARTNER_LEAD, "nobody"}


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
    rows["partnerships.Partnership"].__class__.objects.filter(pk=rows["partnerships.Partnership"].pk).update(
        slug=OWN_SLUG
    )
    return rows


def browser_of(principal: str, own, space) -> TenantClient:
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


@pytest.mark.slow  # a few thousand requests
@pytest.mark.parametrize("principal", PRINCIPALS)
def test_no_route_shows_or_changes_what_is_the_neighbours(principal, foreign, own, space, neighbour):
    before = fingerprint(neighbour.pk)
    findings = replay(
        browser_of(principal, own, space),
        foreign,
        # Who passes most doors also tries what no view answers.
        every_verb=principal == Role.TENANT_ADMIN,
        with_htmx=principal in ASKING_FOR_PARTS,
    )
    assert findings.problems == []
    assert findings.requests > 200
    assert fingerprint(neighbour.pk) == before


@pytest.mark.slow  # every route again
def test_row_level_security_alone_holds(foreign, admin_browser, without_app_filters):
    findings = replay(admin_browser, foreign, verbs=("get",), with_htmx=False)
    assert [problem for problem in findings.problems if problem.startswith("LEAK")] == []


@pytest.mark.slow  # every route again
def test_app_filters_alone_hold(without_row_security, foreign, admin_browser):
    findings = replay(admin_browser, foreign, verbs=("get",), with_htmx=False)
    assert findings.problems == []


@pytest.mark.slow  # every route again
def test_matrix_bites_when_both_walls_are_gone(without_row_security, foreign, admin_browser, without_app_filters):
    findings = replay(admin_browser, foreign, verbs=("get",), with_htmx=False)
    assert any(problem.startswith("LEAK") for problem in findings.problems)
