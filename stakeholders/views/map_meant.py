"""Saying by hand who on a map lives a need, and to whom something was promised publicly."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from stakeholders.forms.stakeholder_map import MeantForm
from stakeholders.operations.stakeholder_map import say_who_is_meant
from stakeholders.queries.map_meant import NEED, meant_on
from stakeholders.views.sent import sent
from stakeholders.views.stakeholder_map import visible_map


@requires(Permission.ASSESS_STAKEHOLDERS)
@require_safe
def map_meant(request: SpaceRequest, map_id: uuid.UUID) -> HttpResponse:
    """Every need and promise around a map, with who is meant."""
    found = visible_map(request, map_id)
    return render(request, "stakeholders/map_meant.html", {"map": found, "rows": meant_on(request.viewer, found)})


@requires(Permission.ASSESS_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def map_meant_edit(request: SpaceRequest, map_id: uuid.UUID, subject_id: uuid.UUID) -> HttpResponse:
    """Say who is meant by one of them."""
    found = visible_map(request, map_id)
    meant = next((one for one in meant_on(request.viewer, found) if one.id == subject_id), None)
    if meant is None:
        raise Http404
    form = MeantForm(sent(request), candidates=meant.candidates)
    if request.method == "POST" and form.is_valid():
        say_who_is_meant(found=found, meant=meant, entry_ids=set(form.cleaned_data["entries"]), by=request.user)
        messages.success(request, _("Noted."))
        return redirect(space_url("map_meant", map_id=map_id))
    context = {"map": found, "meant": meant, "is_need": meant.kind == NEED, "form": form}
    return render(request, "stakeholders/map_meant_edit.html", context, status=422 if form.errors else 200)
