"""Goals in the API."""

from collections.abc import Callable, Sequence
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
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from goals.models import Goal
from goals.operations.goal import (
    GoalRefusedError,
    confirm_examples,
    draft_goal,
    move_goal,
)
from goals.queries.checks import checks_among
from goals.queries.choices import goal_choices
from goals.queries.goal import goal_sheet, goals_in_full
from goals.rules.sdg import sdg_targets
from metrics.api.caller import caller
from metrics.api.indicator import StandingOut
from partnerships.models import Partnership
from partnerships.queries.partnership import partnership_at

FIELDS = [
    "title_en", "title_it", "direction", "population_en", "population_it", "place_en", "place_it", "target_value",
    "starts_on", "ends_on", "why_realistic", "equity_note", "next_review_on", "review_every", "visibility",
    "withdrawn_on", "need_cents", "resources_needed", "joint_depth", "sdg_targets",
]  # fmt: skip


class CheckOut(serializers.Serializer[Any]):
    """A SMART check: "pass", "warn", "fail" or "later" (looked at once the partners are asked), why, how to mend it."""

    code = serializers.CharField()
    letter = serializers.CharField()
    outcome = serializers.CharField()
    why = serializers.CharField()
    mend = serializers.CharField()
    field = serializers.CharField()


class GoalOut(serializers.ModelSerializer[Goal]):
    """A goal with its sentence in both languages, its standing and its checks."""

    indicator = serializers.CharField(source="indicator.code", default=None, allow_null=True)
    # Empty while it is not said.
    joint_depth = serializers.CharField(read_only=True)
    part_of = serializers.IntegerField(source="parent.number", default=None, allow_null=True)
    owner_member = serializers.UUIDField(source="owner_member_id", allow_null=True)
    owner_person = serializers.UUIDField(source="owner_person_id", allow_null=True)
    sentence_en = serializers.SerializerMethodField()
    sentence_it = serializers.SerializerMethodField()
    original_target = serializers.SerializerMethodField()
    standing = serializers.SerializerMethodField()
    checks = serializers.SerializerMethodField()

    class Meta:
        model = Goal
        fields = [
            "id", "number", *FIELDS, "indicator", "part_of", "weight", "owner_member",
            "owner_person", "state", "version_number", "examples", "sentence_en", "sentence_it",
            "original_target", "standing", "checks",
        ]  # fmt: skip
        read_only_fields = fields

    def get_sentence_en(self, goal: Goal) -> str:
        """The goal in one sentence, in English."""
        return goal_sheet(goal, today=timezone.localdate()).sentence.text_en

    def get_sentence_it(self, goal: Goal) -> str:
        """The same in Italian."""
        return goal_sheet(goal, today=timezone.localdate()).sentence.text_it

    def get_original_target(self, goal: Goal) -> str | None:
        """The target it was first adopted with (R-G3), also where it is still the same; null before."""
        fields: dict[str, Any] = goal.first_fields or {}  # type: ignore[attr-defined]  # annotated by with_standing
        return fields.get("target_value")

    @extend_schema_field(StandingOut(allow_null=True))
    def get_standing(self, goal: Goal) -> Any:
        """Null before the goal is adopted."""
        judgement = goal_sheet(goal, today=timezone.localdate()).judgement
        return StandingOut(judgement).data if judgement else None

    @extend_schema_field(CheckOut(many=True))
    def get_checks(self, goal: Goal) -> Any:
        """All of them, in the order of the letters."""
        return CheckOut(self.context["checks"][goal.pk], many=True).data


