"""Maps of who matters: the list, one map, who is on it, its rounds and raters."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.lists import page_of
from core.web.pages import page
from core.web.space import space_url
from stakeholders.forms.stakeholder_map import EntriesForm, MapForm
from stakeholders.models import MapEntry, Stakeholder, StakeholderMap
from stakeholders.operations.stakeholder_map import (
    MapRefusedError,
    change_map,
    close_round,
    open_round,
    put_on_map,
    set_ring,
    start_map,
    take_off_map,
)
from stakeholders.queries.assessment import rater_of
from stakeholders.queries.map_charts import grid_chart, rings_chart
from stakeholders.queries.stakeholder_map import map_list, maps_visible_to, picture_of, stakeholders_to_add
from stakeholders.views.drawing import drawn
from stakeholders.views.sent import sent
from stakeholders.views.tabs import section_tabs


def visible_map(request: SpaceRequest, map_id: uuid.UUID) -> StakeholderMap:
    """The map of an address; 404 when the viewer may not see it."""
    return get_object_or_404(maps_visible_to(request.viewer), pk=map_id)


@requires(Permission.ASSESS_STAKEHOLDERS)
@require_safe
def stakeholder_maps(request: SpaceRequest) -> HttpResponse:
    """The maps of the space."""
    rows = map_list(request.viewer, today=timezone.localdate())
    context = {"tabs": section_tabs(request, "map_list"), "page": page_of(request, rows)}
    return render(request, "stakeholders/map_list.html", context)


@requires(Permission.ASSESS_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def stakeholder_map_new(request: SpaceRequest) -> HttpResponse:
    """Begin a map."""
    form = MapForm(sent(request))
    if request.method == "POST" and form.is_valid():
        found = start_map(by=request.user, **form.cleaned_data)
        messages.success(
            request, _("The map is there. Now put those on it who are affected, decide, deliver or oppose.")
        )
        return redirect(space_url("map_add", map_id=found.pk))
    return render(request, "stakeholders/map_form.html", {"form": form}, status=422 if form.errors else 200)


@requires(Permission.ASSESS_STAKEHOLDERS)
@require_safe
def stakeholder_map_detail(request: SpaceRequest, map_id: uuid.UUID) -> HttpResponse:
    """One map: the grid with its advice, and what is folded away until it is asked for."""
    found = visible_map(request, map_id)
    picture = picture_of(request.viewer, found, today=timezone.localdate())
    context = {
        "map": found,
        "picture": picture,
        "grid": drawn(request, grid_chart(picture.entries)),
        "rings": drawn(request, rings_chart(picture.entries)),
        "ring_choices": MapEntry.Ring.choices,
        "is_rater": rater_of(request.user, found.pk) is not None,
    }
    return render(request, "stakeholders/map_detail.html", context)


@requires(Permission.ASSESS_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def stakeholder_map_edit(request: SpaceRequest, map_id: uuid.UUID) -> HttpResponse:
    """Change a map's words, or put it away and take it out again."""
    found = visible_map(request, map_id)
    if request.method == "POST" and "archive" in request.POST:
        change_map(found=found, by=request.user, is_archived=request.POST["archive"] == "1")
        messages.success(request, _("Noted."))
        return redirect(space_url("map_detail", map_id=found.pk))
    form = MapForm(sent(request), initial={"title": found.title, "issue": found.issue, "place": found.place})
    if request.method == "POST" and form.is_valid():
        change_map(found=found, by=request.user, **form.cleaned_data)
        messages.success(request, _("The changes were saved."))
        return redirect(space_url("map_detail", map_id=found.pk))
    context = {"form": form, "map": found}
    return render(request, "stakeholders/map_form.html", context, status=422 if form.errors else 200)


@requires(Permission.ASSESS_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def stakeholder_map_add(request: SpaceRequest, map_id: uuid.UUID) -> HttpResponse:
    """Find stakeholders of the register and put them on the map."""
    found = visible_map(request, map_id)
    search = request.GET.get("q", "")[:100]
    some = {str(one.pk): one for one in stakeholders_to_add(request.viewer, found, search=search)}
    form = EntriesForm(sent(request), found=[(key, _named(one)) for key, one in some.items()])
    if request.method == "POST" and form.is_valid():
        chosen = [some[str(pk)] for pk in form.cleaned_data["stakeholders"]]
        try:
            put_on_map(found=found, stakeholders=chosen, by=request.user, ring=form.cleaned_data["ring"])
        except MapRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("They are on the map."))
            return redirect(space_url("map_detail" if "done" in request.POST else "map_add", map_id=found.pk))
    context = {"map": found, "form": form, "search": search, "found": some}
    return page(request, "stakeholders/map_add.html", context, partial="results", status=422 if form.errors else 200)


@requires(Permission.ASSESS_STAKEHOLDERS)
@require_POST
def map_entry_change(request: SpaceRequest, map_id: uuid.UUID, map_entry_id: uuid.UUID) -> HttpResponse:
    """Say how close somebody is, or take them off."""
    found = visible_map(request, map_id)
    entry = get_object_or_404(MapEntry, map=found, pk=map_entry_id)
    if "remove" in request.POST:
        take_off_map(entry=entry, by=request.user)
        messages.success(request, _("Taken off the map."))
        return redirect(space_url("map_detail", map_id=found.pk))
    ring = request.POST.get("ring", "")
    try:
        set_ring(entry=entry, ring=int(ring) if ring.isdecimal() and len(ring) == 1 else None, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Noted."))
    return redirect(f"{space_url('map_detail', map_id=found.pk)}#rings")


@requires(Permission.ASSESS_STAKEHOLDERS)
@require_POST
def map_round_move(request: SpaceRequest, map_id: uuid.UUID) -> HttpResponse:
    """Close the open round, or open the next one."""
    found = visible_map(request, map_id)
    try:
        if request.POST.get("to") == "open":
            open_round(found=found, by=request.user)
            messages.success(request, _("A new round is open. Ask the raters."))
        else:
            close_round(found=found, by=request.user)
            messages.success(request, _("The round is closed. In half a year open the next: people move."))
    except MapRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect(space_url("map_detail", map_id=found.pk))


def _named(one: Stakeholder) -> str:
    what = one.get_kind_display() if one.kind == Stakeholder.Kind.PERSON else one.get_sector_display()
    parts = [one.name, str(what), one.place]
    return " · ".join(filter(None, parts))
