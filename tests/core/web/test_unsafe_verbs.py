"""Every address of the product, taken from the URL map: forms from elsewhere are refused, reading writes nothing (AUT-19).

What reading does inside a space is shown where there is something to read: tests/architecture.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.parsers import MultiPartParser

from core.management.commands.url_map import methods_of
from tests.conftest import TenantClient

SAMPLES = {
    "uuid": "01890000-0000-7000-8000-000000000000",
    "int": "1",
    "str": "sample",
    "slug": "sample",
    "path": "sample",
}
# By name, each with its reason.
WITHOUT_FORM_TOKEN = {
    "reminder_choice": "a mail program ends a subscription for its reader (RFC 8058); the address is the secret",
    "update_stop": "the same, for who is mailed a partnership's updates",
    "feedback_contact_stop": "the same, for residents who left an address",
    "survey_declined": "the same, for who is invited to a survey",
    "feedback_embedded": "in another site's frame no cookie is kept; its signed stamp says it was opened here",
}
# Allauth keeps its own row for a person's address, made when it is first looked at.
MAY_BE_WRITTEN_BY_READING = re.compile(
    r"django_session|usersessions_usersession|core_cache|core_ratecount|account_emailaddress"
)


def addresses() -> Iterator[tuple[str, str, Any]]:
    """Path, name and view of every route, with sample values in it."""

    def walk(patterns: Any, before: str) -> Iterator[tuple[str, str, Any]]:
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            elif isinstance(pattern, URLPattern):
                yield filled(route), pattern.name or "", pattern.callback

    yield from walk(get_resolver().url_patterns, "/")


def filled(route: str) -> str:
    # Allauth has one address with a pattern instead of converters.
    route = re.sub(r"\(\?P<\w+>[^)]*\)", "a", route).replace("^", "").replace("$", "")
    route = route.replace("<slug:tenant>", "borgo")
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES[found[1] or "str"], route)


ALL = sorted(set(addresses()), key=lambda found: found[0])
OUTSIDE_SPACES = [path for path, _name, _view in ALL if "/borgo/" not in path]


def listened_to(view):
    """What a view reads: it says so before anything else. The API reads JSON, and files as forms send them."""
    if not getattr(view, "csrf_exempt", False):
        return "application/x-www-form-urlencoded"
    parsers = getattr(getattr(view, "cls", None), "parser_classes", [])
    return "multipart/form-data; boundary=x" if MultiPartParser in parsers else "application/json"


@pytest.fixture
def strict(space, admin):
    browser = TenantClient(enforce_csrf_checks=True)
    browser.force_login(admin, backend="core.web.backend.SignInBackend")
    browser.raise_request_exception = False
    return browser


def test_the_map_has_addresses_of_every_kind():
    starts = {path.split("/")[1] for path, _name, _view in ALL}
    assert {"s", "p", "l", "accounts", "api", "demo"} <= starts
    assert len(ALL) > 60


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_form_without_the_token_is_refused_everywhere(strict, method):
    let_through = []
    listening = [found for found in ALL if method.upper() in methods_of(found[2])]
    assert len(listening) > 20
    for path, name, view in listening:
        answer = getattr(strict, method)(path, "{}", content_type=listened_to(view))
        if answer.status_code != 403 and name not in WITHOUT_FORM_TOKEN:
            let_through.append((path, answer.status_code))
    assert let_through == []


def test_form_from_another_site_is_refused_even_with_the_token(strict, settings):
    page = strict.get("/s/borgo/settings/").content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    fields = {"csrfmiddlewaretoken": token, "language": "en", "next": "/"}
    assert strict.post("/language/", fields).status_code == 302
    refused = strict.post("/language/", fields, headers={"Origin": "https://evil.example"})
    assert refused.status_code == 403
    assert b"open too long" in refused.content
    assert strict.post("/language/", fields, headers={"Origin": "null"}).status_code == 403


def test_reading_outside_spaces_writes_nothing(strict):
    written = []

    def watch(execute, sql, params, many, context):
        if re.match(r"\s*(INSERT|UPDATE|DELETE)", sql) and not MAY_BE_WRITTEN_BY_READING.search(sql):
            written.append(sql[:100])
        return execute(sql, params, many, context)

    for path in OUTSIDE_SPACES:
        with connection.execute_wrapper(watch):
            answer = strict.get(path)
        assert answer.status_code < 500, path
        assert written == [], path


def test_every_address_outside_spaces_answers_a_stranger_without_an_error(space):
    browser = TenantClient()
    for path in OUTSIDE_SPACES:
        answer = browser.get(path)
        assert answer.status_code < 500, path
