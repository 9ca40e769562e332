"""Trend reviews in the API."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
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
from goals.models import TrendReview
from goals.operations.trend_review import (
    TrendReviewRefusedError,
    agree_on_task,
    check_trend_review,
    fill_trend_review,
    move_trend_review,
    start_trend_review,
)
from goals.queries.trend_review import subjects_in, trend_reviews_visible_to
from goals.rules.trend_review import WRITTEN, Action
from metrics.api.caller import caller
from partnerships.models import Partnership, PartnershipMember
from partnerships.operations.task import TaskRefusedError
from partnerships.queries.member import active_members
from partnerships.queries.partnership import partnership_at

MOST = 32767
LONG = 1000


class TrendReviewOut(serializers.ModelSerializer[TrendReview]):
    """A review; ``finding_...`` is what the number showed when it was held, ``tasks`` the numbers of its tasks."""

    goal = serializers.IntegerField(source="goal.number", default=None, allow_null=True)
    indicator = serializers.CharField(source="indicator.code", default=None, allow_null=True)
    tasks = serializers.SerializerMethodField()

    class Meta:
        model = TrendReview
        fields = [
            "number", "goal", "indicator", "state", *WRITTEN, "tasks", "held_on", "finding_en", "finding_it",
            "check_on", "checked_on", "check_note", "visibility",
        ]  # fmt: skip
        read_only_fields = fields

    def get_tasks(self, review: TrendReview) -> list[int]:
        """In their order."""
        return sorted(link.task.number for link in review.task_links.all())


class TrendReviewIn(serializers.Serializer[Any]):
    """What the review is about: the number of a goal, or the code of an indicator."""

    goal = serializers.IntegerField(min_value=1, max_value=MOST, required=False, allow_null=True)
    indicator = serializers.SlugField(max_length=12, required=False, allow_null=True)


class TrendReviewWordsIn(serializers.Serializer[Any]):
    """What is written in the steps, as far as it is sent."""

    wanted = CleanTextField(max_length=LONG, multiline=True, required=False, allow_blank=True)
    likely_future = CleanTextField(max_length=LONG, multiline=True, required=False, allow_blank=True)
    pushes = CleanTextField(max_length=LONG, multiline=True, required=False, allow_blank=True)
    drags = CleanTextField(max_length=LONG, multiline=True, required=False, allow_blank=True)
    helpers = CleanTextField(max_length=LONG, multiline=True, required=False, allow_blank=True)
    ideas = CleanTextField(max_length=LONG, multiline=True, required=False, allow_blank=True)
    free_idea = CleanTextField(max_length=300, required=False, allow_blank=True)
    check_on = serializers.DateField(required=False, allow_null=True)


class ReviewTaskIn(serializers.Serializer[Any]):
    """A task to agree on; without ``member_id`` coordination does it."""

    title = CleanTextField(max_length=200)
    member_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    due_on = serializers.DateField()


class TrendReviewMoveIn(serializers.Serializer[Any]):
    """Where the review goes; looking at the tasks again has an address of its own."""

    to = serializers.ChoiceField(choices=[TrendReview.State.HELD, TrendReview.State.ACTIONS_AGREED])


class TrendReviewCheckIn(serializers.Serializer[Any]):
    """What became of it."""

    note = CleanTextField(max_length=LONG, multiline=True)


class TrendReviewView(SpaceAPIView):
    """Reviews of the partnership in the address."""

    serializer_class: Any = TrendReviewOut

    def get_queryset(self) -> QuerySet[TrendReview]:
        """Visible ones with their tasks, the newest first."""
        rows = trend_reviews_visible_to(self.viewer).filter(partnership__slug=self.kwargs["slug"])
        return rows.prefetch_related("task_links__task")

    def editable(self) -> TrendReview:
        """The review of the address that the caller may write in."""
        review: TrendReview = get_object_or_404(self.get_queryset(), number=self.kwargs["number"])
        self.require(Permission.EDIT_GOALS, review.partnership.scope_id)
        return review

    def answer(self, number: int, status: int = 200) -> Response:
        """A review as it stands now."""
        return Response(TrendReviewOut(get_object_or_404(self.get_queryset(), number=number)).data, status=status)

    def wanted(self, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        """What was sent; a bad request when it does not fit."""
        sent = serializer(data=self.request.data)
        sent.is_valid(raise_exception=True)
        return dict(sent.validated_data)


class TrendReviewList(TrendReviewView):
    """A partnership's trend reviews."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.EDIT_GOALS

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(TrendReviewOut(found, many=True).data)

    @extend_schema(request=TrendReviewIn, responses={201: TrendReviewOut})
    def post(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """Begin one."""
        partnership = or_404(partnership_at.first(self.viewer, slug=slug))
        self.require(Permission.EDIT_GOALS, partnership.scope_id)
        wanted, subjects = self.wanted(TrendReviewIn), subjects_in(self.viewer, partnership)
        number, code = wanted.get("goal"), wanted.get("indicator")
        goal = subjects.goal(str(number)) if number is not None else None
        indicator = subjects.indicator(code) if code is not None else None
        if number is not None and goal is None:
            raise serializers.ValidationError({"goal": [str(number)]})
        if code is not None and indicator is None:
            raise serializers.ValidationError({"indicator": [str(code)]})
        review = start_trend_review(partnership=partnership, by=caller(self), goal=goal, indicator=indicator)
        return self.answer(review.number, 201)


class TrendReviewDetail(TrendReviewView):
    """One trend review."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.EDIT_GOALS

    def get(self, request: Request, **kwargs: Any) -> Response:
        """The review."""
        return self.answer(self.kwargs["number"])

    @extend_schema(request=TrendReviewWordsIn, responses=TrendReviewOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Write in its steps; 409 once the tasks are agreed."""
        review = self.editable()
        try:
            fill_trend_review(review=review, by=caller(self), **self.wanted(TrendReviewWordsIn))
        except TrendReviewRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return self.answer(review.number)


class TrendReviewTasks(TrendReviewView):
    """Tasks agreed in a review."""

    writing = Permission.EDIT_GOALS

    @extend_schema(request=ReviewTaskIn, responses={201: TrendReviewOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Agree on one more; 409 for a review that is finished."""
        review = self.editable()
        self.require(Permission.PROPOSE_TASKS, review.partnership.scope_id)
        wanted = self.wanted(ReviewTaskIn)
        member = _member(review.partnership, wanted["member_id"])
        try:
            agree_on_task(review=review, action=Action(wanted["title"], member, wanted["due_on"]), by=caller(self))
        except (TrendReviewRefusedError, TaskRefusedError) as refusal:
            raise ConflictError(str(refusal)) from refusal
        return self.answer(review.number, 201)


def _member(partnership: Partnership, key: uuid.UUID | None) -> PartnershipMember | None:
    if key is None:
        return None
    found = next((member for member in active_members(partnership) if member.pk == key), None)
    if found is None:
        raise serializers.ValidationError({"member_id": [str(key)]})
    return found


class TrendReviewMove(TrendReviewView):
    """The life of a review."""

    writing = Permission.EDIT_GOALS

    @extend_schema(request=TrendReviewMoveIn, responses=TrendReviewOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Say that it was held or that its tasks are agreed; 409 for what does not follow or is not complete."""
        review = self.editable()
        try:
            move_trend_review(
                review=review, by=caller(self), today=timezone.localdate(), **self.wanted(TrendReviewMoveIn)
            )
        except TrendReviewRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return self.answer(review.number)


class TrendReviewCheck(TrendReviewView):
    """Finishing a review."""

    writing = Permission.EDIT_GOALS

    @extend_schema(request=TrendReviewCheckIn, responses=TrendReviewOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Say what became of the tasks; 409 while they are not agreed."""
        review = self.editable()
        try:
            check_trend_review(
                review=review, by=caller(self), today=timezone.localdate(), **self.wanted(TrendReviewCheckIn)
            )
        except TrendReviewRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return self.answer(review.number)
