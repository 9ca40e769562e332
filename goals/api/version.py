"""Changing, adopting and closing a goal, and its versions, in the API."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField, MeantIn
from core.api.views import SpaceAPIView
from goals.api.goal import GoalIn, GoalOut, answered, api_goal, chosen_fields, editable_api_goal, refused
from goals.api.review import decision_of
from goals.models import Goal, GoalVersion
from goals.operations.goal import GoalRefusedError, adopt_goal, change_goal, close_goal, move_goal
from goals.rules.goal import FINAL_STATES
from goals.rules.version import version_text
from metrics.api.caller import caller
from metrics.models import Measurement
from partnerships.rules.redline import redline

MOVES = (Goal.State.DRAFT, Goal.State.PROPOSED, Goal.State.IN_ENDORSEMENT, Goal.State.ACTIVE, Goal.State.UNDER_REVIEW)


class GoalVersionOut(serializers.ModelSerializer[GoalVersion]):
    """A version as it was adopted or changed, with its reason and the decision it rests on."""

    sentence_en = serializers.SerializerMethodField()
    sentence_it = serializers.SerializerMethodField()

    class Meta:
        model = GoalVersion
        fields = [
            "number", "sentence_en", "sentence_it", "reason", "decision_id", "final_measurement_id", "adopted_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_sentence_en(self, version: GoalVersion) -> str:
        """The goal in one sentence as it was, in English."""
        return str(version.fields.get("sentence_en", ""))

    def get_sentence_it(self, version: GoalVersion) -> str:
        """The same in Italian."""
        return str(version.fields.get("sentence_it", ""))


class GoalSegmentOut(serializers.Serializer[Any]):
    """A piece of text: "same", "deleted" or "inserted"."""

    kind = serializers.CharField()
    text = serializers.CharField()


class GoalVersionChangeOut(serializers.Serializer[Any]):
    """What changed from one version to the next, word by word, in the caller's language."""

    old = serializers.IntegerField()
    new = serializers.IntegerField()
    segments = serializers.SerializerMethodField()

    @extend_schema_field(GoalSegmentOut(many=True))
    def get_segments(self, change: dict[str, Any]) -> Any:
        """In reading order."""
        return GoalSegmentOut(change["segments"], many=True).data


class GoalChangeIn(MeantIn, GoalIn):
    """What of a goal shall change; once it is adopted, another commitment needs a reason and rests on a decision."""

    reason = CleanTextField(max_length=300, required=False, allow_blank=True, default="")
    decision_id = serializers.UUIDField(required=False, allow_null=True, default=None)


class GoalAdoptIn(serializers.Serializer[Any]):
    """The decision an adoption rests on; a partnership may have none."""

    decision_id = serializers.UUIDField(required=False, allow_null=True, default=None)


class GoalMoveIn(serializers.Serializer[Any]):
    """The state to go to; adoption and closing have addresses of their own."""

    to = serializers.ChoiceField(choices=[(state.value, state.label) for state in MOVES])


class GoalCloseIn(serializers.Serializer[Any]):
    """How a goal ended, the value it ended with if there is one, and how that is known."""

    to = serializers.ChoiceField(choices=[(state.value, state.label) for state in FINAL_STATES])
    measurement_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    statement = CleanTextField(max_length=300)


class GoalDetail(SpaceAPIView):
    """One goal."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.EDIT_GOALS
    serializer_class = GoalOut

    def get(self, request: Request, **kwargs: Any) -> Response:
        """The goal."""
        return answered(self)

    @extend_schema(request=GoalChangeIn, responses=GoalOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Change it; 409 when its state, its checks or a review that is due do not allow it."""
        goal = editable_api_goal(self)
        wanted = GoalChangeIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        said = dict(wanted.validated_data)
        decision = decision_of(self, goal, said.pop("decision_id"))
        reason = said.pop("reason")
        fields = chosen_fields(self, goal.partnership, said, goal)
        try:
            change_goal(
                goal=goal, by=caller(self), today=timezone.localdate(), reason=reason, decision=decision, **fields
            )
        except GoalRefusedError as refusal:
            raise refused(refusal) from refusal
        return answered(self)


class GoalAdopt(SpaceAPIView):
    """Adopting a goal that was proposed."""

    writing = Permission.EDIT_GOALS
    serializer_class = GoalOut

    @extend_schema(request=GoalAdoptIn, responses=GoalOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Adopt; 409 while a check fails or what the partners agreed is not there."""
        goal = editable_api_goal(self)
        wanted = GoalAdoptIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        decision = decision_of(self, goal, wanted.validated_data["decision_id"])
        try:
            adopt_goal(goal=goal, by=caller(self), today=timezone.localdate(), decision=decision)
        except GoalRefusedError as refusal:
            raise refused(refusal) from refusal
        return answered(self)


class GoalMove(SpaceAPIView):
    """Taking a goal to another state of its life."""

    writing = Permission.EDIT_GOALS
    serializer_class = GoalMoveIn

    @extend_schema(request=GoalMoveIn, responses=GoalOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Move it; 409 for a state that does not follow."""
        goal = editable_api_goal(self)
        wanted = GoalMoveIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            move_goal(goal=goal, to=wanted.validated_data["to"], by=caller(self), today=timezone.localdate())
        except GoalRefusedError as refusal:
            raise refused(refusal) from refusal
        return answered(self)


class GoalClose(SpaceAPIView):
    """Ending a goal."""

    writing = Permission.EDIT_GOALS
    serializer_class = GoalCloseIn

    @extend_schema(request=GoalCloseIn, responses=GoalOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Close it; 409 for a state that does not follow."""
        goal = editable_api_goal(self)
        wanted = GoalCloseIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        said = dict(wanted.validated_data)
        measurement = _measurement_of(goal, said.pop("measurement_id"))
        try:
            close_goal(goal=goal, by=caller(self), today=timezone.localdate(), measurement=measurement, **said)
        except GoalRefusedError as refusal:
            raise refused(refusal) from refusal
        return answered(self)


class GoalVersions(SpaceAPIView):
    """The versions of a goal."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = GoalVersionOut

    def get_queryset(self) -> QuerySet[GoalVersion]:
        """Those of a visible goal, the newest first."""
        return GoalVersion.objects.filter(goal=api_goal(self)).order_by("-number", "id")

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(GoalVersionOut(found, many=True).data)


class GoalVersionChange(SpaceAPIView):
    """What changed between two versions of a goal."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = GoalVersionChangeOut

    @extend_schema(responses=GoalVersionChangeOut)
    def get(self, request: Request, old: int, new: int, **kwargs: Any) -> Response:
        """Word by word."""
        goal, language = api_goal(self), str(getattr(request, "LANGUAGE_CODE", "en"))[:2]
        versions = GoalVersion.objects.filter(goal=goal)
        texts = [version_text(get_object_or_404(versions, number=number).fields, language) for number in (old, new)]
        return Response(GoalVersionChangeOut({"old": old, "new": new, "segments": redline(*texts)}).data)


def _measurement_of(goal: Goal, key: uuid.UUID | None) -> Measurement | None:
    if key is None:
        return None
    found = Measurement.objects.filter(indicator=goal.indicator_id, pk=key).first()
    if found is None:
        raise serializers.ValidationError({"measurement_id": [str(key)]})
    return found
