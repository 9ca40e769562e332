"""Suggesting a goal from a theme in the API."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from engagement.operations.theme_goal import suggest_goal_from
from engagement.queries.theme import themes_visible_to
from engagement.queries.theme_goal import first_words_of
from goals.api.suggestion import GoalSuggestionOut
from goals.models import GoalSuggestion
from goals.operations.suggestion import SuggestionRefusedError
from goals.queries.goal import goals_visible_to
from partnerships.queries.representative import acting_member


class ThemeGoalIn(serializers.Serializer[Any]):
    """Which goal a theme asks for; without ``heard_from`` it is said that residents do.

    With the number of a ``goal``, what of it should change, and ``about`` which part.
    """

    goal = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1, max_value=32_767)
    about = serializers.ChoiceField(choices=GoalSuggestion.About.choices, default=GoalSuggestion.About.WHOLE)
    text = CleanTextField(max_length=500, multiline=True)
    why = CleanTextField(max_length=500, multiline=True, required=False, allow_blank=True, default="")
    heard_from = CleanTextField(max_length=200, required=False, allow_blank=True, default="")


class ThemeGoal(SpaceAPIView):
    """A goal suggested from what residents say."""

    writing = Permission.TAKE_PART
    serializer_class = GoalSuggestionOut

    @extend_schema(request=ThemeGoalIn, responses={201: GoalSuggestionOut})
    def post(self, request: Request, theme_id: uuid.UUID, **kwargs: Any) -> Response:
        """Suggest it, with the theme as evidence; 409 for a closed goal."""
        theme = get_object_or_404(themes_visible_to(self.viewer).select_related("partnership"), pk=theme_id)
        self.require(Permission.TAKE_PART, theme.partnership.scope_id)
        wanted = ThemeGoalIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        fields = {**wanted.validated_data}
        fields["heard_from"] = fields["heard_from"] or first_words_of(theme)["heard_from"]
        member = acting_member(self.person, theme.partnership)
        if fields["goal"] is not None:
            rows = goals_visible_to(self.viewer).filter(partnership=theme.partnership)
            fields["goal"] = get_object_or_404(rows, number=fields["goal"])
        try:
            made = suggest_goal_from(theme=theme, by=self.person, member=member, **fields)
        except ValidationError as refusal:
            raise serializers.ValidationError(refusal.message_dict) from refusal
        except SuggestionRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(GoalSuggestionOut(made).data, status=201)
