"""Lessons in the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.access.visibility import Visibility
from core.api.fields import CleanTextField, MeantIn
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from goals.models import Goal, Lesson
from goals.operations.lesson import (
    LessonRefusedError,
    apply_lesson,
    change_lesson,
    check_lesson,
    share_lesson,
    write_lesson,
)
from goals.queries.goal import goals_visible_to
from goals.queries.lesson import LessonWish, lesson_list, lessons_visible_to
from goals.queries.trend_review import find_review
from metrics.api.caller import caller
from partnerships.models import Partnership
from partnerships.queries.partnership import partnership_at

MOST = 32767
LONG = 1000
LEVELS = [choice for choice in Visibility.choices if choice[0] > Visibility.SEALED]
FILTERS = [OpenApiParameter(name, str) for name in ("q", "tag", "state", "failures")]


class LessonOut(serializers.ModelSerializer[Lesson]):
    """A lesson; ``partnership`` is its short name in addresses, ``goal`` a number the caller may see, or null."""

    partnership = serializers.SlugField(source="partnership.slug")
    goal = serializers.SerializerMethodField()

    class Meta:
        model = Lesson
        fields = [
            "number", "partnership", "goal", "title", "situation", "expected", "happened", "why", "advice", "tags",
            "is_failure", "state", "applied_where", "visibility", "written_at", "checked_on",
        ]  # fmt: skip
        read_only_fields = fields

    def get_goal(self, lesson: Lesson) -> int | None:
        """Of the goals in sight."""
        numbers: dict[Any, int] = self.context["goals"]
        return numbers.get(lesson.goal_id)


class LessonIn(serializers.Serializer[Any]):
    """A new lesson; ``review`` is the number of the trend review in which it came up."""

    title = CleanTextField(max_length=160)
    happened = CleanTextField(max_length=LONG, multiline=True)
    advice = CleanTextField(max_length=LONG, multiline=True)
    situation = CleanTextField(max_length=LONG, multiline=True, required=False, allow_blank=True)
    expected = CleanTextField(max_length=LONG, multiline=True, required=False, allow_blank=True)
    why = CleanTextField(max_length=LONG, multiline=True, required=False, allow_blank=True)
    is_failure = serializers.BooleanField(required=False)
    tags = serializers.ListField(child=CleanTextField(max_length=40), max_length=8, required=False)
    goal = serializers.IntegerField(min_value=1, max_value=MOST, required=False, allow_null=True)
    visibility = serializers.ChoiceField(choices=LEVELS, required=False)


class LessonChangeIn(MeantIn, LessonIn):
    """What of a lesson shall change."""


class NewLessonIn(LessonIn):
    """A new lesson; ``review`` is the number of the trend review in which it came up."""

    review = serializers.IntegerField(min_value=1, max_value=MOST, required=False, allow_null=True)


class ShareLessonIn(serializers.Serializer[Any]):
    """Whom it is shown to."""

    visibility = serializers.ChoiceField(choices=LEVELS)


class ApplyLessonIn(serializers.Serializer[Any]):
    """Where it was applied."""

    where = CleanTextField(max_length=200)


class LessonView(SpaceAPIView):
    """Lessons as the caller sees them."""

    serializer_class: Any = LessonOut

    def shown(self, lessons: list[Lesson]) -> Any:
        """Lessons with the numbers of the goals in sight."""
        keys = {lesson.goal_id for lesson in lessons if lesson.goal_id}
        goals = dict(goals_visible_to(self.viewer).filter(pk__in=keys).values_list("pk", "number")) if keys else {}
        return LessonOut(lessons, many=True, context={"goals": goals}).data

    def listed(self, partnership: Partnership | None) -> Response:
        """A page of them, narrowed as the list's page is."""
        asked = self.request.GET
        wish = LessonWish(
            words=asked.get("q", "")[:100],
            tag=asked.get("tag", "")[:40],
            state=asked.get("state", "") if asked.get("state", "") in Lesson.State.values else "",
            only_failures=asked.get("failures") == "1",
        )
        rows = lesson_list(self.viewer, wish, partnership=partnership)
        return self.get_paginated_response(self.shown(self.paginate_queryset(rows) or []))

    def lesson(self, permission: Permission | None = None) -> Lesson:
        """The lesson of the address, for which the caller holds a permission."""
        found: Lesson = get_object_or_404(self.get_queryset(), number=self.kwargs["number"])
        if permission is not None:
            self.require(permission, found.partnership.scope_id)
        return found

    def get_queryset(self) -> QuerySet[Lesson]:
        """Visible ones of the partnership in the address."""
        return lessons_visible_to(self.viewer).filter(partnership__slug=self.kwargs["slug"])

    def answer(self, number: int, status: int = 200) -> Response:
        """A lesson as it stands now."""
        return Response(self.shown([get_object_or_404(self.get_queryset(), number=number)])[0], status=status)

    def wanted(self, serializer: type[serializers.Serializer[Any]], *, partial: bool = False) -> dict[str, Any]:
        """What was sent; a bad request when it does not fit."""
        sent = serializer(data=self.request.data, partial=partial)
        sent.is_valid(raise_exception=True)
        return dict(sent.validated_data)

    def with_goal(self, fields: dict[str, Any], partnership: Partnership) -> dict[str, Any]:
        """The fields with the goal their number names; a bad request for one out of sight."""
        if fields.get("goal") is None:
            return fields
        rows = goals_visible_to(self.viewer).filter(partnership=partnership)
        goal: Goal | None = rows.filter(number=fields["goal"]).first()
        if goal is None:
            raise serializers.ValidationError({"goal": [str(fields["goal"])]})
        return {**fields, "goal": goal}


