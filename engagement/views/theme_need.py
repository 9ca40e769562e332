"""Choosing the needs residents speak of in a theme."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.choices import NotOfferedError, ticked_rows
from core.web.space import space_url
from engagement.operations.theme_need import set_theme_needs
from engagement.queries.theme import theme_of
from engagement.queries.theme_need import needs_to_tie
from partnerships.views.doors import visible_partnership


@requires(Permission.ANSWER_RESIDENTS)
@require_http_methods(["GET", "POST"])
def theme_needs(request: SpaceRequest, slug: str, theme_id: uuid.UUID) -> HttpResponse:
    """Tick the needs."""
    partnership = visible_partnership(request, slug)
    theme = get_object_or_404(theme_of(request.viewer, partnership, theme_id))
    if not request.viewer.can(Permission.ANSWER_RESIDENTS, partnership.scope_id):
        raise PermissionDenied
    choices = needs_to_tie(request.viewer, theme)
    back = space_url("theme_detail", slug=slug, theme_id=theme.pk)
    if request.method == "POST":
        among = [need for need, _is_chosen in choices]
        try:
            needs = ticked_rows(request, "need", among)
        except NotOfferedError as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
        set_theme_needs(theme=theme, needs=needs, by=request.user, among=[need.pk for need in among])
        messages.success(request, _("Saved."))
        return redirect(back)
    context = {"theme": theme, "partnership": partnership, "choices": choices, "cancel_url": back}
    return render(request, "engagement/theme_needs.html", context)
