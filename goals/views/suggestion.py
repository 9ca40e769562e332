"""Suggesting a change of a goal or a new one, and answering."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from goals.forms.suggestion import AnswerForm, SuggestionForm
from goals.hearers import hearers_of
from goals.models import Goal, GoalSuggestion
from goals.operations.suggestion import SuggestionRefusedError, answer_suggestion, suggest
from goals.queries.suggestion import place_of, suggestions_visible_to
from goals.views.doors import visible_goal
from metrics.forms.figure import add_refusal
from partnerships.models import Partnership
from partnerships.queries.representative import acting_member
from partnerships.views.doors import partnership_allowing


@requires(Permission.TAKE_PART)
@require_http_methods(["GET", "POST"])
def suggestion_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Say which goal a partnership lacks."""
    partnership = partnership_allowing(request, slug, Permission.TAKE_PART)
    return _suggestion(request, partnership, None, space_url("goal_list", slug=slug))


@requires(Permission.TAKE_PART)
@require_http_methods(["GET", "POST"])
def suggestion_for_goal(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Say what should change in a goal."""
    partnership = partnership_allowing(request, slug, Permission.TAKE_PART)
    goal = visible_goal(request, slug, number)
    return _suggestion(request, partnership, goal, space_url("goal_detail", slug=slug, number=number))


def _suggestion(request: SpaceRequest, partnership: Partnership, goal: Goal | None, back: str) -> HttpResponse:
    form = SuggestionForm(request.POST or None, is_new_goal=goal is None)
    if request.method == "POST" and form.is_valid():
        member = acting_member(request.user, partnership)
        try:
            suggest(partnership=partnership, by=request.user, goal=goal, member=member, **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        except SuggestionRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. You will read here what becomes of it."))
            return redirect(back)
    context = {"form": form, "partnership": partnership, "goal": goal, "cancel_url": back}
    return render(request, "goals/suggestion_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def suggestion_answer(request: SpaceRequest, slug: str, suggestion_id: uuid.UUID) -> HttpResponse:
    """Say what becomes of a suggestion."""
    partnership = partnership_allowing(request, slug, Permission.EDIT_GOALS)
    rows = suggestions_visible_to(request.viewer).filter(partnership=partnership)
    suggestion: GoalSuggestion = get_object_or_404(rows, pk=suggestion_id)
    form = AnswerForm(request.POST or None, hearers=hearers_of(suggestion))
    if request.method == "POST" and form.is_valid():
        try:
            answered = answer_suggestion(
                suggestion=suggestion,
                to=form.cleaned_data["state"],
                answer=form.cleaned_data["answer"],
                by=request.user,
                at=timezone.now(),
                language=request.LANGUAGE_CODE[:2],
            )
        except ValidationError as refusal:
            add_refusal(form, refusal)
        except SuggestionRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            is_taken = answered.state != GoalSuggestion.State.DECLINED and suggestion.goal is not None
            said = _("The answer was saved. Now edit the goal: it does not change by itself.")
            messages.success(request, said if is_taken else _("The answer was saved."))
            return redirect(place_of(answered))
    context = {"form": form, "partnership": partnership, "suggestion": suggestion, "cancel_url": place_of(suggestion)}
    return render(request, "goals/suggestion_answer.html", context, status=422 if form.errors else 200)
