"""Suggestions for goals, warnings a partnership lives with, and weights of parts, in the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone, translation
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from goals.api.goal import GoalOut, answered, editable_api_goal, refused
from goals.models import AcceptedWarning, Goal, GoalSuggestion
from goals.operations.goal import GoalRefusedError
from goals.operations.nesting import weigh_parts
from goals.operations.suggestion import SuggestionRefusedError, answer_suggestion, suggest
from goals.operations.warning import accept_warning
from goals.queries.goal import goals_visible_to
from goals.queries.suggestion import suggestions_visible_to
from metrics.api.caller import caller
from partnerships.models import Partnership
from partnerships.queries.partnership import partnership_at
from partnerships.queries.representative import acting_member

MOST = 32767


class GoalSuggestionOut(serializers.ModelSerializer[GoalSuggestion]):
    """A suggestion and its answer; ``goal`` is the goal's number, null for a goal that does not exist yet."""

    goal = serializers.IntegerField(source="goal.number", default=None, allow_null=True)
    member = serializers.UUIDField(source="member_id", allow_null=True)

    class Meta:
        model = GoalSuggestion
        fields = ["id", "goal", "about", "text", "why", "member", "heard_from", "evidence_url", "made_at", "state",
                  "answer", "answered_at"]  # fmt: skip
        read_only_fields = fields


class GoalSuggestionIn(serializers.Serializer[Any]):
    """What should change; without ``goal``, the goal that is missing."""

    goal = serializers.IntegerField(min_value=1, max_value=MOST, required=False, allow_null=True)
    about = serializers.ChoiceField(choices=GoalSuggestion.About.choices, required=False)
    text = CleanTextField(max_length=500, multiline=True)
    why = CleanTextField(max_length=500, multiline=True, required=False, allow_blank=True)
    heard_from = CleanTextField(max_length=200, required=False, allow_blank=True)


class SuggestionAnswerIn(serializers.Serializer[Any]):
    """What becomes of it."""

    to = serializers.ChoiceField(
        choices=[choice for choice in GoalSuggestion.State.choices if choice[0] != GoalSuggestion.State.OPEN]
    )
    answer = CleanTextField(max_length=500, multiline=True)


class WarningOut(serializers.ModelSerializer[AcceptedWarning]):
    """A warning the partnership lives with."""

    class Meta:
        model = AcceptedWarning
        fields = ["code", "reason", "accepted_at"]
        read_only_fields = fields


class WarningIn(serializers.Serializer[Any]):
    """Which check warns, and why the partnership lives with it."""

    code = serializers.CharField(max_length=2)
    reason = CleanTextField(max_length=300)


class WeightIn(serializers.Serializer[Any]):
    """How much one part counts, in per cent."""

    goal = serializers.IntegerField(min_value=1, max_value=MOST)
    weight = serializers.IntegerField(min_value=0, max_value=100)


class WeightsIn(serializers.Serializer[Any]):
    """The weights of all parts; together they make 100."""

    weights = WeightIn(many=True)


class SuggestionList(SpaceAPIView):
    """What people suggest for the goals of a partnership."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.TAKE_PART
    serializer_class = GoalSuggestionOut

    def get_queryset(self) -> QuerySet[GoalSuggestion]:
        """Visible ones, the newest first."""
        return suggestions_visible_to(self.viewer).filter(partnership=self._partnership())

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(GoalSuggestionOut(found, many=True).data)

    @extend_schema(request=GoalSuggestionIn, responses={201: GoalSuggestionOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Suggest a change or a new goal; 409 for a closed goal."""
        partnership = self._partnership()
        self.require(Permission.TAKE_PART, partnership.scope_id)
        wanted = GoalSuggestionIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        fields = dict(wanted.validated_data)
        number = fields.pop("goal", None)
        rows = goals_visible_to(self.viewer).filter(partnership=partnership)
        goal: Goal | None = get_object_or_404(rows, number=number) if number is not None else None
        by = caller(self)
        member = acting_member(by, partnership)
        try:
            made = suggest(partnership=partnership, by=by, goal=goal, member=member, **fields)
        except SuggestionRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(GoalSuggestionOut(made).data, status=201)

    def _partnership(self) -> Partnership:
        return or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))


class SuggestionAnswer(SpaceAPIView):
    """Answering a suggestion."""

    writing = Permission.EDIT_GOALS
    serializer_class = GoalSuggestionOut

    @extend_schema(request=SuggestionAnswerIn, responses=GoalSuggestionOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Say what becomes of it; a new goal that is taken up becomes a draft. 409 when it was answered."""
        rows = suggestions_visible_to(self.viewer).filter(partnership__slug=self.kwargs["slug"])
        suggestion = get_object_or_404(rows, pk=self.kwargs["suggestion_id"])
        self.require(Permission.EDIT_GOALS, suggestion.partnership.scope_id)
        wanted = SuggestionAnswerIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        language = (translation.get_language() or "en")[:2]
        try:
            answer = answer_suggestion(
                suggestion=suggestion, by=caller(self), at=timezone.now(), language=language, **wanted.validated_data
            )
        except SuggestionRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(GoalSuggestionOut(answer).data)


class GoalWarnings(SpaceAPIView):
    """Warnings of the checks that the partnership lives with."""

    writing = Permission.EDIT_GOALS
    serializer_class = WarningOut

    @extend_schema(request=WarningIn, responses=WarningOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Accept one with its reason; 409 for a check that does not warn, and for a closed goal."""
        goal = editable_api_goal(self)
        wanted = WarningIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            accepted = accept_warning(goal=goal, by=caller(self), today=timezone.localdate(), **wanted.validated_data)
        except GoalRefusedError as refusal:
            raise refused(refusal) from refusal
        return Response(WarningOut(accepted).data)


class GoalWeights(SpaceAPIView):
    """How much each part of a goal counts."""

    writing = Permission.EDIT_GOALS
    serializer_class = GoalOut

    @extend_schema(request=WeightsIn, responses=GoalOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Weigh all parts; 409 for a closed goal."""
        goal = editable_api_goal(self)
        wanted = WeightsIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        parts = {part.number: part.pk for part in goals_visible_to(self.viewer).filter(parent=goal)}
        rows = wanted.validated_data["weights"]
        if unknown := [row["goal"] for row in rows if row["goal"] not in parts]:
            raise serializers.ValidationError({"weights": [str(number) for number in unknown]})
        try:
            weigh_parts(goal=goal, weights={parts[row["goal"]]: row["weight"] for row in rows}, by=caller(self))
        except GoalRefusedError as refusal:
            raise refused(refusal) from refusal
        return answered(self)
