"""The start page: each person's own."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, members
from funding.queries.given import given_by
from partnerships.queries.meeting import meetings_named_to_note
from partnerships.queries.representative import representations_of
from reports.queries.partner_page import has_page, person_of
from reports.queries.start import coordinator_start, first_partnership, first_steps, funder_start, partner_start
from reports.views.words import figure_cards, greeting, steps, timeline_items, waiting_parts, waiting_title

FEW_TASKS = 3


@members
@require_safe
def start(request: SpaceRequest) -> HttpResponse:
    """A coordinator's, a partner's or a funder's page, by the roles the person holds."""
    viewer = request.viewer
    if (
        viewer.can(Permission.PROPOSE_TASKS)
        or viewer.can(Permission.DEFINE_INDICATORS)
        or viewer.can(Permission.SEE_FUNDING)
    ):
        return _coordinator(request)
    if viewer.can(Permission.SEE_PARTNERSHIP):
        return _partner(request)
    return _funder(request)


def _coordinator(request: SpaceRequest) -> HttpResponse:
    today = timezone.localdate()
    found = coordinator_start(request.viewer, today=today)
    context = _greeted(request) | _own_page(request, found_elsewhere=request.viewer.can(Permission.PROPOSE_TASKS))
    # A space that has begun keeps its next step in sight until it has a goal at work or some tasks to look at.
    ready = first_steps(request.viewer) if not found.figures.goals and len(found.tasks) < FEW_TASKS else {}
    if not all(ready.values()):
        first = steps(ready, first_partnership(request.viewer))
        return render(request, "reports/start_empty.html", {**context, "steps": first})
    parts = waiting_parts(found.waiting)[:3]
    context |= {
        "parts": parts,
        "title": waiting_title(parts),
        "figures": figure_cards(found.figures, request.tenant.currency),
        "tasks": found.tasks,
        "timeline": timeline_items(found.milestones, today=today),
    }
    return render(request, "reports/start_coordinator.html", context)


def _partner(request: SpaceRequest) -> HttpResponse:
    today = timezone.localdate()
    found = partner_start(request.viewer, list(representations_of(request.user)), today=today)
    context = {
        **_greeted(request),
        **_own_page(request, found_elsewhere=bool(found.members)),
        "found": found,
        "to_answer": found.to_answer,
        "open_tasks": found.open_tasks,
        "organisations": sorted({member.organisation.name for member in found.members}),
    }
    return render(request, "reports/start_partner.html", context)


def _funder(request: SpaceRequest) -> HttpResponse:
    context = {
        **_greeted(request),
        **_own_page(request),
        "given": given_by(request.viewer),
        "reports": funder_start(request.viewer),
    }
    return render(request, "reports/start_funder.html", context)


def _own_page(request: SpaceRequest, *, found_elsewhere: bool = False) -> dict[str, Any]:
    """Whether somebody who speaks for no organisation has a page of what is asked of them all the same."""
    person = None if found_elsewhere else person_of(request.user)
    return {"has_own_page": person is not None and has_page(person)}


def _greeted(request: SpaceRequest) -> dict[str, Any]:
    """What every start page has: a greeting, the day, and the meetings the person is named to write the minutes of."""
    return {
        "greeting": greeting(request.user, timezone.localtime()),
        "today": timezone.localdate(),
        "to_note": meetings_named_to_note(request.viewer),
    }
