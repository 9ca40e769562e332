"""TEN-03, TEN-04, TEN-08, AUT-01: every route, every role, the neighbour's ids; and the proof that the matrix bites."""

import pytest
from django.db import InternalError, connection

from core.access.roles import Role
from tests.architecture.conftest import browser_of, permissions_of
from tests.architecture.everything import fingerprint
from tests.architecture.matrix import replay

PRINCIPALS = [*Role, "stranger", "nobody"]
# Parts of a page are read through the same doors as the page: one who sees all of a partnership and nobody ask too.
ASKING_FOR_PARTS = {Role.EVALUATOR, "nobody"}


def guard_rows_of(tenant):
    """From now to the end of the test, writing a row of this tenant is an error, whatever hides the row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('telaio.guarded', %s, true)", [str(tenant.pk)])


@pytest.mark.slow  # a few thousand requests
@pytest.mark.parametrize("principal", PRINCIPALS)
def test_no_route_shows_or_changes_what_is_the_neighbours(principal, foreign, own, space, neighbour):
    before = fingerprint(neighbour.pk)
    findings = replay(
        browser_of(principal, own, space),
        foreign,
        # Who passes most doors also tries what no view answers, and compares every answer with nobody's.
        thorough=principal == Role.TENANT_ADMIN,
        only_at_work=principal not in (Role.TENANT_ADMIN, "nobody"),
        with_htmx=principal in ASKING_FOR_PARTS,
        held=None if principal == Role.TENANT_ADMIN else permissions_of(principal),
    )
    assert findings.problems == []
    # Strangers find few doors to knock at.
    assert findings.requests > 40
    assert fingerprint(neighbour.pk) == before


@pytest.mark.slow  # every route again
def test_row_level_security_alone_holds(foreign, admin_browser, without_app_filters):
    findings = replay(admin_browser, foreign, verbs=("get",), with_htmx=False)
    assert [problem for problem in findings.problems if problem.startswith("LEAK")] == []


@pytest.mark.slow  # every route again
def test_app_filters_alone_hold(without_row_security, foreign, neighbour, admin_browser):
    guard_rows_of(neighbour)
    findings = replay(admin_browser, foreign, with_htmx=False)
    assert findings.problems == []


def test_guard_sees_what_is_written(without_row_security, foreign, neighbour, admin_browser):
    guard_rows_of(neighbour)
    with pytest.raises(InternalError, match="row of the neighbour"):
        foreign.rows["partnerships.Task"].save()


def test_matrix_bites_when_both_walls_are_gone(without_row_security, foreign, admin_browser, without_app_filters):
    findings = replay(admin_browser, foreign, verbs=("get",), with_htmx=False, until_a_leak=True)
    assert any(problem.startswith("LEAK") for problem in findings.problems)
