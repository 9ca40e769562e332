"""The API's door: denies by default; each view names what reading and writing ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from rest_framework.permissions import SAFE_METHODS, BasePermission

if TYPE_CHECKING:
    # DRF's views import this module by its settings name.
    from rest_framework.request import Request
    from rest_framework.views import APIView


class DenyAll(BasePermission):
    """For a view that forgot to say who may come in."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Nobody."""
        return False


class ByRole(BasePermission):
    """Asks ``view.reading`` for safe verbs and ``view.writing`` for the others; strangers get 404."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the viewer holds the permission somewhere in the tenant; the query decides about the record."""
        if not request.user.is_authenticated:
            return False
        viewer = request._request.viewer  # type: ignore[attr-defined]  # SpaceRequest
        if request._request.tenant is None or viewer.is_stranger:  # type: ignore[attr-defined]  # SpaceRequest
            raise Http404
        wanted = getattr(view, "reading" if request.method in SAFE_METHODS else "writing", None)
        return wanted is not None and viewer.can(wanted)


class ByMembership(BasePermission):
    """For everybody with a place in the tenant; strangers get 404."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the caller has any role here."""
        if not request.user.is_authenticated:
            return False
        if request._request.tenant is None or request._request.viewer.is_stranger:  # type: ignore[attr-defined]  # SpaceRequest
            raise Http404
        return True
