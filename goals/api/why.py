"""Why a goal is there, in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.views import SpaceAPIView
from goals.api.goal import api_goal, editable_api_goal, refused
from goals.models import Goal
from goals.operations.goal import GoalRefusedError
from goals.operations.why import set_goal_reasons
from goals.queries.why import goal_reasons, reason_choices


class GoalWhyOut(serializers.Serializer[Any]):
    """The numbers of the needs a goal answers, and the id of the change it leads to."""

    needs = serializers.ListField(child=serializers.IntegerField())
    outcome = serializers.UUIDField(allow_null=True)


class GoalWhyIn(serializers.Serializer[Any]):
    """All needs by number, those left out are untied; ``outcome`` is a step on the level of a change."""

    needs = serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=32767), max_length=1000)
    outcome = serializers.UUIDField(required=False, allow_null=True, default=None)


class GoalWhy(SpaceAPIView):
    """Why a goal is there."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.EDIT_GOALS
    serializer_class = GoalWhyOut

    @extend_schema(responses=GoalWhyOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """Its needs and its change, as far as the caller sees them."""
        return self._told(api_goal(self))

    @extend_schema(request=GoalWhyIn, responses=GoalWhyOut)
    def put(self, request: Request, **kwargs: Any) -> Response:
        """Choose them; 409 for a closed goal."""
        goal = editable_api_goal(self)
        wanted = GoalWhyIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        choices = reason_choices(self.viewer, goal)
        known = {need.number: need for need, _is_chosen in choices.needs}
        asked = wanted.validated_data["needs"]
        if missing := [str(number) for number in asked if number not in known]:
            raise serializers.ValidationError({"needs": missing})
        key = wanted.validated_data["outcome"]
        outcome = next((node for node in choices.outcomes if node.pk == key), None)
        if key is not None and outcome is None:
            raise serializers.ValidationError({"outcome": [str(key)]})
        needs, among = [known[number] for number in asked], [need.pk for need in known.values()]
        try:
            set_goal_reasons(goal=goal, needs=needs, outcome=outcome, by=self.person, among=among)
        except GoalRefusedError as refusal:
            raise refused(refusal) from refusal
        return self._told(api_goal(self))

    def _told(self, goal: Goal) -> Response:
        reasons = goal_reasons(self.viewer, goal)
        outcome = reasons.outcome.pk if reasons.outcome else None
        return Response(GoalWhyOut({"needs": [need.number for need, _url in reasons.needs], "outcome": outcome}).data)
