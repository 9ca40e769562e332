"""``manage.py url_map``: every address of the product, what it asks of whoever calls it, and whether it writes."""

import inspect
import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.core.management.base import BaseCommand
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.views import APIView

from core.web.access import Door

SAFE = {"GET", "HEAD", "OPTIONS"}
ALL = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]
# Django's ``require_*`` decorators keep the methods they allow in this closure variable only.
ALLOWED = "request_method_list"
# The sign-in package's views carry no door. These it opens to strangers; a test asks each of the others.
OPEN_SIGN_IN = {
    *("account_login", "account_logout", "account_inactive", "account_signup", "account_email_verification_sent"),
    *("account_reset_password", "account_reset_password_done", "account_reset_password_from_key"),
    *("account_reset_password_from_key_done", "account_request_login_code", "account_confirm_login_code"),
    *("mfa_authenticate", "mfa_login_webauthn"),
}


@dataclass(frozen=True)
class Route:
    """One address.

    ``permission`` is one of: a permission's name (to be held somewhere in the space; the query decides about the
    record), ``public`` (everybody), ``link`` (the secret in the address), ``signed in`` (an account), ``member`` (any
    role in the space), ``api`` (any role, by session or token). An API view that asks more tells it for each kind of
    request: ``reading goal.edit, writing goal.edit``; a kind that is not named is refused.
    """

    pattern: str
    name: str
    methods: list[str]
    permission: str
    writes: bool


def routes() -> list[Route]:
    """Every route of the URL map, in the order it is searched."""
    return [_route(pattern, name, view) for pattern, name, view in _walk(get_resolver(), "", "")]


def _walk(resolver: URLResolver, before: str, namespace: str) -> Iterator[tuple[str, str, Callable[..., Any]]]:
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern).removeprefix("^" if before else "")
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, pattern, inner)
        elif isinstance(entry, URLPattern):
            yield pattern, f"{namespace}{entry.name or ''}", entry.callback


def _route(pattern: str, name: str, view: Callable[..., Any]) -> Route:
    view_class = getattr(view, "view_class", None) or getattr(view, "cls", None)
    methods = methods_of(view)
    if isinstance(view_class, type) and issubclass(view_class, APIView):
        permission = _api_permission(view_class)
    else:
        permission = door_of(view, name).label
    return Route(f"/{pattern}", name, methods, permission, writes=not set(methods) <= SAFE)


def door_of(view: Callable[..., Any], name: str) -> Door:
    """The door a view declares, or for the sign-in package's views the one they keep."""
    kept = Door(public=True) if name in OPEN_SIGN_IN else Door(signed_in=True)
    return getattr(view, "door", None) or kept


def methods_of(view: Callable[..., Any]) -> list[str]:
    """The methods a view answers; all of them when it does not say."""
    view_class = getattr(view, "view_class", None) or getattr(view, "cls", None)
    if view_class is not None:
        found = [verb.upper() for verb in view_class.http_method_names if hasattr(view_class, verb)]
        return sorted({*found, *(["HEAD"] if "GET" in found else [])}, key=ALL.index)
    inner: Any = view
    while inner is not None:
        if allowed := inspect.getclosurevars(inner).nonlocals.get(ALLOWED):
            return sorted({*allowed}, key=ALL.index)
        inner = getattr(inner, "__wrapped__", None)
    return ALL


def _api_permission(view_class: type[APIView]) -> str:
    asked = {verb: getattr(view_class, verb, None) for verb in ("reading", "writing")}
    named = [f"{verb} {permission.value}" for verb, permission in asked.items() if permission]
    return ", ".join(named) or Door(api=True).label


class Command(BaseCommand):
    """Prints the URL map as a table or as JSON."""

    help = "Print every route with its name, methods, permission and whether it writes."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="as one JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        found = routes()
        if options["json"]:
            self.stdout.write(json.dumps([asdict(route) for route in found], indent=2))
            return
        for route in found:
            mark = "writes" if route.writes else "reads "
            methods = ",".join(route.methods)
            self.stdout.write(f"{mark}  {route.permission:<28} {methods:<16} {route.pattern}  {route.name}")
