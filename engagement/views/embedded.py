"""The form and the figures for other sites that a space allowed, inside their own pages.

Only these addresses may stand in a frame, and only in one of those sites. Browsers keep no cookie for a page in
another site's frame, so the form has no token against forged posts: it needs none, because nobody is signed in here
and its own signed stamp says that it was opened on this site.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.web.access import SpaceRequest, public
from engagement.queries.public_page import partnership_with_its_public_facts, public_page_of
from engagement.queries.public_settings import public_settings
from engagement.rules.answering import share_in_words, time_in_words
from engagement.rules.embedding import hosts_in
from engagement.views.feedback import answer_feedback_form
from engagement.views.public_frame import in_chosen_language, public_page_response


def for_allowed_sites(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let the sites the space allowed show the page in a frame; without any the page is not there."""

    @wraps(view)
    def answer(request: SpaceRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        hosts = hosts_in(public_settings().embed_hosts)
        if not hosts:
            raise Http404
        ancestors = [f"https://{host}" for host in hosts]
        allowed = csp_override({**settings.SECURE_CSP, "frame-ancestors": ancestors})
        response: HttpResponse = xframe_options_exempt(allowed(view))(request, *args, **kwargs)
        return response

    return answer


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@for_allowed_sites
@in_chosen_language
def feedback_embedded(request: SpaceRequest, slug: str) -> HttpResponse:
    """The form in another site's page; a post from any other origin than ours is refused."""
    origin = request.headers.get("Origin", "")
    if request.method == "POST" and origin not in {"", "null", f"{request.scheme}://{request.get_host()}"}:
        raise PermissionDenied
    return answer_feedback_form(request, slug, is_embedded=True)


@public
@require_safe
@for_allowed_sites
@in_chosen_language
def figures_embedded(request: SpaceRequest, slug: str) -> HttpResponse:
    """How residents are answered, in another site's page."""
    today = timezone.localdate()
    partnership = get_object_or_404(partnership_with_its_public_facts(slug, today=today))
    told = public_page_of(partnership, today=today)
    context = {
        "partnership": partnership,
        "told": told,
        "share": share_in_words(told.figures.answered, told.figures.received),
        "time": time_in_words(told.figures.days),
        "theme_share": share_in_words(told.answered_themes, len(told.answers)),
    }
    return public_page_response(request, "engagement/figures_embedded.html", context)