class GoalIn(serializers.Serializer[Any]):
    """A goal's fields, all of them optional but a title.

    ``indicator`` is the code of an indicator of the same partnership, ``part_of`` the number of a larger goal,
    ``sdg_targets`` are codes such as "4.4"; owners are a member of the partnership and a person who speaks for one.
    """

    title_en = CleanTextField(max_length=160, required=False, allow_blank=True)
    title_it = CleanTextField(max_length=160, required=False, allow_blank=True)
    direction = serializers.ChoiceField(choices=Goal.Direction.choices, required=False)
    population_en = CleanTextField(max_length=160, required=False, allow_blank=True)
    population_it = CleanTextField(max_length=160, required=False, allow_blank=True)
    place_en = CleanTextField(max_length=120, required=False, allow_blank=True)
    place_it = CleanTextField(max_length=120, required=False, allow_blank=True)
    indicator = serializers.SlugField(max_length=12, required=False, allow_null=True)
    target_value = serializers.DecimalField(max_digits=18, decimal_places=4, required=False, allow_null=True)
    starts_on = serializers.DateField(required=False, allow_null=True)
    ends_on = serializers.DateField(required=False, allow_null=True)
    owner_member = serializers.UUIDField(required=False, allow_null=True)
    owner_person = serializers.UUIDField(required=False, allow_null=True)
    why_realistic = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    equity_note = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    need_cents = serializers.IntegerField(min_value=0, max_value=10**15, required=False, allow_null=True)
    resources_needed = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    joint_depth = serializers.ChoiceField(choices=Goal.Depth.choices, required=False, allow_blank=True)
    part_of = serializers.IntegerField(min_value=1, max_value=32767, required=False, allow_null=True)
    sdg_targets = serializers.ListField(
        child=serializers.ChoiceField(choices=list(sdg_targets())), max_length=169, required=False
    )
    next_review_on = serializers.DateField(required=False, allow_null=True)
    review_every = serializers.ChoiceField(choices=Goal.ReviewEvery.choices, required=False)
    visibility = serializers.ChoiceField(
        choices=[choice for choice in Visibility.choices if choice[0] > Visibility.SEALED], required=False
    )


class GoalList(SpaceAPIView):
    """A partnership's goals."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.EDIT_GOALS
    serializer_class = GoalOut

    def get_queryset(self) -> QuerySet[Goal]:
        """Visible ones, by number."""
        partnership = or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))
        return goals_in_full(self.viewer).filter(partnership=partnership)

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        return self.get_paginated_response(goals_out(self.paginate_queryset(self.get_queryset()) or []))

    @extend_schema(request=GoalIn, responses={201: GoalOut})
    def post(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """Write a draft; its checks say what is missing before it can be proposed."""
        partnership = or_404(partnership_at.first(self.viewer, slug=slug))
        self.require(Permission.EDIT_GOALS, partnership.scope_id)
        wanted = GoalIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        fields = chosen_fields(self, partnership, wanted.validated_data)
        goal = draft_goal(partnership=partnership, by=caller(self), **fields)
        return Response(goals_out([goals_in_full(self.viewer).get(pk=goal.pk)])[0], status=201)


def chosen_fields(
    view: SpaceAPIView, partnership: Partnership, wanted: dict[str, Any], goal: Goal | None = None
) -> dict[str, Any]:
    """The fields with the records their keys name, chosen among what the page's form offers."""
    fields = dict(wanted)
    choices = goal_choices(view.viewer, partnership, goal)
    above = {found.number: found for found in choices.above}
    by_code = {found.code: found for found in choices.indicators}
    finds: dict[str, Callable[[Any], Any]] = {
        "indicator": by_code.get,
        "part_of": above.get,
        "owner_member": lambda key: choices.member(str(key)),
        "owner_person": lambda key: choices.person(str(key)),
    }
    for name, find in finds.items():
        if fields.get(name) is None:
            continue
        found = find(fields[name])
        if found is None:
            raise serializers.ValidationError({name: [str(fields[name])]})
        fields[name] = found
    if "part_of" in fields:
        fields["parent"] = fields.pop("part_of")
    return fields


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
        return answered(self)


class GoalConfirm(SpaceAPIView):
    """Making a template's examples one's own."""

    writing = Permission.EDIT_GOALS
    serializer_class = GoalOut

    @extend_schema(request=None, responses=GoalOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Say that the figures are the partnership's own (R-P1)."""
        confirm_examples(goal=editable_api_goal(self), by=caller(self))
        return answered(self)


def goals_out(goals: Sequence[Goal]) -> Any:
    """Several goals of ``goals_in_full`` as the API shows them."""
    checks = checks_among(goals, today=timezone.localdate())
    return GoalOut(goals, many=True, context={"checks": checks}).data


def answered(view: SpaceAPIView) -> Response:
    """The goal of an address as it stands now."""
    return Response(goals_out([api_goal(view)])[0])


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


def refused(refusal: GoalRefusedError) -> ConflictError:
    """A refusal with the checks that fail."""
    return ConflictError(" ".join([str(refusal), *(f"{check.code}: {check.why}" for check in refusal.checks)]))
