"""The URL map that tools rely on tells the truth about doors, methods and writing."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import get_resolver

from core.access.permissions import Permission
from core.management.commands.url_map import ALL, OPEN_SIGN_IN, SAFE, Route, routes

WORDS = {"public", "member", "signed in", "link", "api"}
ROUTES = {route.name: route for route in routes()}


def permissions_in(route: Route) -> set[str]:
    """The permission names a route's answer consists of."""
    return {word.removeprefix("reading ").removeprefix("writing ") for word in route.permission.split(", ")} - WORDS


def test_url_map_has_every_route_once() -> None:
    names = [route.name for route in routes()]

    assert len(names) == len(set(names)) > 100
    assert set(get_resolver().reverse_dict) >= {name for name in names if ":" not in name and name}


def test_url_map_as_json_has_the_promised_keys() -> None:
    out = StringIO()
    call_command("url_map", "--json", stdout=out)

    listed = json.loads(out.getvalue())
    assert {frozenset(route) for route in listed} == {frozenset({"pattern", "name", "methods", "permission", "writes"})}
    assert len(listed) == len(routes())


def test_each_permission_is_one_of_the_product() -> None:
    known = {permission.value for permission in Permission}

    assert {name: left for name, route in ROUTES.items() if (left := permissions_in(route) - known)} == {}


def test_each_view_of_ours_names_its_methods() -> None:
    """A view without ``require_...`` answers every verb, and nobody decided that."""
    silent = [
        name for name, route in ROUTES.items() if route.methods == ALL and not route.pattern.startswith("/accounts/")
    ]

    assert silent == []


def test_writing_is_told_from_the_methods() -> None:
    assert not ROUTES["partnership_list"].writes
    assert ROUTES["partnership_edit"].writes
    assert all(route.writes == bool(set(route.methods) - SAFE) for route in ROUTES.values())


@pytest.mark.django_db
def test_a_refused_method_is_what_the_map_says(client: Any) -> None:
    answer = client.post("/healthz")

    assert answer.status_code == 405
    assert set(answer["Allow"].split(", ")) == set(ROUTES["healthz"].methods)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    sorted(
        name for name, route in ROUTES.items() if route.pattern.startswith("/accounts/") and "(" not in route.pattern
    ),
)
def test_sign_in_pages_stand_open_only_where_the_map_says(client: Any, name: str) -> None:
    answer = client.get(ROUTES[name].pattern.replace("<int:pk>", "1"))

    sent_to_sign_in = answer.status_code == 302 and answer["Location"].startswith("/accounts/login/?next=")
    assert sent_to_sign_in == (ROUTES[name].permission == "signed in")
    assert (name in OPEN_SIGN_IN) == (ROUTES[name].permission == "public")