class AllLessons(LessonView):
    """The lessons of all partnerships."""

    reading = Permission.SEE_PARTNERSHIP

    @extend_schema(parameters=FILTERS)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of those the caller may see."""
        return self.listed(None)


class LessonList(LessonView):
    """A partnership's lessons."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.TAKE_PART

    @extend_schema(parameters=FILTERS)
    def get(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """A page of them."""
        return self.listed(or_404(partnership_at.first(self.viewer, slug=slug)))

    @extend_schema(request=NewLessonIn, responses={201: LessonOut})
    def post(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """Write one down."""
        partnership = or_404(partnership_at.first(self.viewer, slug=slug))
        self.require(Permission.TAKE_PART, partnership.scope_id)
        fields = self.with_goal(self.wanted(NewLessonIn), partnership)
        number = fields.pop("review", None)
        review = find_review(self.viewer, partnership, number) if number is not None else None
        if number is not None and review is None:
            raise serializers.ValidationError({"review": [str(number)]})
        lesson = write_lesson(partnership=partnership, by=caller(self), review=review, **fields)
        return self.answer(lesson.number, 201)


class LessonDetail(LessonView):
    """One lesson."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.TAKE_PART

    def get(self, request: Request, **kwargs: Any) -> Response:
        """The lesson."""
        return self.answer(self.kwargs["number"])

    @extend_schema(request=LessonIn, responses=LessonOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Reword it, for its author and coordination; 409 once it was checked."""
        lesson = self.lesson(Permission.TAKE_PART)
        if lesson.written_by_id != caller(self).pk and not self.viewer.can(
            Permission.EDIT_GOALS, lesson.partnership.scope_id
        ):
            raise PermissionDenied
        fields = self.with_goal(self.wanted(LessonChangeIn, partial=True), lesson.partnership)
        try:
            change_lesson(lesson=lesson, by=caller(self), **fields)
        except LessonRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return self.answer(lesson.number)


class LessonCheck(LessonView):
    """Checking a lesson."""

    writing = Permission.TAKE_PART

    @extend_schema(request=None, responses=LessonOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Say that it is true and useful; 409 when it was checked, and in a full partnership for its author."""
        lesson = self.lesson(Permission.TAKE_PART)
        try:
            check_lesson(lesson=lesson, by=caller(self), today=timezone.localdate())
        except LessonRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return self.answer(lesson.number)


class LessonShare(LessonView):
    """Sharing a lesson."""

    writing = Permission.EDIT_GOALS

    @extend_schema(request=ShareLessonIn, responses=LessonOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Show it to others; 409 while nobody has checked it."""
        lesson = self.lesson(Permission.EDIT_GOALS)
        try:
            share_lesson(lesson=lesson, by=caller(self), **self.wanted(ShareLessonIn))
        except LessonRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return self.answer(lesson.number)


class LessonApply(LessonView):
    """Acting on a lesson."""

    writing = Permission.TAKE_PART

    @extend_schema(request=ApplyLessonIn, responses=LessonOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Say where it was applied; 409 while it was not shared."""
        lesson = self.lesson(Permission.TAKE_PART)
        try:
            apply_lesson(lesson=lesson, by=caller(self), **self.wanted(ApplyLessonIn))
        except LessonRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return self.answer(lesson.number)
