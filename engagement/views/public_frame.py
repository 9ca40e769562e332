"""What all public pages share: a language chosen in the address instead of a cookie, and the way home (PRI-11)."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from core.rules.parts import with_parts_marked
from core.rules.phrases import Phrases, phrases_spoken
from core.web.access import SpaceRequest
from core.web.further import written_in
from core.web.space import absolute, space_url
from engagement.queries.public_phrase import is_spoken_here, phrases_in
from engagement.rules.languages import further_language
from engagement.rules.linked_data import Linked, as_json_ld, organisation
from engagement.rules.origin import address_prefix
from partnerships.models import Partnership

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class LanguageLink:
    """The same page in a language."""

    code: str
    name: str
    url: str
    is_current: bool


def in_chosen_language(view: View) -> View:
    """Answer in the language of ``?lang=``; without it in the one the middleware found.

    In a language that people of the space wrote texts in, ``request.LANGUAGE_CODE`` is the base language, in which
    what nobody translated is said.
    """

    @wraps(view)
    def answer(request: SpaceRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        further = phrases_spoken() or _further(request, str(kwargs.get("slug", "")))
        language = further.base if further else _chosen(request) or translation.get_language()
        with written_in(further) if further else translation.override(language):
            request.LANGUAGE_CODE = language or settings.LANGUAGE_CODE
            response = view(request, *args, **kwargs)
            response.headers["Content-Language"] = further.code if further else request.LANGUAGE_CODE
        return response

    return answer


def public_page_response(
    request: SpaceRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render a public page. Only after GET it offers the other language: an answer to a form would be lost."""
    further = phrases_spoken()
    chosen = further.code if further else _chosen(request)
    suffix = f"?lang={chosen}" if chosen else ""
    frame = {
        "further": further,
        "further_language": further_language(further.code) if further else None,
        "home_url": space_url("public_space") + suffix,
        "lang_suffix": suffix,
        "language_links": _language_links(request) if request.method == "GET" else [],
        "frame": "engagement/frame.html",
        "page_address": absolute(request.path),
        "logo_address": logo_address(request),
        "linked_data": as_json_ld(context.get("linked") or linked_organisation(request, context.get("partnership"))),
    }
    # What an operation wrote in somebody else's language meanwhile leaves the page in its base language.
    with written_in(further) if further else nullcontext():
        response = render(request, template, {**frame, **context}, status=status)
    if further:
        response.content = with_parts_marked(response.content.decode(), further)
    return response


def withdrawn_page(request: SpaceRequest, on: date | None, *, slug: str = "") -> HttpResponse:
    """What stays of a page that was withdrawn: the day, and the way on. 404 for one that never was there."""
    if on is None:
        raise Http404
    return public_page_response(request, "engagement/withdrawn.html", {"on": on, "slug": slug}, status=410)


def linked_organisation(
    request: SpaceRequest, partnership: Partnership | None = None, *, members: Sequence[str] = ()
) -> Linked:
    """The space, or one of its partnerships, as programs read it (schema.org)."""
    space = request.tenant
    if partnership is None:
        told = {"about": space.about, "email": space.contact_email, "logo": logo_address(request)}
        return organisation(name=space.name, url=absolute(space_url("public_space")), **told)
    return organisation(
        name=partnership.name,
        url=absolute(space_url("public_page", slug=partnership.slug)),
        about=partnership.purpose,
        email=space.contact_email,
        area=partnership.territory,
        members=members,
    )


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


def _further(request: SpaceRequest, slug: str) -> Phrases | None:
    code = request.GET.get("lang", "")
    return phrases_in(code, slug) if is_spoken_here(code) else None


def _language_links(request: SpaceRequest) -> list[LanguageLink]:
    current = translation.get_language()
    return [
        LanguageLink(
            code,
            translation.get_language_info(code)["name_local"].capitalize(),
            f"{request.path}?lang={code}",
            code == current,
        )
        for code, _name in settings.LANGUAGES
    ]
