"""The API's schema is OpenAPI 3.1 as its own validator understands it, and tells of every API route."""

import inspect
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


def operations(document):
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", set(operation["responses"])


def test_another_verb_and_another_form_than_json_are_declared_everywhere(document):
    assert [name for name, statuses in operations(document) if not {"405", "406"} <= statuses] == []


def limited_by_code():
    """The operations whose code raises Throttled."""
    for route in routes():
        view_class = getattr(route.view, "view_class", None) or getattr(route.view, "cls", None)
        for verb in getattr(view_class, "http_method_names", []) if "/api/v1/" in route.pattern else []:
            handler = getattr(view_class, verb, None)
            if handler and verb != "options" and "Throttled" in inspect.getsource(inspect.unwrap(handler)):
                yield f"{verb.upper()} /{ARGUMENT.sub(lambda found: f'{{{found["name"]}}}', route.pattern)}"


def test_too_often_is_declared_where_it_is_answered_and_nowhere_else(document):
    declared = {name for name, statuses in operations(document) if "429" in statuses}
    assert declared == set(limited_by_code())
    assert len(declared) > 2
