"""Everything that happened with a stakeholder, in one line of time."""

import uuid
from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, members
from core.web.pages import page
from stakeholders.queries.stakeholder import is_kept_by, stakeholders_visible_to
from stakeholders.timeline import KINDS, TimelineItem, timeline_of
from stakeholders.views.tabs import stakeholder_tabs

MOST_SHOWN = 300


@dataclass(frozen=True)
class Shown:
    """An item as the page tells it; ``kind`` in words."""

    when: str
    kind: str
    title: str
    text: str
    url: str
    tone: str
    icon: str


@members
@require_safe
def stakeholder_timeline(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """What the viewer may see of a stakeholder's time with us, also of one kind only."""
    stakeholder = get_object_or_404(stakeholders_visible_to(request.viewer), pk=stakeholder_id)
    kind = request.GET.get("kind", "")
    if kind and kind not in KINDS:
        raise BadRequest
    items = timeline_of(request.viewer, stakeholder)
    there = {item.kind for item in items}
    chosen = [item for item in items if not kind or item.kind == kind]
    coordinates = is_kept_by(request.viewer, stakeholder)
    context = {
        "stakeholder": stakeholder,
        "tabs": stakeholder_tabs(request, stakeholder, "stakeholder_timeline"),
        "kind": kind,
        "chips": [(name, label) for name, label in KINDS.items() if name in there or name == kind],
        "items": [_shown(item) for item in chosen[:MOST_SHOWN]],
        "is_cut": len(chosen) > MOST_SHOWN,
        "coordinates": coordinates,
        "can_edit": coordinates and request.viewer.can(Permission.EDIT_STAKEHOLDERS),
    }
    return page(request, "stakeholders/stakeholder_timeline.html", context)


def _shown(item: TimelineItem) -> Shown:
    kind = str(KINDS.get(item.kind, item.kind))
    return Shown(date_format(item.on, "DATE_FORMAT"), kind, item.title, item.text, item.url, item.tone, item.icon)
