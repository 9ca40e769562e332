"""TEN-10: a row of the neighbour in a form or an API body is refused like one that is not there, and nothing is kept."""

import json
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.messages import ERROR, WARNING, get_messages
from drf_spectacular.generators import SchemaGenerator

from tests.architecture.forms import exchanges, forms_of
from tests.architecture.matrix import Foreign, sent, without_log
from tests.architecture.urls import ARGUMENT, Route, routes

# Keys in API bodies whose name does not say which table they are from.
KEYS = {
    "giver": "stakeholders.Stakeholder",
    "claim": "goals.ContributionClaim",
    "outcome": "goals.TocNode",
    "leads_to": "goals.TocNode",
    "source_id": "goals.TocNode",
    "supersedes_id": "partnerships.Decision",
    "first": "partnerships.PartnershipMember",
    "optional": "partnerships.PartnershipMember",
    "proposed_by_id": "partnerships.PartnershipMember",
    "blocked_by_id": "partnerships.PartnershipMember",
    "ticked": "partnerships.TaskCheck",
    "profile_id": "stakeholders.ReferenceProfile",
    "coordinator": "core.User",
    "deputy": "core.User",
    "relationship_owner_id": "core.User",
    "user_id": "core.User",
    "measurement_id": "metrics.Measurement",
    "map_id": "stakeholders.StakeholderMap",
    "scope_id": "core.AccessScope",
}
UUID = re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def was_refused(answer: Any) -> bool:
    """Whether the person was told that it is not there: by the status, or by a message on the next page."""
    told = any(message.level in {ERROR, WARNING} for message in get_messages(answer.wsgi_request))
    return 400 <= answer.status_code < 500 or (answer.status_code == 302 and told)


def own_pages(client: Any, ours: Foreign) -> Iterator[tuple[Route, str, str]]:
    """Each page of our space that opens: its route, address and content."""
    for route in routes():
        if "<slug:tenant>" not in route.pattern or (route.door and route.door.api):
            continue
        values = {name: ours.value(name, converter, route) for name, converter in route.arguments}
        path = route.path({**values, "tenant": "borgo"})
        page = sent(client, "get", path)
        if page.status_code == 200 and not page.streaming and "html" in page.headers.get("Content-Type", ""):
            yield route, path, page.content.decode()


@pytest.mark.slow  # every page and each choice on it
def test_no_form_takes_the_neighbours_row(own, foreign, space, admin_browser):
    tried, taken = set(), []
    with without_log():
        for route, path, page in own_pages(admin_browser, Foreign(own, foreign.tokens)):
            for form in forms_of(page):
                for name, body in exchanges(form, own, foreign.rows):
                    tried.add((route.name, form.action, name))
                    if not was_refused(sent(admin_browser, "post", form.action or path, data=body)):
                        taken.append(f"{route.pattern} {form.action} {name}")
    assert taken == []
    assert len(tried) > 60


def table_of_key(name: str, path: str, known: Any) -> str:
    """The table a key in a body is from, by its name; an organisation or person where the name tells none."""
    if name == "target_id":
        return "goals.TocNode" if "theory" in path else "stakeholders.Stakeholder"
    if name in KEYS:
        return KEYS[name]
    if "member" in name:
        return "partnerships.PartnershipMember"
    noun = name.removesuffix("_id").removesuffix("_ids").replace("_", "")
    return next((label for label in known if label.rpartition(".")[2].lower() == noun), "stakeholders.Stakeholder")


def bodies(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any], str, bool]]:
    """Each key in each API body: verb, path, the smallest body asked for, the key's name, whether it is a list."""
    for path, verbs in document["paths"].items():
        for verb, operation in verbs.items():
            content = operation.get("requestBody", {}).get("content", {})
            if "application/json" not in content:
                continue
            schema = resolved(content["application/json"]["schema"], document)
            fields = schema.get("properties", {})
            body = {name: example(fields[name], document) for name in schema.get("required", [])}
            for name, field in fields.items():
                if '"format": "uuid"' in json.dumps(field):
                    yield verb, path, body, name, isinstance(example(field, document), list)


def resolved(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """The schema itself, followed where it only points."""
    while "$ref" in schema or "allOf" in schema or "oneOf" in schema:
        pointed = schema.get("$ref") or next(iter(schema.get("allOf") or schema["oneOf"]))
        schemas = document["components"]["schemas"]
        schema = pointed if isinstance(pointed, dict) else schemas[pointed.rpartition("/")[2]]
    return schema


def example(schema: dict[str, Any], document: dict[str, Any]) -> Any:
    """A value the schema allows."""
    schema = resolved(schema, document)
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type", "string")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "string":
        written = {"date": "2026-11-20", "date-time": "2026-11-20T10:00:00Z", "decimal": "1", "uuid": str(uuid.uuid4())}
        return written.get(schema.get("format", ""), "Words")
    values = {"integer": max(1, schema.get("minimum", 1)), "number": 1, "boolean": True, "array": [], "object": {}}
    return values[kind]


def addressed(client: Any, verb: str, address: str, body: dict[str, Any]) -> tuple[int, bytes]:
    """Status and content of the answer to a body, without keys."""
    answer = sent(client, verb, address, data=json.dumps(body), content_type="application/json")
    return answer.status_code, UUID.sub(b"", answer.content)


@pytest.mark.slow  # every key of every body
def test_no_body_takes_the_neighbours_row(own, foreign, space, admin_browser):
    """The neighbour's key is answered as one that exists nowhere; ours mostly otherwise, so that the key was read."""
    document = json.loads(json.dumps(SchemaGenerator().get_schema(request=None, public=True), default=str))
    by_path = {ARGUMENT.sub(r"{\g<name>}", f"/{route.pattern}"): route for route in routes()}
    ours, read, problems = Foreign(own, foreign.tokens), 0, []
    with without_log():
        for verb, path, body, name, is_list in bodies(document):
            route, label = by_path[path], table_of_key(name, path, own)
            values = {argument: ours.value(argument, converter, route) for argument, converter in route.arguments}
            address = route.path({**values, "tenant": "borgo"})
            theirs, nobodys, mine = (
                addressed(admin_browser, verb, address, {**body, name: [key] if is_list else key})
                for key in (str(foreign.rows[label].pk), str(uuid.uuid4()), str(own[label].pk))
            )
            if theirs != nobodys or not 400 <= theirs[0] < 500:
                problems.append(f"{verb.upper()} {path} {name}: {theirs[0]}")
            read += theirs != mine
    assert problems == []
    assert read > 50
