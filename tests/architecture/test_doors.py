"""AUT-01: every address and every role, each with its expected outcome, read from what doors ask and roles hold."""

from typing import Any

import pytest

from core.access.permissions import Permission
from core.access.roles import Role
from tests.architecture.conftest import browser_of, permissions_of
from tests.architecture.matrix import Foreign, sent, without_log
from tests.architecture.urls import asked_by, routes

REFUSED = {403, 404, 405}
WITHOUT_ACCOUNT = {302, 401, 403, 404, 405}


def knocks(ours: Foreign, held: frozenset[Permission]) -> Any:
    """Each address that asks what is not held, with the verb."""
    for route in routes():
        values = {name: ours.value(name, converter, route) for name, converter in route.arguments if name != "tenant"}
        for verb in ("get", "post"):
            asked = asked_by(route, verb)
            if "<slug:tenant>" in route.pattern and asked is not None and asked not in held:
                yield route, verb, route.path({**values, "tenant": "borgo"})


@pytest.mark.slow  # every closed door
@pytest.mark.parametrize("principal", [*Role, "stranger", "nobody"])
def test_who_lacks_what_a_door_asks_stays_outside(principal, own, foreign, space):
    held = permissions_of(principal)
    browser, refused = browser_of(principal, own, space), WITHOUT_ACCOUNT if principal == "nobody" else REFUSED
    open_doors = []
    with without_log():
        for route, verb, path in knocks(Foreign(own, foreign.tokens), held):
            answer = sent(browser, verb, path)
            if answer.status_code not in refused:
                open_doors.append(f"{verb.upper()} {route.pattern}: {answer.status_code}")
            elif answer.status_code == 302 and "/accounts/login/" not in answer["Location"]:
                open_doors.append(f"{verb.upper()} {route.pattern}: {answer['Location']}")
    assert open_doors == []


@pytest.mark.slow  # every list and form that needs no record
@pytest.mark.parametrize("principal", list(Role))
def test_who_holds_what_a_door_asks_comes_in(principal, own, foreign, space):
    held, browser = permissions_of(principal), browser_of(principal, own, space)
    closed = []
    with without_log():
        for route in routes():
            asked = asked_by(route, "get")
            if [name for name, _converter in route.arguments] == ["tenant"] and asked in held:
                status = sent(browser, "get", route.path({"tenant": "borgo"})).status_code
                if status not in {200, 302, 400, 405}:
                    closed.append(f"{route.pattern}: {status}")
    assert closed == []
