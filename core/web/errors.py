"""Error pages and the conversion of the database's refusals into them."""

import structlog
from django.conf import settings
from django.db import ProgrammingError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found

from core.web.access import public

log = structlog.get_logger("telaio.security")


@public
def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long or came from elsewhere: nothing was saved, and how to go on."""
    return render(request, "errors/form_expired.html", status=403)


@public
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that cannot be understood."""
    return render(request, "errors/400.html", status=400)


@public
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page that is not there; programs are told in their own terms (RFC 9457), residents without a cookie."""
    if "/api/v1/" in request.path:
        problem = {"type": "not_found", "title": _("Nothing here"), "status": 404}
        return JsonResponse(problem, status=404, content_type="application/problem+json")
    if request.path.startswith("/p/") and getattr(request, "tenant", None) is not None:
        wanted = request.GET.get("lang", "")
        with override(wanted if wanted in dict(settings.LANGUAGES) else get_language()):
            return page_not_found(request, exception, "errors/public_404.html")
    return page_not_found(request, exception)


def is_wall_refusal(error: BaseException | None) -> bool:
    """Whether row-level security refused (SQLSTATE 42501), looking through wrapped errors."""
    while error is not None:
        if isinstance(error, ProgrammingError) and getattr(error.__cause__, "sqlstate", "") == "42501":
            return True
        error = error.__cause__
    return False
