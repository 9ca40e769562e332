"""Reviews of a goal in the API."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.views import SpaceAPIView
from goals.api.goal import api_goal, editable_api_goal, refused
from goals.models import Goal, GoalReview
from goals.operations.goal import GoalRefusedError
from goals.operations.review import review_goal
from goals.queries.review import reviews_of
from goals.queries.version import decisions_to_rest_on
from metrics.api.caller import caller
from partnerships.models import Decision

LONGEST = 1000


class GoalReviewOut(serializers.ModelSerializer[GoalReview]):
    """A review; ``standing`` is how the goal stood then, ``readings_until`` the end of the last period it knew."""

    class Meta:
        model = GoalReview
        fields = [
            "id", "number", "reviewed_on", "progress", "cause", "feedback", "choice", "decision_id", "next_review_on",
            "standing", "readings_until",
        ]  # fmt: skip
        read_only_fields = fields


class GoalReviewIn(serializers.Serializer[Any]):
    """A review and what follows; the next one is six months later unless another day is given."""

    reviewed_on = serializers.DateField()
    progress = CleanTextField(max_length=LONGEST, multiline=True, required=False, allow_blank=True, default="")
    cause = CleanTextField(max_length=LONGEST, multiline=True, required=False, allow_blank=True, default="")
    feedback = CleanTextField(max_length=LONGEST, multiline=True, required=False, allow_blank=True, default="")
    choice = serializers.ChoiceField(choices=GoalReview.Choice.choices)
    decision_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    next_review_on = serializers.DateField(required=False, allow_null=True, default=None)


class GoalReviews(SpaceAPIView):
    """The reviews of a goal."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.EDIT_GOALS
    serializer_class = GoalReviewOut

    def get_queryset(self) -> QuerySet[GoalReview]:
        """Those of a visible goal, the newest first."""
        return reviews_of(api_goal(self))

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(GoalReviewOut(found, many=True).data)

    @extend_schema(request=GoalReviewIn, responses={201: GoalReviewOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Write one down; 409 for a goal that is not at work."""
        goal = editable_api_goal(self)
        wanted = GoalReviewIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        said = dict(wanted.validated_data)
        decision = decision_of(self, goal, said.pop("decision_id"))
        try:
            review = review_goal(goal=goal, by=caller(self), today=timezone.localdate(), decision=decision, **said)
        except GoalRefusedError as refusal:
            raise refused(refusal) from refusal
        return Response(GoalReviewOut(review).data, status=201)


def decision_of(view: SpaceAPIView, goal: Goal, key: uuid.UUID | None) -> Decision | None:
    """The decision of an id among those something can rest on; None for none. Raises for an unknown one."""
    if key is None:
        return None
    found = next((one for one in decisions_to_rest_on(view.viewer, goal.partnership) if one.pk == key), None)
    if found is None:
        raise serializers.ValidationError({"decision_id": [str(key)]})
    return found
