"""The pages everybody may read: a space's public partnerships, and one of them."""

from pathlib import Path

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.web.access import SpaceRequest, public
from core.web.document_assets import static_path
from core.web.space import space_url
from engagement.panels import public_reports_of
from engagement.queries.public_news import public_news_of
from engagement.queries.public_page import (
    partnership_withdrawn_on,
    public_page_of,
    public_partnership_now,
)
from engagement.queries.take_part import ways_to_take_part
from engagement.rules.answering import share_in_words, time_in_words
from engagement.rules.submission import can_receive_feedback
from engagement.views.public_frame import (
    in_chosen_language,
    linked_organisation,
    public_page_response,
    withdrawn_page,
)
from partnerships.queries.partnership import public_partnerships


@public
@require_safe
@in_chosen_language
def public_space(request: SpaceRequest) -> HttpResponse:
    """The partnerships of a space that everybody may see."""
    context = {"partnerships": public_partnerships()}
    return public_page_response(request, "engagement/public_space.html", context)


@public
@require_safe
@in_chosen_language
def public_page(request: SpaceRequest, slug: str) -> HttpResponse:
    """One partnership: who, why, what shall change, how to take part, what became of what residents said."""
    today = timezone.localdate()
    partnership = public_partnership_now(slug, today=today)
    if partnership is None:
        return withdrawn_page(request, partnership_withdrawn_on(slug))
    told = public_page_of(partnership, today=today)
    context = {
        "told": told,
        "news": public_news_of(partnership),
        "partnership": partnership,
        "ways": ways_to_take_part(partnership),
        "reports": public_reports_of(partnership),
        "linked": linked_organisation(request, partnership, members=told.members),
        "takes_feedback": bool(can_receive_feedback(partnership)),
        "share": share_in_words(told.figures.answered, told.figures.received),
        "time": time_in_words(told.figures.days),
        "theme_share": share_in_words(told.answered_themes, len(told.answers)),
    }
    return public_page_response(request, "engagement/public_page.html", context)


@public
@require_safe
def public_worker(request: SpaceRequest) -> HttpResponse:
    """The script that lets opened pages open without network and forms wait for it; it holds nobody's answers."""
    response = HttpResponse(Path(static_path("js/public_worker.js") or "").read_bytes())
    response.headers["Content-Type"] = "text/javascript; charset=utf-8"
    response.headers["Service-Worker-Allowed"] = space_url("public_space")
    return response
