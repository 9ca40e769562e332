"""How residents get to the form: a link, a code to scan, and what to put into another site."""

import segno
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import absolute, space_url
from engagement.queries.public_settings import public_settings
from partnerships.models import Partnership
from partnerships.views.doors import partnership_allowing


@requires(Permission.ANSWER_RESIDENTS)
@require_safe
def share(request: SpaceRequest, slug: str) -> HttpResponse:
    """A page to print and hang up, with addresses to copy."""
    partnership = partnership_allowing(request, slug, Permission.ANSWER_RESIDENTS)
    form = absolute(space_url("feedback_new", slug=slug))
    context = {
        "partnership": partnership,
        "form_address": form,
        "drawing": _drawn(f"{form}?via=qr"),
        "embeds": _embeds(partnership) if public_settings().embed_hosts else [],
    }
    return render(request, "engagement/feedback_share.html", context)


def _embeds(partnership: Partnership) -> list[SafeString]:
    """What another site puts into its page: the form, and the figures; to be shown as text here."""
    addresses = (absolute(space_url(name, slug=partnership.slug)) for name in ("feedback_embedded", "figures_embedded"))
    whole = '<iframe src="{}" title="{}" width="100%" height="700"></iframe>'
    return [format_html(whole, address, partnership.name) for address in addresses]


def _drawn(address: str) -> SafeString:
    drawing = segno.make(address, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff")
    return mark_safe(drawing)  # noqa: S308 - drawn by segno from modules, nothing of the text is in it
