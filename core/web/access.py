"""The first door: what each view asks of whoever calls it. A view without a door is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.models import Tenant, User

ViewT = TypeVar("ViewT", bound=Callable[..., Any])


class SpaceRequest(HttpRequest):
    """A request inside a tenant, as the middleware leaves it."""

    tenant: Tenant
    viewer: Viewer
    user: User
    htmx: Any


@dataclass(frozen=True)
class Door:
    """What a view asks: ``public`` nothing, ``member`` a place in the tenant, else a permission somewhere in it.

    ``by_link`` marks views that check the secret in their own address.
    """

    permission: Permission | None = None
    public: bool = False
    member: bool = False
    signed_in: bool = False
    by_link: bool = False
    api: bool = False
    writes: bool = False

    @property
    def label(self) -> str:
        """One word for the URL map."""
        if self.permission:
            return self.permission.value
        named = {
            "public": self.public,
            "member": self.member,
            "signed in": self.signed_in,
            "link": self.by_link,
            "api": self.api,
        }
        return next(word for word, given in named.items() if given)


def _marked(door: Door) -> Callable[[ViewT], ViewT]:
    def mark(view: ViewT) -> ViewT:
        view.door = door  # type: ignore[attr-defined]  # read by AccessMiddleware and url_map
        return view

    return mark


def requires(permission: Permission) -> Callable[[ViewT], ViewT]:
    """Only for people who hold a permission somewhere in the tenant; the query decides about the record."""
    return _marked(Door(permission=permission))


def public[ViewT: Callable[..., Any]](view: ViewT) -> ViewT:
    """For everybody."""
    return _marked(Door(public=True))(view)


def members[ViewT: Callable[..., Any]](view: ViewT) -> ViewT:
    """For everybody with a place in the tenant."""
    return _marked(Door(member=True))(view)


def signed_in[ViewT: Callable[..., Any]](view: ViewT) -> ViewT:
    """For everybody who signed in, in no tenant."""
    return _marked(Door(signed_in=True))(view)


def by_link[ViewT: Callable[..., Any]](view: ViewT) -> ViewT:
    """For whoever holds the secret in the address; the view checks it and answers strangers with 404."""
    return _marked(Door(by_link=True))(view)


def api_view_door[ViewT: Callable[..., Any]](view: ViewT) -> ViewT:
    """For API views: their own permission classes decide, and deny by default."""
    return _marked(Door(api=True))(view)
