"""Every route of the product, read from the URL map, so that a new one cannot escape the guards."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from core.access.permissions import Permission

# Their own packages' pages, outside any tenant.
FOREIGN = ("allauth.", "django.views.static")
ARGUMENT = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")


@dataclass(frozen=True)
class Route:
    """One pattern: its text, name, view and the door the view carries."""

    pattern: str
    name: str
    view: Any

    @property
    def arguments(self) -> list[tuple[str, str]]:
        """Names of the arguments in the address, with their converters."""
        return [(found["name"], found["converter"] or "str") for found in ARGUMENT.finditer(self.pattern)]

    @property
    def door(self) -> Any:
        """What the view asks."""
        return getattr(self.view, "door", None)

    def path(self, values: dict[str, str]) -> str:
        """The address with its arguments filled in."""
        return "/" + ARGUMENT.sub(lambda found: values[found["name"]], self.pattern)


def routes() -> list[Route]:
    """All routes of ours."""
    return [route for route in _walk(get_resolver(), "") if not route.view.__module__.startswith(FOREIGN)]


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, pattern)
        elif isinstance(entry, URLPattern):
            yield Route(pattern, entry.name or "", entry.callback)


def asked_by(route: Route, verb: str) -> Permission | None:
    """What a route asks for a verb; none where a place in the space, a secret or nothing is enough."""
    view_class = getattr(route.view, "view_class", None) or getattr(route.view, "cls", None)
    if view_class is not None:
        return getattr(view_class, "reading" if verb == "get" else "writing", None)
    return route.door.permission if route.door else None
