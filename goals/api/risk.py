"""The risk register in the API."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField, MeantIn
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from goals.models import Risk
from goals.operations.risk import RiskRefusedError, add_risk, change_risk, move_risk
from goals.queries.risk import risk_choices, risks_visible_to
from goals.rules.risk import height_of
from partnerships.models import Partnership
from partnerships.queries.partnership import partnership_at
from partnerships.rules.visibility import LEVELS


class RiskOut(serializers.ModelSerializer[Risk]):
    """A risk; ``goal`` is the number of its goal, null for none and for one out of sight."""

    goal = serializers.IntegerField(source="goal.number", default=None, allow_null=True, read_only=True)
    # Empty while it is not decided.
    response = serializers.CharField(read_only=True)
    score = serializers.SerializerMethodField()
    height = serializers.SerializerMethodField()

    class Meta:
        model = Risk
        fields = [
            "number", "event", "cause", "effect", "likelihood", "impact", "score", "height", "goal", "owner_member_id",
            "owner_person_id", "response", "actions", "review_on", "state", "visibility",
        ]  # fmt: skip
        read_only_fields = fields

    def get_score(self, risk: Risk) -> int:
        """Likelihood times impact, 1 to 25."""
        return risk.likelihood * risk.impact

    def get_height(self, risk: Risk) -> str:
        """How high it is: "low", "medium", "high" or "very_high"."""
        return height_of(risk.likelihood, risk.impact).value


class RiskIn(serializers.Serializer[Any]):
    """A risk; ``goal`` is the number of a goal, the owner a member and a person who speaks for it."""

    event = CleanTextField(max_length=200)
    cause = CleanTextField(max_length=500, multiline=True, required=False, allow_blank=True)
    effect = CleanTextField(max_length=500, multiline=True, required=False, allow_blank=True)
    likelihood = serializers.ChoiceField(choices=Risk.Likelihood.choices, required=False)
    impact = serializers.ChoiceField(choices=Risk.Impact.choices, required=False)
    goal = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=32767)
    owner_member_id = serializers.UUIDField(required=False, allow_null=True)
    owner_person_id = serializers.UUIDField(required=False, allow_null=True)
    response = serializers.ChoiceField(choices=Risk.Response.choices, required=False, allow_blank=True)
    actions = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    review_on = serializers.DateField(required=False, allow_null=True)
    visibility = serializers.ChoiceField(choices=[(level.value, level.label) for level in LEVELS], required=False)


class RiskChangeIn(MeantIn, RiskIn):
    """What of a risk shall change."""


class RiskMoveIn(serializers.Serializer[Any]):
    """Where a risk goes."""

    to = serializers.ChoiceField(choices=Risk.State.choices)


class RiskView(SpaceAPIView):
    """Risks of the partnership in the address."""

    reading: ClassVar[Permission | None] = Permission.SEE_PARTNERSHIP
    writing: ClassVar[Permission | None] = Permission.EDIT_GOALS
    serializer_class: Any = RiskOut

    def partnership(self) -> Partnership:
        """The partnership; 404 out of sight."""
        return or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))

    def risk(self) -> Risk:
        """The risk; the same 404 for one that is nowhere, elsewhere or out of sight."""
        slug, number = self.kwargs["slug"], self.kwargs["number"]
        found: Risk = get_object_or_404(risks_visible_to(self.viewer), partnership__slug=slug, number=number)
        return found

    def editable(self) -> Risk:
        """The risk, which the caller may edit; 403 otherwise."""
        risk = self.risk()
        self.require(Permission.EDIT_GOALS, risk.partnership.scope_id)
        return risk

    def asked(self, partnership: Partnership, *, partial: bool = False) -> dict[str, Any]:
        """What was sent, with its goal, member and person; 400 for one that cannot be chosen."""
        wanted = (RiskChangeIn if partial else RiskIn)(data=self.request.data, partial=partial)
        wanted.is_valid(raise_exception=True)
        fields = dict(wanted.validated_data)
        choices = risk_choices(self.viewer, partnership)
        known: dict[str, tuple[str, dict[Any, Any]]] = {
            "goal": ("goal", {goal.number: goal for goal in choices.goals}),
            "owner_member_id": ("owner_member", {member.pk: member for member in choices.members}),
            "owner_person_id": ("owner_person", {person.pk: person for person in choices.people}),
        }
        for sent, (name, rows) in known.items():
            if sent in fields:
                key = fields.pop(sent)
                if key is not None and key not in rows:
                    raise serializers.ValidationError({sent: [str(key)]})
                fields[name] = rows.get(key)
        return fields


class RiskList(RiskView):
    """What could go wrong in a partnership."""

    @extend_schema(parameters=[OpenApiParameter("state", str, enum=Risk.State.values)], responses=RiskOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of risks, the highest first."""
        rows = risks_visible_to(self.viewer).filter(partnership=self.partnership())
        if state := request.query_params.get("state", ""):
            if state not in Risk.State.values:
                raise serializers.ValidationError({"state": [state]})
            rows = rows.filter(state=state)
        return self.get_paginated_response(RiskOut(self.paginate_queryset(rows), many=True).data)

    @extend_schema(request=RiskIn, responses={201: RiskOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Write one down."""
        partnership = self.partnership()
        self.require(Permission.EDIT_GOALS, partnership.scope_id)
        made = add_risk(partnership=partnership, by=self.person, **self.asked(partnership))
        return Response(RiskOut(risks_visible_to(self.viewer).get(pk=made.pk)).data, status=status.HTTP_201_CREATED)


class RiskDetail(RiskView):
    """One risk."""

    @extend_schema(responses=RiskOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """The risk."""
        return Response(RiskOut(self.risk()).data)

    @extend_schema(request=RiskChangeIn, responses=RiskOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Look at it again."""
        risk = self.editable()
        change_risk(risk=risk, by=self.person, **self.asked(risk.partnership, partial=True))
        return Response(RiskOut(self.risk()).data)


class RiskMove(RiskView):
    """A risk's way through its life."""

    @extend_schema(request=RiskMoveIn, responses=RiskOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Take it on; 409 for a state that does not follow, and for one without a response."""
        risk = self.editable()
        wanted = RiskMoveIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            move_risk(risk=risk, by=self.person, **wanted.validated_data)
        except RiskRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(RiskOut(self.risk()).data)
