"""The API under requests made from its own schema: no fault of the server, and only answers the schema tells of."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import checks
from schemathesis.core.failures import Failure as CheckFailed

from tests.browser.fixtures import demo
from tests.browser.running_demo import RunningDemo

__all__ = ["demo"]

# Hundreds of requests to a real server; it shares the demo with the browser.
pytestmark = pytest.mark.slow
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
EXAMPLES, EXAMPLES_IN_A_DRILL = 3, 400
SOME_ARE_UNKNOWN = 5


@pytest.fixture(scope="module")
def target(demo: RunningDemo) -> dict[str, Any]:
    """A space to fuzz with a coordinator's token and values for the arguments of addresses."""
    said = demo.in_shell("from tests.conformance.fuzzed_space import found_and_describe; found_and_describe()")
    return {**json.loads(said), "base_url": demo.base_url}


def known_values(values: dict[str, list[Any]]) -> Callable[..., Any]:
    """Puts records that are there into addresses, most of the time; the rest stays what no record has."""

    def put(_context: Any, parameters: dict[str, Any] | None) -> dict[str, Any] | None:
        if parameters is None:
            return None
        for name, made_up in parameters.items():
            offered = values.get(name) or [made_up]
            size = sum(str(made_up).encode())
            if name == "tenant" or size % SOME_ARE_UNKNOWN:
                parameters[name] = offered[size % len(offered)]
        return parameters

    return put


def leaves(group: BaseExceptionGroup[Any]) -> Iterator[BaseException]:
    """The failed checks in a group of groups."""
    for one in group.exceptions:
        if isinstance(one, BaseExceptionGroup):
            yield from leaves(one)
        else:
            yield one


def told(fault: BaseException) -> str:
    """A failed check in a few lines."""
    return " ".join(str(fault).split())[:900]


def faults_of(target: dict[str, Any], *, examples: int) -> list[str]:
    """What was found wrong, operation by operation."""
    document = schemathesis.openapi.from_url(f"{target['base_url']}/api/schema/?format=json")
    document.hook("map_path_parameters")(known_values(target["values"]))
    headers = {"Authorization": f"Bearer {target['token']}"}
    faults = []
    for found in document.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=examples,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def probe(case: Any) -> None:
            response = case.call(base_url=target["base_url"], headers=headers)
            case.validate_response(response, checks=CHECKS, headers=headers)

        try:
            probe()
        except* CheckFailed as group:
            faults += [f"{operation.label}: {told(fault)}" for fault in leaves(group)]
    return faults


def test_no_request_made_from_the_schema_breaks_the_server(target: dict[str, Any]) -> None:
    faults = faults_of(target, examples=EXAMPLES)
    assert not faults, "\n\n".join(faults)


@pytest.mark.drill
def test_long_run_of_requests_breaks_nothing(target: dict[str, Any]) -> None:
    faults = faults_of(target, examples=EXAMPLES_IN_A_DRILL)
    assert not faults, "\n\n".join(faults)
