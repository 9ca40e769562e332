"""What all public pages share: a language chosen in the address instead of a cookie, and the way home (PRI-11)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from core.web.access import SpaceRequest
from core.web.space import absolute, space_url
from engagement.rules.origin import address_prefix

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class LanguageLink:
    """The same page in a language."""

    code: str
    name: str
    url: str
    is_current: bool


def in_chosen_language(view: View) -> View:
    """Answer in the language of ``?lang=``; without it in the one the middleware found."""

    @wraps(view)
    def answer(request: SpaceRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(_chosen(request) or translation.get_language()):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = view(request, *args, **kwargs)
            response.headers["Content-Language"] = request.LANGUAGE_CODE
        return response

    return answer


def public_page_response(
    request: SpaceRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render a public page. Only after GET it offers the other language: an answer to a form would be lost."""
    suffix = f"?lang={_chosen(request)}" if _chosen(request) else ""
    frame = {
        "home_url": space_url("public_space") + suffix,
        "lang_suffix": suffix,
        "language_links": _language_links(request) if request.method == "GET" else [],
        "frame": "engagement/frame.html",
        "page_address": absolute(request.path),
        "logo_address": logo_address(request),
    }
    return render(request, template, {**frame, **context}, status=status)


def logo_address(request: SpaceRequest) -> str:
    """Where other sites find the space's logo; empty without one."""
    return absolute(space_url("logo", file_id=request.tenant.logo_id)) if request.tenant.logo_id else ""


def network_of(request: HttpRequest) -> str:
    """The caller's network, for counting only."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    return address_prefix(request.META.get("REMOTE_ADDR", ""), forwarded, trusted_proxies=settings.TRUSTED_PROXIES)


def _chosen(request: HttpRequest) -> str:
    chosen = request.GET.get("lang", "")
    return chosen if chosen in dict(settings.LANGUAGES) else ""


def _language_links(request: SpaceRequest) -> list[LanguageLink]:
    return [
        LanguageLink(
            code,
            translation.get_language_info(code)["name_local"].capitalize(),
            f"{request.path}?lang={code}",
            code == request.LANGUAGE_CODE,
        )
        for code, _name in settings.LANGUAGES
    ]
