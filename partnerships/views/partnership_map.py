"""The maps of who matters that belong to a partnership."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from partnerships.forms.partnership_map import ConnectMapForm
from partnerships.operations.partnership_map import connect_map, disconnect_map
from partnerships.queries.partnership_map import maps_of, maps_to_connect, partnership_gaps
from partnerships.views.doors import editable_partnership
from partnerships.views.tabs import partnership_tabs
from stakeholders.views.sent import sent

# On the overview; the page of the maps has the rest.
MOST_GAPS = 4


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def partnership_maps(request: SpaceRequest, slug: str) -> HttpResponse:
    """The maps taken along, and which one to take along next."""
    partnership = editable_partnership(request, slug)
    open_maps = maps_to_connect(request.viewer, partnership)
    form = ConnectMapForm(sent(request), maps=open_maps)
    if request.method == "POST" and form.is_valid():
        connect_map(partnership=partnership, found=form.cleaned_data["map"], by=request.user)
        messages.success(request, _("The map belongs to this partnership now."))
        return redirect(space_url("partnership_maps", slug=slug))
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "partnership_detail"),
        "maps": maps_of(request.viewer, partnership),
        "gaps": partnership_gaps(request.viewer, partnership, today=timezone.localdate()),
        "form": form if request.method == "POST" or open_maps.exists() else None,
        "assesses": request.viewer.can(Permission.ASSESS_STAKEHOLDERS),
    }
    return render(request, "partnerships/partnership_maps.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_PARTNERSHIP)
@require_safe
def partnership_map_gaps(request: SpaceRequest, slug: str) -> HttpResponse:
    """What the maps are missing, the first of it, as the overview of a partnership shows it; loaded as a part."""
    partnership = editable_partnership(request, slug)
    gaps = partnership_gaps(request.viewer, partnership, today=timezone.localdate())
    context = {"partnership": partnership, "gaps": gaps[:MOST_GAPS], "more": max(0, len(gaps) - MOST_GAPS)}
    return render(request, "partnerships/partnership_gaps.html", context)


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def partnership_map_remove(request: SpaceRequest, slug: str, map_id: uuid.UUID) -> HttpResponse:
    """Leave a map behind; it stays among the maps of the space."""
    partnership = editable_partnership(request, slug)
    found = get_object_or_404(maps_of(request.viewer, partnership), pk=map_id)
    disconnect_map(partnership=partnership, found=found, by=request.user)
    messages.success(request, _("The map no longer belongs to this partnership. It is still among the maps."))
    return redirect(space_url("partnership_maps", slug=slug))
