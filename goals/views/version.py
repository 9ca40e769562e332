"""The page that compares two versions of a goal."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from goals.queries.goal import goal_sheet
from goals.queries.version import VersionLine, version_lines
from goals.rules.version import version_text
from goals.views.doors import visible_goal
from partnerships.rules.redline import has_changes, redline


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def version_compare(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Two versions of a goal word by word, the last two unless others are chosen; the first target in any case."""
    goal = visible_goal(request, slug, number)
    lines = version_lines(goal)
    context = {"goal": goal, "partnership": goal.partnership, "versions": lines}
    context["sheet"] = goal_sheet(goal, today=timezone.localdate())
    if lines:
        new = _chosen(lines, request.GET.get("new", ""), lines[0])
        old = _chosen(lines, request.GET.get("old", ""), lines[min(1, len(lines) - 1)])
        language = request.LANGUAGE_CODE[:2]
        segments = redline(version_text(old.fields, language), version_text(new.fields, language))
        context |= {"old": old, "new": new, "segments": segments, "has_changes": has_changes(segments)}
    return render(request, "goals/version_compare.html", context)


def _chosen(lines: Sequence[VersionLine], number: str, otherwise: VersionLine) -> VersionLine:
    return next((line for line in lines if str(line.number) == number), otherwise)
