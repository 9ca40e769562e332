"""Decisions in the API."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from partnerships.models import Decision, DecisionMethod, DecisionPosition, Partnership, Position
from partnerships.operations.decision import DecisionRefusedError, record_decision, take_decision
from partnerships.queries.decision import decisions_visible_to
from partnerships.queries.partnership import partnerships_visible_to
from partnerships.rules.decision import OUTCOMES, Positions, Stand

OUTCOME_CHOICES = [(outcome.value, outcome.label) for outcome in OUTCOMES]


class PositionOut(serializers.ModelSerializer[DecisionPosition]):
    """Where a member stood; null gave no answer."""

    class Meta:
        model = DecisionPosition
        fields = ["member_id", "position", "note"]
        read_only_fields = fields


class DecisionOut(serializers.ModelSerializer[Decision]):
    """A decision of the register; ``method`` is empty while nobody said how it was taken."""

    method = serializers.CharField(read_only=True)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]  # a field's own attribute of that name
    positions = PositionOut(many=True, read_only=True)

    class Meta:
        model = Decision
        fields = [
            "id", "label", "year", "number", "title", "text", "context", "options", "reasons", "method", "decided_on",
            "effective_from", "review_on", "affects_residents", "public_note", "not_public_reason", "supersedes_id",
            "state", "present_count", "entitled_count", "quorum_percent", "voices", "communicated_on", "positions",
        ]  # fmt: skip
        read_only_fields = fields


class PositionIn(serializers.Serializer[Any]):
    """Where a member stands, in five steps; null gave no answer."""

    member_id = serializers.UUIDField()
    position = serializers.ChoiceField(choices=Position.choices, required=False, allow_null=True, default=None)
    note = CleanTextField(max_length=500, required=False, allow_blank=True, default="")


class TakeIn(serializers.Serializer[Any]):
    """What a proposal came to, and who stands where."""

    outcome = serializers.ChoiceField(choices=OUTCOME_CHOICES)
    positions = PositionIn(many=True, required=False, default=list)


class DecisionIn(serializers.Serializer[Any]):
    """A decision to write; with an outcome it is taken at once, without it waits as a proposal."""

    title = CleanTextField(max_length=200)
    text = CleanTextField(max_length=5000, multiline=True, required=False, allow_blank=True, default="")
    context = CleanTextField(  # type: ignore[assignment]  # a field's own attribute of that name
        max_length=3000, multiline=True, required=False, allow_blank=True, default=""
    )
    options = serializers.ListField(child=CleanTextField(max_length=300), required=False, default=list, max_length=20)
    reasons = CleanTextField(max_length=3000, multiline=True, required=False, allow_blank=True, default="")
    method = serializers.ChoiceField(choices=DecisionMethod.choices, required=False, allow_blank=True, default="")
    decided_on = serializers.DateField(required=False, allow_null=True, default=None)
    effective_from = serializers.DateField(required=False, allow_null=True, default=None)
    review_on = serializers.DateField(required=False, allow_null=True, default=None)
    affects_residents = serializers.BooleanField(required=False, default=False)
    public_note = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True, default="")
    not_public_reason = CleanTextField(max_length=300, required=False, allow_blank=True, default="")
    supersedes_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    outcome = serializers.ChoiceField(choices=OUTCOME_CHOICES, required=False, allow_blank=True, default="")
    positions = PositionIn(many=True, required=False, default=list)


class DecisionView(SpaceAPIView):
    """Decisions of the partnership in the address."""

    reading: ClassVar[Permission | None] = Permission.SEE_PARTNERSHIP
    writing: ClassVar[Permission | None] = Permission.EDIT_PARTNERSHIP
    serializer_class: Any = DecisionOut

    def partnership(self) -> Partnership:
        """The partnership; 404 out of sight."""
        return get_object_or_404(partnerships_visible_to(self.viewer), slug=self.kwargs["slug"])

    def editable(self) -> Partnership:
        """The partnership, in which the caller may edit; 403 otherwise."""
        found = self.partnership()
        self.require(Permission.EDIT_PARTNERSHIP, found.scope_id)
        return found

    def decision(self, partnership: Partnership) -> Decision:
        """The decision in the address; 404 out of sight."""
        rows = decisions_visible_to(self.viewer).filter(partnership=partnership).prefetch_related("positions")
        found: Decision = get_object_or_404(rows, year=self.kwargs["year"], number=self.kwargs["number"])
        return found


class DecisionList(DecisionView):
    """The register of a partnership."""

    @extend_schema(responses=DecisionOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of it, the newest number first."""
        rows = decisions_visible_to(self.viewer).filter(partnership=self.partnership()).prefetch_related("positions")
        return self.get_paginated_response(DecisionOut(self.paginate_queryset(rows), many=True).data)

    @extend_schema(request=DecisionIn, responses={201: DecisionOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Write a decision; 409 for what the rules of the partnership refuse."""
        partnership = self.editable()
        wanted = DecisionIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        fields = dict(wanted.validated_data)
        positions = _positions(fields.pop("positions"))
        before_id = fields.pop("supersedes_id")
        rows = decisions_visible_to(self.viewer).filter(partnership=partnership)
        before = get_object_or_404(rows, pk=before_id) if before_id else None
        try:
            decision = record_decision(
                partnership=partnership, by=self.person, supersedes=before, positions=positions, **fields
            )
        except DecisionRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(DecisionOut(decision).data, status=status.HTTP_201_CREATED)


class DecisionDetail(DecisionView):
    """One decision."""

    writing = None

    def get(self, request: Request, **kwargs: Any) -> Response:
        """The decision, with who stood where."""
        return Response(DecisionOut(self.decision(self.partnership())).data)


class DecisionTake(DecisionView):
    """Writing down what a proposal came to."""

    reading = None
    serializer_class = TakeIn

    @extend_schema(request=TakeIn, responses=DecisionOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Take it; 409 once taken, and for what the rules of the partnership refuse."""
        decision = self.decision(self.editable())
        wanted = TakeIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        said = wanted.validated_data
        try:
            taken = take_decision(
                decision=decision, by=self.person, outcome=said["outcome"], positions=_positions(said["positions"])
            )
        except DecisionRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(DecisionOut(taken).data)


def _positions(rows: list[dict[str, Any]]) -> Positions:
    return {row["member_id"]: Stand(row["position"], row["note"]) for row in rows}
