"""Milestones in the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.views import SpaceAPIView
from goals.api.goal import api_goal, editable_api_goal, refused
from goals.models import Milestone
from goals.operations.goal import GoalRefusedError
from goals.operations.milestone import add_milestone, reach_milestone
from metrics.api.caller import caller


class MilestoneOut(serializers.ModelSerializer[Milestone]):
    """A milestone; ``first_due_on`` is the date first agreed."""

    class Meta:
        model = Milestone
        fields = ["id", "title_en", "title_it", "due_on", "first_due_on", "reached_on", "evidence"]
        read_only_fields = fields


class MilestoneIn(serializers.Serializer[Any]):
    """A new milestone."""

    title_en = serializers.CharField(max_length=160, required=False, default="", allow_blank=True)
    title_it = serializers.CharField(max_length=160, required=False, default="", allow_blank=True)
    due_on = serializers.DateField()


class ReachedIn(serializers.Serializer[Any]):
    """When it was reached, and what shows it."""

    reached_on = serializers.DateField()
    evidence = serializers.CharField(max_length=300)


class MilestoneList(SpaceAPIView):
    """The milestones of a goal."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.EDIT_GOALS
    serializer_class = MilestoneOut

    def get_queryset(self) -> QuerySet[Milestone]:
        """Those of a visible goal, by date."""
        return Milestone.objects.filter(goal=api_goal(self)).order_by("due_on", "id")

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(MilestoneOut(found, many=True).data)

    @extend_schema(request=MilestoneIn, responses={201: MilestoneOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Add one; 409 for a closed goal."""
        goal = editable_api_goal(self)
        wanted = MilestoneIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            milestone = add_milestone(goal=goal, by=caller(self), **wanted.validated_data)
        except GoalRefusedError as refusal:
            raise refused(refusal) from refusal
        return Response(MilestoneOut(milestone).data, status=201)


class MilestoneReach(SpaceAPIView):
    """Saying that a milestone is reached."""

    writing = Permission.EDIT_GOALS
    serializer_class = ReachedIn

    @extend_schema(request=ReachedIn, responses=MilestoneOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Reach it; 409 for a closed goal."""
        milestone = get_object_or_404(Milestone, goal=editable_api_goal(self), pk=self.kwargs["milestone_id"])
        wanted = ReachedIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            reached = reach_milestone(
                milestone=milestone, by=caller(self), today=timezone.localdate(), **wanted.validated_data
            )
        except GoalRefusedError as refusal:
            raise refused(refusal) from refusal
        return Response(MilestoneOut(reached).data)
