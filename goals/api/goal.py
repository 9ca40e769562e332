"""Goals in the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.access.visibility import Visibility
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from goals.models import Goal
from goals.operations.goal import GoalRefusedError, draft_goal, move_goal
from goals.queries.goal import checks_for, goal_sheet, goals_in_full
from metrics.api.caller import caller
from metrics.api.indicator import StandingOut
from metrics.models import Indicator
from metrics.queries.indicator import indicators_visible_to
from partnerships.models import Partnership
from partnerships.queries.partnership import partnerships_visible_to

FIELDS = [
    "title_en", "title_it", "direction", "population_en", "population_it", "place_en", "place_it", "target_value",
    "starts_on", "ends_on", "why_realistic", "equity_note", "next_review_on", "visibility",
]  # fmt: skip


class CheckOut(serializers.Serializer[Any]):
    """A SMART check: "pass", "warn" or "fail", why, and how to mend it."""

    code = serializers.CharField()
    letter = serializers.CharField()
    outcome = serializers.CharField()
    why = serializers.CharField()
    mend = serializers.CharField()
    field = serializers.CharField()


class GoalOut(serializers.ModelSerializer[Goal]):
    """A goal with its sentence in both languages, its standing and its checks."""

    indicator = serializers.CharField(source="indicator.code", default=None, allow_null=True)
    sentence_en = serializers.SerializerMethodField()
    sentence_it = serializers.SerializerMethodField()
    standing = serializers.SerializerMethodField()
    checks = serializers.SerializerMethodField()

    class Meta:
        model = Goal
        fields = [
            "id", "number", *FIELDS, "indicator", "state", "version_number", "examples", "sentence_en", "sentence_it",
            "standing", "checks",
        ]  # fmt: skip
        read_only_fields = fields

    def get_sentence_en(self, goal: Goal) -> str:
        """The goal in one sentence, in English."""
        return goal_sheet(goal, today=timezone.localdate()).sentence.text_en

    def get_sentence_it(self, goal: Goal) -> str:
        """The same in Italian."""
        return goal_sheet(goal, today=timezone.localdate()).sentence.text_it

    @extend_schema_field(StandingOut(allow_null=True))
    def get_standing(self, goal: Goal) -> Any:
        """Null before the goal is adopted."""
        judgement = goal_sheet(goal, today=timezone.localdate()).judgement
        return StandingOut(judgement).data if judgement else None

    @extend_schema_field(CheckOut(many=True))
    def get_checks(self, goal: Goal) -> Any:
        """All of them, in the order of the letters."""
        return CheckOut(checks_for(goal, today=timezone.localdate()), many=True).data


class GoalIn(serializers.Serializer[Any]):
    """A new goal; ``indicator`` is the code of an indicator of the same partnership."""

    title_en = serializers.CharField(max_length=160, required=False, default="", allow_blank=True)
    title_it = serializers.CharField(max_length=160, required=False, default="", allow_blank=True)
    direction = serializers.ChoiceField(choices=Goal.Direction.choices, default=Goal.Direction.INCREASE)
    population_en = serializers.CharField(max_length=160, required=False, default="", allow_blank=True)
    population_it = serializers.CharField(max_length=160, required=False, default="", allow_blank=True)
    place_en = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    place_it = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    indicator = serializers.SlugField(max_length=12, required=False, allow_null=True)
    target_value = serializers.DecimalField(max_digits=18, decimal_places=4, required=False, allow_null=True)
    starts_on = serializers.DateField(required=False, allow_null=True)
    ends_on = serializers.DateField(required=False, allow_null=True)
    why_realistic = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)
    equity_note = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)
    next_review_on = serializers.DateField(required=False, allow_null=True)
    visibility = serializers.ChoiceField(
        choices=[choice for choice in Visibility.choices if choice[0] > Visibility.SEALED], default=Visibility.PARTNERS
    )


class GoalList(SpaceAPIView):
    """A partnership's goals."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.EDIT_GOALS
    serializer_class = GoalOut

    def get_queryset(self) -> QuerySet[Goal]:
        """Visible ones, by number."""
        partnership = get_object_or_404(partnerships_visible_to(self.viewer), slug=self.kwargs["slug"])
        return goals_in_full(self.viewer).filter(partnership=partnership)

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(GoalOut(found, many=True).data)

    @extend_schema(request=GoalIn, responses={201: GoalOut})
    def post(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """Write a draft; its checks say what is missing before it can be proposed."""
        partnership: Partnership = get_object_or_404(partnerships_visible_to(self.viewer), slug=slug)
        self.require(Permission.EDIT_GOALS, partnership.scope_id)
        wanted = GoalIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        fields = dict(wanted.validated_data)
        fields["indicator"] = indicator_of(self, partnership, fields.get("indicator"))
        goal = draft_goal(partnership=partnership, by=caller(self), **fields)
        return Response(GoalOut(goals_in_full(self.viewer).get(pk=goal.pk)).data, status=201)


class GoalPropose(SpaceAPIView):
    """Proposing a goal."""

    writing = Permission.EDIT_GOALS
    serializer_class = GoalOut

    @extend_schema(request=None, responses=GoalOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Propose; 409 while a check fails."""
        goal = editable_api_goal(self)
        try:
            move_goal(goal=goal, to=Goal.State.PROPOSED, by=caller(self), today=timezone.localdate())
        except GoalRefusedError as refusal:
            raise refused(refusal) from refusal
        return Response(GoalOut(api_goal(self)).data)


def api_goal(view: SpaceAPIView) -> Goal:
    """The goal of an address; the same 404 for one that is nowhere, elsewhere or out of sight."""
    slug, number = view.kwargs["slug"], view.kwargs["number"]
    goal: Goal = get_object_or_404(goals_in_full(view.viewer), partnership__slug=slug, number=number)
    return goal


def editable_api_goal(view: SpaceAPIView) -> Goal:
    """The goal of an address that the caller may edit."""
    goal = api_goal(view)
    view.require(Permission.EDIT_GOALS, goal.partnership.scope_id)
    return goal


def indicator_of(view: SpaceAPIView, partnership: Partnership, code: str | None) -> Indicator | None:
    """The indicator of a code in a partnership; None without a code. Raises for an unknown one."""
    if not code:
        return None
    found: Indicator | None = indicators_visible_to(view.viewer).filter(partnership=partnership, code=code).first()
    if found is None:
        raise serializers.ValidationError({"indicator": [code]})
    return found


def refused(refusal: GoalRefusedError) -> ConflictError:
    """A refusal with the checks that fail."""
    return ConflictError(" ".join([str(refusal), *(f"{check.code}: {check.why}" for check in refusal.checks)]))
