"""The second door of pages about goals: what is out of sight does not exist."""

import uuid

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from core.access.permissions import Permission
from core.web.access import SpaceRequest
from goals.models import Goal, Milestone
from goals.queries.goal import goals_in_full


def visible_goal(request: SpaceRequest, slug: str, number: int) -> Goal:
    """The goal of an address with all its page shows; 404 when the viewer may not see it."""
    return get_object_or_404(goals_in_full(request.viewer), partnership__slug=slug, number=number)


def editable_goal(request: SpaceRequest, slug: str, number: int) -> Goal:
    """The goal of an address that the viewer may edit; 404 unseen, 403 without the permission."""
    goal = visible_goal(request, slug, number)
    if not request.viewer.can(Permission.EDIT_GOALS, goal.partnership.scope_id):
        raise PermissionDenied
    return goal


def editable_milestone(request: SpaceRequest, slug: str, number: int, milestone_id: uuid.UUID) -> Milestone:
    """The milestone of an address whose goal the viewer may edit; 404 for one of another goal."""
    goal = editable_goal(request, slug, number)
    return get_object_or_404(Milestone, goal=goal, pk=milestone_id)
