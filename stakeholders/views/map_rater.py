"""Who rates a map: asking, mailing links, asking no longer."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from stakeholders.forms.stakeholder_map import RaterForm
from stakeholders.models import MapRater, Stakeholder
from stakeholders.operations.rater_link import send_rating_link
from stakeholders.operations.stakeholder_map import MapRefusedError, add_rater, remove_rater
from stakeholders.queries.stakeholder_map import people_to_rate, raters_of
from stakeholders.views.sent import sent
from stakeholders.views.stakeholder_map import visible_map


@requires(Permission.ASSESS_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def map_raters(request: SpaceRequest, map_id: uuid.UUID) -> HttpResponse:
    """Who is asked, how far they are, and asking one more."""
    found = visible_map(request, map_id)
    search = request.GET.get("q", "")[:100]
    people = {str(one.pk): one for one in people_to_rate(request.viewer, search)} if search else {}
    form = RaterForm(sent(request), people=[(key, f"{one.name} ({one.email})") for key, one in people.items()])
    if request.method == "POST" and form.is_valid():
        person: Stakeholder | None = people.get(str(form.cleaned_data["person"] or ""))
        try:
            rater = add_rater(found=found, by=request.user, user=form.cleaned_data["user"], person=person)
            if person is not None:
                send_rating_link(rater=rater, by=request.user)
        except MapRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Asked. Two raters at least make a round."))
            return redirect(space_url("map_raters", map_id=found.pk))
    context = {"map": found, "form": form, "search": search, "people": people, "raters": raters_of(found)}
    return render(request, "stakeholders/map_raters.html", context, status=422 if form.errors else 200)


@requires(Permission.ASSESS_STAKEHOLDERS)
@require_POST
def map_rater_link(request: SpaceRequest, map_id: uuid.UUID, map_rater_id: uuid.UUID) -> HttpResponse:
    """Mail a rater a new link; the old one ends."""
    found = visible_map(request, map_id)
    rater = get_object_or_404(MapRater.objects.select_related("map", "person"), map=found, pk=map_rater_id)
    try:
        send_rating_link(rater=rater, by=request.user)
    except MapRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The link is on its way."))
    return redirect(space_url("map_raters", map_id=found.pk))


@requires(Permission.ASSESS_STAKEHOLDERS)
@require_POST
def map_rater_remove(request: SpaceRequest, map_id: uuid.UUID, map_rater_id: uuid.UUID) -> HttpResponse:
    """Ask somebody no longer."""
    found = visible_map(request, map_id)
    try:
        remove_rater(rater=get_object_or_404(MapRater, map=found, pk=map_rater_id), by=request.user)
    except MapRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Asked no longer."))
    return redirect(space_url("map_raters", map_id=found.pk))
