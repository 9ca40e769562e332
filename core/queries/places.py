"""Where a role can be held besides the whole space: scopes whose names higher apps know."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.models import AccessScope
from core.queries.tenant import root_scope


@dataclass(frozen=True)
class Place:
    """A scope in which a role can be given, as people call it."""

    scope_id: uuid.UUID
    name: str


PlaceSource = Callable[[], Iterable[Place]]
_sources: list[PlaceSource] = []


def register_places(source: PlaceSource) -> None:
    """Add scopes of the tenant at work in which roles can be given; called from ``AppConfig.ready``."""
    _sources.append(source)


def places_for_roles() -> list[Place]:
    """Every place in which a role can be given, by name."""
    return sorted((place for source in _sources for place in source()), key=lambda place: place.name.casefold())


def places_with(viewer: Viewer, permission: Permission) -> list[Place]:
    """The places in which a viewer may do something, by name; ``can_everywhere`` tells about the whole space."""
    return [place for place in places_for_roles() if viewer.can(permission, place.scope_id)]


def place_names() -> dict[uuid.UUID, str]:
    """What the scopes of the tenant are called; the whole space is not among them."""
    return {place.scope_id: place.name for place in places_for_roles()}


def scope_of_place(scope_id: str) -> AccessScope:
    """The scope of a place somebody chose; the whole space when they chose none."""
    return AccessScope.objects.get(pk=scope_id) if scope_id else root_scope()
