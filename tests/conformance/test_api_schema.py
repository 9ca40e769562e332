"""The API's schema is OpenAPI 3.1 as its own validator understands it, and tells of every API route."""

import json
import re

import pytest
from drf_spectacular.generators import SchemaGenerator
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.architecture.urls import ARGUMENT, routes


@pytest.fixture(scope="module")
def document():
    """The schema as it is served: plain JSON."""
    return json.loads(json.dumps(SchemaGenerator().get_schema(request=None, public=True), default=str))


def test_schema_is_valid_openapi(document):
    assert document["openapi"].startswith("3.1")
    assert [str(fault) for fault in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_schema_tells_of_every_api_route(document):
    ours = {ARGUMENT.sub(lambda found: f"{{{found['name']}}}", f"/{route.pattern}") for route in routes()}
    api = {path for path in ours if "/api/v1/" in path and not path.endswith("/schema/")}
    assert api == set(document["paths"])


def test_operations_are_named_once(document):
    names = [one["operationId"] for path in document["paths"].values() for one in path.values()]
    assert sorted(set(names)) == sorted(names)
    assert [name for name in names if re.search(r"_\d+$", name)] == []


def test_every_refusal_is_described_as_a_problem(document):
    silent = [
        f"{method} {path} {status}"
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        for status, answer in operation["responses"].items()
        if status.startswith("4") and "application/problem+json" not in answer.get("content", {})
    ]
    assert silent == []
