"""Suggesting a goal from a theme."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from engagement.forms.theme_goal import ThemeSuggestionForm
from engagement.operations.theme_goal import suggest_goal_from
from engagement.queries.theme import theme_of
from engagement.queries.theme_goal import evidence_of, first_words_of, goals_to_change
from goals.operations.suggestion import SuggestionRefusedError
from metrics.forms.figure import add_refusal
from partnerships.queries.representative import acting_member
from partnerships.views.doors import partnership_allowing


@requires(Permission.TAKE_PART)
@require_http_methods(["GET", "POST"])
def theme_suggest(request: SpaceRequest, slug: str, theme_id: uuid.UUID) -> HttpResponse:
    """Say which goal a theme asks for, or what of one should change."""
    partnership = partnership_allowing(request, slug, Permission.TAKE_PART)
    theme = get_object_or_404(theme_of(request.viewer, partnership, theme_id))
    goals = goals_to_change(request.viewer, partnership)
    form = ThemeSuggestionForm(request.POST or None, goals=goals, initial=first_words_of(theme))
    back = evidence_of(theme)
    if request.method == "POST" and form.is_valid():
        member = acting_member(request.user, partnership)
        try:
            suggest_goal_from(theme=theme, by=request.user, member=member, **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        except SuggestionRefusedError as refusal:
            form.add_error("goal", str(refusal))
        else:
            messages.success(request, _("Thank you. You will read here what becomes of it."))
            return redirect(back)
    context = {"form": form, "partnership": partnership, "goal": None, "cancel_url": back}
    return render(request, "goals/suggestion_form.html", context, status=422 if form.errors else 200)
