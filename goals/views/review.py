"""The page on which a goal is reviewed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from goals.forms.review import ReviewForm
from goals.operations.goal import GoalRefusedError
from goals.operations.review import review_goal
from goals.queries.goal import goal_sheet
from goals.queries.review import due_review_of, review_lines
from goals.queries.version import decisions_to_rest_on
from goals.views.doors import editable_goal
from metrics.forms.figure import add_refusal


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def review_new(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Write down a review: how far, why, and what follows."""
    goal, today = editable_goal(request, slug, number), timezone.localdate()
    decisions = decisions_to_rest_on(request.viewer, goal.partnership)
    data = request.POST if request.method == "POST" else None
    form = ReviewForm(data, decisions=decisions, initial={"reviewed_on": today})
    back = space_url("goal_detail", slug=slug, number=number)
    if request.method == "POST" and form.is_valid():
        try:
            review_goal(goal=goal, by=request.user, today=today, **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        except GoalRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The review was written down."))
            return redirect(back)
    sheet = goal_sheet(goal, today=today)
    context = {"form": form, "goal": goal, "sheet": sheet, "partnership": goal.partnership, "cancel_url": back}
    context["due"] = due_review_of(sheet, review_lines(goal), today=today)
    return render(request, "goals/review_form.html", context, status=422 if form.errors else 200)
