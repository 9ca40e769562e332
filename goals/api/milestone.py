"""Milestones in the API."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.parsing import BoundedJSONParser
from core.api.views import SpaceAPIView
from core.web.downloads import file_answer
from goals.api.goal import api_goal, editable_api_goal, refused
from goals.models import Goal, Milestone
from goals.operations.goal import GoalRefusedError
from goals.operations.milestone import add_milestone, change_milestone, drop_milestone, reach_milestone
from goals.queries.milestone import standing_of
from metrics.api.caller import caller
from partnerships.queries.representative import active_representatives


class MilestoneOut(serializers.ModelSerializer[Milestone]):
    """A milestone; ``first_due_on`` is the date first agreed, ``state`` is worked out from the dates."""

    state = serializers.SerializerMethodField()
    has_file = serializers.SerializerMethodField()

    class Meta:
        model = Milestone
        fields = [
            "id", "kind", "title_en", "title_it", "due_on", "first_due_on", "expected_value", "state",
            "owner_member_id", "owner_person_id", "evidence_wanted", "reached_on", "evidence", "has_file",
            "dropped_on", "dropped_reason",
        ]  # fmt: skip
        read_only_fields = fields

    def get_state(self, milestone: Milestone) -> str:
        """One of planned, due_soon, reached, late, reached_late, dropped."""
        return standing_of(milestone, today=timezone.localdate()).value

    def get_has_file(self, milestone: Milestone) -> bool:
        """Whether a file shows that it is reached."""
        return milestone.evidence_file_id is not None


class MilestoneChangeIn(serializers.Serializer[Any]):
    """What of a milestone shall change; ``owner_person_id`` speaks for ``owner_member_id``, or for any member."""

    title_en = CleanTextField(max_length=160, required=False, allow_blank=True)
    title_it = CleanTextField(max_length=160, required=False, allow_blank=True)
    due_on = serializers.DateField(required=False)
    kind = serializers.ChoiceField(choices=Milestone.Kind.choices, required=False)
    owner_member_id = serializers.UUIDField(required=False, allow_null=True)
    owner_person_id = serializers.UUIDField(required=False, allow_null=True)
    expected_value = serializers.DecimalField(max_digits=18, decimal_places=4, required=False, allow_null=True)
    evidence_wanted = CleanTextField(max_length=300, required=False, allow_blank=True)


class MilestoneIn(MilestoneChangeIn):
    """A new milestone."""

    due_on = serializers.DateField()


class ReachedIn(serializers.Serializer[Any]):
    """When it was reached, and what shows it: words, a file, or both."""

    reached_on = serializers.DateField()
    evidence = CleanTextField(max_length=300, required=False, allow_blank=True, default="")


class MilestoneReachedFileIn(ReachedIn):
    """The same as a form, with a file."""

    upload = serializers.FileField(required=False, allow_empty_file=True, default=None)


class MilestoneDropIn(serializers.Serializer[Any]):
    """Why it is given up."""

    reason = CleanTextField(max_length=300)


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
            milestone = add_milestone(goal=goal, by=caller(self), **_fields(goal, wanted.validated_data))
        except GoalRefusedError as refusal:
            raise refused(refusal) from refusal
        return Response(MilestoneOut(milestone).data, status=201)


class MilestoneDetail(SpaceAPIView):
    """One milestone."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.EDIT_GOALS
    serializer_class = MilestoneOut

    def get(self, request: Request, milestone_id: uuid.UUID, **kwargs: Any) -> Response:
        """The milestone."""
        return Response(MilestoneOut(get_object_or_404(Milestone, goal=api_goal(self), pk=milestone_id)).data)

    @extend_schema(request=MilestoneChangeIn, responses=MilestoneOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Change it; the first date stays. 409 for a closed goal and a dropped milestone."""
        milestone = editable_api_milestone(self)
        wanted = MilestoneChangeIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        fields = _fields(milestone.goal, wanted.validated_data)
        try:
            changed = change_milestone(milestone=milestone, by=caller(self), **fields)
        except GoalRefusedError as refusal:
            raise refused(refusal) from refusal
        return Response(MilestoneOut(changed).data)


class MilestoneReach(SpaceAPIView):
    """Saying that a milestone is reached."""

    writing = Permission.EDIT_GOALS
    serializer_class = ReachedIn
    parser_classes = [BoundedJSONParser, MultiPartParser]

    @extend_schema(
        request={"application/json": ReachedIn, "multipart/form-data": MilestoneReachedFileIn}, responses=MilestoneOut
    )
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Reach it; 409 for a closed goal and a dropped milestone."""
        milestone = editable_api_milestone(self)
        wanted = MilestoneReachedFileIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            reached = reach_milestone(
                milestone=milestone, by=caller(self), today=timezone.localdate(), **wanted.validated_data
            )
        except GoalRefusedError as refusal:
            raise refused(refusal) from refusal
        return Response(MilestoneOut(reached).data)


class MilestoneDrop(SpaceAPIView):
    """Giving a milestone up."""

    writing = Permission.EDIT_GOALS
    serializer_class = MilestoneDropIn

    @extend_schema(request=MilestoneDropIn, responses=MilestoneOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Drop it with its reason; 409 for one that is reached or dropped."""
        milestone = editable_api_milestone(self)
        wanted = MilestoneDropIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            dropped = drop_milestone(
                milestone=milestone, by=caller(self), today=timezone.localdate(), **wanted.validated_data
            )
        except GoalRefusedError as refusal:
            raise refused(refusal) from refusal
        return Response(MilestoneOut(dropped).data)


class MilestoneFile(SpaceAPIView):
    """The bytes of the file that shows a milestone is reached."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = MilestoneOut

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, milestone_id: uuid.UUID, **kwargs: Any) -> HttpResponse:
        """A download, for whoever may see the goal."""
        rows = Milestone.objects.filter(goal=api_goal(self)).exclude(evidence_file=None)
        return file_answer(get_object_or_404(rows, pk=milestone_id).evidence_file)


def editable_api_milestone(view: SpaceAPIView) -> Milestone:
    """The milestone of an address whose goal the caller may edit."""
    goal = editable_api_goal(view)
    return get_object_or_404(Milestone.objects.select_related("goal"), goal=goal, pk=view.kwargs["milestone_id"])


def _fields(goal: Goal, wanted: dict[str, Any]) -> dict[str, Any]:
    """The fields to write, with the owner as member and person; raises for somebody who is neither."""
    fields = dict(wanted)
    if "owner_member_id" not in fields and "owner_person_id" not in fields:
        return fields
    member_id, person_id = fields.pop("owner_member_id", None), fields.pop("owner_person_id", None)
    fields |= {"owner_member": None, "owner_person": None}
    if member_id is None and person_id is None:
        return fields
    people = active_representatives().filter(member__partnership=goal.partnership_id)
    asked = {"owner_member_id": member_id, "owner_person_id": person_id}
    given = {name: key for name, key in asked.items() if key is not None}
    found = people.filter(**{name.removeprefix("owner_"): key for name, key in given.items()}).first()
    if found is None:
        raise serializers.ValidationError({name: [str(key)] for name, key in given.items()})
    return {**fields, "owner_member": found.member, "owner_person": found.person if person_id else None}
