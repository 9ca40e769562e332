"""Who calls: a signed-in browser, or a bearer token of the tenant in the address."""

from typing import Any

from django.utils import timezone
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.models import ApiToken, User
from core.operations.token import live_token, note_use
from core.queries.viewer import viewer_for
from core.web.session_key import renew_key_after_change


class TokenAuthentication(authentication.BaseAuthentication):
    """``Authorization: Bearer tlo_...``; the viewer is narrowed to the token's permissions."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The token's owner; raises AuthenticationFailed for a token that is unknown, revoked or expired."""
        scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not text or request._request.tenant is None:  # type: ignore[attr-defined]  # SpaceRequest
            return None
        token = live_token(text)
        if token is None:
            raise exceptions.AuthenticationFailed
        owner = viewer_for(token.user)
        note_use(token, today=timezone.localdate())
        # A permission that no longer exists allows nothing.
        limited = frozenset(Permission(name) for name in token.permissions if name in set(Permission))
        request._request.viewer = Viewer(user=owner.user, roles=owner.roles, limited_to=limited)  # type: ignore[attr-defined]  # SpaceRequest
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """So that a missing token is 401, not 403."""
        return "Bearer"


class SessionAuthentication(authentication.SessionAuthentication):
    """The browser's session, with CSRF checked on every unsafe verb."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        """The person of the session, whose key is renewed when their roles changed."""
        found = super().authenticate(request)
        if found is not None:
            renew_key_after_change(request._request)
        return found
