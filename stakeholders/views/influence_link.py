"""Relations of a stakeholder, and the network around it and on a map."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from stakeholders.forms.stakeholder_map import RelationForm
from stakeholders.models import InfluenceLink, Stakeholder
from stakeholders.operations.influence_link import add_relation, end_relation, remove_relation
from stakeholders.queries.influence_link import (
    as_relation_row,
    network_around,
    network_of_map,
    relations_of,
    relations_visible_to,
)
from stakeholders.queries.stakeholder import ids_found, stakeholders_kept_by
from stakeholders.rules.stakeholder import words_of
from stakeholders.views.drawing import drawn
from stakeholders.views.sent import sent
from stakeholders.views.stakeholder_map import visible_map
from stakeholders.views.tabs import stakeholder_tabs

MOST_CHOICES = 20


@requires(Permission.SEE_STAKEHOLDERS)
@require_safe
def stakeholder_relations(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """Whom a stakeholder funds, advises, represents ..., and who does it to it."""
    stakeholder = get_object_or_404(stakeholders_kept_by(request.viewer), pk=stakeholder_id)
    network = network_around(request.viewer, stakeholder)
    context = {
        "stakeholder": stakeholder,
        "tabs": stakeholder_tabs(request, stakeholder, "stakeholder_relations"),
        "relations": [as_relation_row(one) for one in relations_of(request.viewer, stakeholder)[:200]],
        "network": network,
        "drawn": drawn(request, network.chart if network.relations else None),
        "can_edit": request.viewer.can(Permission.EDIT_STAKEHOLDERS),
    }
    return render(request, "stakeholders/stakeholder_relations.html", context)


@requires(Permission.ASSESS_STAKEHOLDERS)
@require_safe
def map_network(request: SpaceRequest, map_id: uuid.UUID) -> HttpResponse:
    """Who on a map is tied to whom, who stands alone, and who alone holds parts together."""
    found = visible_map(request, map_id)
    network = network_of_map(request.viewer, found)
    context = {
        "map": found,
        "network": network,
        "drawn": drawn(request, network.chart if network.chart.nodes else None),
    }
    return render(request, "stakeholders/map_network.html", context)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def relation_new(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """Write a relation down: find the other one, then say what it is."""
    stakeholder = get_object_or_404(stakeholders_kept_by(request.viewer), pk=stakeholder_id)
    search = request.GET.get("q", "")[:100]
    others = _others(request, stakeholder, search)
    form = RelationForm(sent(request), name=stakeholder.name, others=[(key, one.name) for key, one in others.items()])
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        other, outwards = others[str(facts.pop("other"))], facts.pop("direction") == RelationForm.OUT
        source, target = (stakeholder, other) if outwards else (other, stakeholder)
        try:
            add_relation(source=source, target=target, by=request.user, **facts)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Written down."))
            return redirect(space_url("stakeholder_relations", stakeholder_id=stakeholder.pk))
    context = {"form": form, "stakeholder": stakeholder, "search": search, "others": others}
    return render(request, "stakeholders/relation_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_POST
def relation_end(request: SpaceRequest, stakeholder_id: uuid.UUID, influence_link_id: uuid.UUID) -> HttpResponse:
    """End a relation today, or take out one written down by mistake."""
    stakeholder = get_object_or_404(stakeholders_kept_by(request.viewer), pk=stakeholder_id)
    relation = _relation(request, stakeholder, influence_link_id)
    if "remove" in request.POST:
        remove_relation(relation=relation, by=request.user)
        messages.success(request, _("It was taken out."))
    else:
        try:
            end_relation(relation=relation, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("It has ended today and stays in what was."))
    return redirect(space_url("stakeholder_relations", stakeholder_id=stakeholder.pk))


def _relation(request: SpaceRequest, stakeholder: Stakeholder, pk: uuid.UUID) -> InfluenceLink:
    own = relations_of(request.viewer, stakeholder).values("pk")
    return get_object_or_404(relations_visible_to(request.viewer).filter(pk__in=own), pk=pk)


def _others(request: SpaceRequest, stakeholder: Stakeholder, search: str) -> dict[str, Stakeholder]:
    if not search:
        return {}
    rows = stakeholders_kept_by(request.viewer).filter(pk__in=ids_found(words_of(search)))
    return {str(one.pk): one for one in rows.exclude(pk=stakeholder.pk)[:MOST_CHOICES]}
