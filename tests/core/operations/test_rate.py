import ast
from datetime import UTC, datetime, timedelta

import pytest

from core.models import RateCount
from core.operations.rate import TooOftenError, count_use_of, forget_old_counts
from core.tenancy.context import TenantNotSetError, tenant_scope
from tests.conftest import REPOSITORY
from tests.core.conftest import outside_any_tenant

NOON = datetime(2026, 5, 4, 12, 1, tzinfo=UTC)
FIVE_MINUTES = timedelta(minutes=5)


def use(key="form", now=NOON, limit=3):
    count_use_of(key, limit=limit, per=FIVE_MINUTES, now=now)


def test_use_above_the_limit_is_refused_and_says_how_long(space):
    for _time in range(3):
        use()
    with pytest.raises(TooOftenError) as refusal:
        use()
    assert refusal.value.wait == timedelta(minutes=4)


def test_next_window_starts_anew(space):
    for _time in range(3):
        use()
    use(now=NOON + FIVE_MINUTES)


def test_keys_are_counted_apart_and_cannot_be_read_back(space):
    for _time in range(3):
        use("feedback:203.0.113.9")
    use("comment:203.0.113.9")
    assert "203.0.113.9" not in str(list(RateCount.objects.values()))


def test_what_is_used_up_in_one_space_is_not_used_up_in_another(space, neighbour):
    for _time in range(3):
        use("feedback:203.0.113.9")

    def theirs():
        with tenant_scope(neighbour.pk):
            use("feedback:203.0.113.9")

    outside_any_tenant(theirs)
    with pytest.raises(TooOftenError):
        use("feedback:203.0.113.9")


def test_outside_any_space_nothing_is_counted(space):
    with pytest.raises(TenantNotSetError):
        outside_any_tenant(use)


def callers() -> dict[str, ast.expr]:
    """The key each place counts by, read from the code of the product."""
    found = {}
    for path in sorted(REPOSITORY.glob("*/**/*.py")):
        if path.relative_to(REPOSITORY).parts[0] in {"tests", "bench", "node_modules", ".venv"}:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "count_use_of":
                found[f"{path.relative_to(REPOSITORY)}:{node.lineno}"] = node.args[0]
    return found


def purpose_of(key: ast.expr) -> str:
    first = key.values[0] if isinstance(key, ast.JoinedStr) else key
    return str(first.value).partition(":")[0] if isinstance(first, ast.Constant) else ""


def test_each_place_counts_by_a_purpose_of_its_own_and_through_one_function_that_adds_the_space():
    purposes = {where: purpose_of(key) for where, key in callers().items()}
    assert len(purposes) > 7
    assert [where for where, purpose in purposes.items() if not purpose] == []
    assert len(set(purposes.values())) == len(purposes), purposes
    counting = {
        str(path.relative_to(REPOSITORY))
        for path in REPOSITORY.glob("*/operations/*.py")
        if "RateCount" in path.read_text() or "core_ratecount" in path.read_text()
    }
    assert counting == {"core/operations/rate.py"}


def test_old_counts_are_forgotten(space):
    use()
    assert forget_old_counts(now=NOON) == 0
    assert forget_old_counts(now=NOON + timedelta(days=3)) == 1
