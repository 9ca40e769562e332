"""What surrounds every request: log line, headers, tenant with its transaction, language, and the door."""

import re
import time
import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.views.defaults import page_not_found
from django_htmx.http import HttpResponseClientRedirect

from core.access.viewer import PUBLIC, Viewer
from core.models import Tenant, User
from core.queries.tenant import enter_tenant_with_slug, remember_tenant
from core.queries.viewer import viewer_for
from core.tenancy.context import found_tenant_scope
from core.web.access import Door
from core.web.errors import is_wall_refusal
from core.web.session_key import renew_key_after_change

GetResponse = Callable[[HttpRequest], HttpResponseBase]
# Spaces, public pages, e-mailed links and proofs carry the tenant in their address, so it is known before any row.
TENANT_PATH = re.compile(r"^/(s|p|l|verify)/([a-z0-9-]{1,50})(?:/|$)")
# Their own views decide who may come in; they stand in no tenant.
OUTSIDE_MODULES = ("allauth.", "django.views.static", "django.contrib.staticfiles")
log = structlog.get_logger("telaio.request")


class RequestLogMiddleware:
    """One line per request: route, status and duration. No address, no path, no query string."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then write the line."""
        started = time.perf_counter()
        request_id = uuid.uuid4().hex[:16]
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
        route = getattr(request.resolver_match, "view_name", "") or ""
        log.info(
            "request",
            method=request.method,
            route=route,
            status=response.status_code,
            ms=round(1000 * (time.perf_counter() - started), 1),
            request_id=request_id,
        )
        response.headers["X-Request-Id"] = request_id
        return response


class PrivateByDefaultMiddleware:
    """Pages are for the person who asked: not stored on the way, not embedded elsewhere, no powers of the device."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add the headers a view did not set itself."""
        response = self.get_response(request)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
        if request.path.startswith("/l/"):
            # The token in the address never leaves. Not "no-referrer": browsers then send "Origin: null" with the
            # page's own forms, which the CSRF check must refuse.
            response.headers["Referrer-Policy"] = "strict-origin"
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        match = request.resolver_match
        if match and match.view_name == "account_logout" and request.method == "POST":
            # "Back" must not show a page of the person who left (AUT-06).
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


class TenantMiddleware:
    """Enter the tenant named in the address, in one transaction that an error of the server rolls back."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer inside the tenant, or outside any when the address names none."""
        request.tenant = None  # type: ignore[attr-defined]  # typed by SpaceRequest
        match = TENANT_PATH.match(request.path_info)
        if match is None:
            return self.get_response(request)
        # Only people at work have a session to look at.
        session = request.session if match[1] == "s" else None
        with found_tenant_scope(lambda: enter_tenant_with_slug(match[2], session)) as tenant:  # type: ignore[arg-type]  # ours
            if tenant is not None:
                response = self._answer(request, tenant)
        if tenant is None:
            return self.get_response(request)
        if getattr(request, "wall_refused", False):
            # Outside the transaction that the database ended.
            with translation.override(getattr(request, "LANGUAGE_CODE", tenant.default_language)):
                return page_not_found(request, Http404())
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal by row-level security is a page that is not there, and an alert (TEN-09)."""
        if request.tenant is None or not is_wall_refusal(exception):  # type: ignore[attr-defined]  # set in __call__
            return None
        log.error("wall_refused", route=getattr(request.resolver_match, "view_name", ""))
        request.wall_refused = True  # type: ignore[attr-defined]  # read in __call__
        return HttpResponse(status=500)

    def _answer(self, request: HttpRequest, tenant: Tenant) -> HttpResponseBase:
        request.tenant = tenant  # type: ignore[attr-defined]  # typed by SpaceRequest
        remember_tenant(tenant)
        try:
            with timezone.override(ZoneInfo(tenant.time_zone)):
                response = self.get_response(request)
        finally:
            remember_tenant(None)
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            transaction.set_rollback(True)
        return response


class LanguageMiddleware:
    """A person's choice first, then the browser's on public pages, then the tenant's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the language found."""
        with translation.override(self._language(request)):
            request.LANGUAGE_CODE = translation.get_language() or "en"
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "en")
        return response

    def _language(self, request: HttpRequest) -> str:
        tenant: Tenant | None = request.tenant  # type: ignore[attr-defined]  # set by TenantMiddleware
        at_work = tenant is None or request.path_info.startswith("/s/")
        # Pages for everybody do not ask who is signed in: they cost no session and no user.
        own = request.user.language if at_work and isinstance(request.user, User) else ""
        chosen = own or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if chosen in dict(settings.LANGUAGES):
            return chosen
        if tenant is not None and (at_work or "HTTP_ACCEPT_LANGUAGE" not in request.META):
            return tenant.default_language
        return translation.get_language_from_request(request)


class AccessMiddleware:
    """Open or keep shut the door each view declares; a view that declares none is a programming error."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Give the request its viewer, loaded when first asked for."""
        inside = request.tenant is not None  # type: ignore[attr-defined]  # set by TenantMiddleware
        request.viewer = SimpleLazyObject(lambda: viewer_for(request.user)) if inside else PUBLIC  # type: ignore[attr-defined]  # typed by SpaceRequest
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Refuse, send to sign in, or let pass; the tenant's slug is taken out of the view's arguments."""
        door: Door | None = getattr(view, "door", None)
        if door is None:
            if view.__module__.startswith(OUTSIDE_MODULES) or view.__module__ == "whitenoise.middleware":
                return None
            raise ImproperlyConfigured(f"{view.__module__}.{getattr(view, '__name__', view)} declares no door.")
        if kwargs.pop("tenant", None) and request.tenant is None:  # type: ignore[attr-defined]  # set by TenantMiddleware
            raise Http404
        if door.public or door.by_link or door.api:
            return None
        if not request.user.is_authenticated:
            return to_sign_in(request)
        renew_key_after_change(request)
        if not door.signed_in:
            self._require_role(request.viewer, door)  # type: ignore[attr-defined]  # set above
        return None

    def _require_role(self, viewer: Viewer, door: Door) -> None:
        if viewer.is_stranger:
            raise Http404
        if door.permission is not None and not viewer.can(door.permission):
            raise PermissionDenied


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send to sign-in and back; an htmx call moves the whole page instead of nesting a form in it.

    Back is the page the person was on: a form's own address often cannot be opened.
    """
    htmx: Any = getattr(request, "htmx", None)
    if htmx:
        back = htmx.current_url_abs_path
    elif request.method in {"GET", "HEAD"}:
        back = request.get_full_path()
    else:
        back = _own_path(request.headers.get("Referer", ""), request)
    address = reverse(settings.LOGIN_URL) + (f"?{urlencode({'next': back})}" if back else "")
    return HttpResponseClientRedirect(address) if htmx else redirect(address)


def _own_path(address: str, request: HttpRequest) -> str:
    parts = urlsplit(address)
    return parts.path if parts.netloc == request.get_host() else ""
