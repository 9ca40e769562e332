"""Decisions in the API."""

from collections.abc import Callable
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField, MeantIn
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from partnerships.api.meeting import LEVEL_CHOICES, MeetingView
from partnerships.models import (
    Decision,
    DecisionAudience,
    DecisionMethod,
    DecisionPosition,
    DecisionSubject,
    Partnership,
    Position,
)
from partnerships.operations.decision import (
    DecisionRefusedError,
    change_decision,
    note_communicated,
    record_decision,
    review_decision,
    revoke_decision,
    show_decision_to,
    take_decision,
)
from partnerships.queries.decision import decisions_visible_to
from partnerships.queries.partnership import partnership_at
from partnerships.rules.decision import OUTCOMES, Audience, Positions, Stand
from stakeholders.models import Stakeholder

OUTCOME_CHOICES = [(outcome.value, outcome.label) for outcome in OUTCOMES]


class PositionOut(serializers.ModelSerializer[DecisionPosition]):
    """Where a member stood; null gave no answer."""

    class Meta:
        model = DecisionPosition
        fields = ["member_id", "position", "note"]
        read_only_fields = fields


class AudienceOut(serializers.ModelSerializer[DecisionAudience]):
    """A sector, or an organisation or group, that a decision affects or that was told of it."""

    sector = serializers.CharField(read_only=True)

    class Meta:
        model = DecisionAudience
        fields = ["sector", "stakeholder_id", "is_affected", "told_on"]
        read_only_fields = fields


class DecisionOut(serializers.ModelSerializer[Decision]):
    """A decision of the register; ``method`` is empty while nobody said how it was taken."""

    about = serializers.CharField(read_only=True)
    method = serializers.CharField(read_only=True)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]  # a field's own attribute of that name
    positions = PositionOut(many=True, read_only=True)
    subject = serializers.CharField(read_only=True)
    audience = AudienceOut(many=True, read_only=True)

    class Meta:
        model = Decision
        fields = [
            "id", "label", "year", "number", "title", "text", "context", "options", "reasons", "about", "subject",
            "method",
            "decided_on", "effective_from", "review_on", "affects", "affects_residents", "public_note",
            "not_public_reason", "supersedes_id",
            "state", "present_count", "entitled_count", "quorum_percent", "voices", "communicated_on",
            "communicated_to", "visibility",
            "withdrawn_on", "positions", "audience",
        ]  # fmt: skip
        read_only_fields = fields


def sectors(**kwargs: Any) -> serializers.MultipleChoiceField:
    """Sectors of the register."""
    return serializers.MultipleChoiceField(choices=Stakeholder.Sector.choices, required=False, **kwargs)


def groups(**kwargs: Any) -> serializers.ListField:
    """Members of the partnership and groups on its maps, by id."""
    return serializers.ListField(child=serializers.UUIDField(), required=False, max_length=200, **kwargs)


class PositionIn(serializers.Serializer[Any]):
    """Where a member stands, in five steps; null gave no answer."""

    member_id = serializers.UUIDField()
    position = serializers.ChoiceField(choices=Position.choices, required=False, allow_null=True, default=None)
    note = CleanTextField(max_length=500, required=False, allow_blank=True, default="")


class TakeIn(serializers.Serializer[Any]):
    """What a proposal came to, and who stands where."""

    outcome = serializers.ChoiceField(choices=OUTCOME_CHOICES)
    positions = PositionIn(many=True, required=False, default=list)


class MeetingDecisionIn(serializers.Serializer[Any]):
    """A decision to write; with an outcome it is taken at once, without it waits as a proposal."""

    title = CleanTextField(max_length=200)
    text = CleanTextField(max_length=5000, multiline=True, required=False, allow_blank=True, default="")
    context = CleanTextField(  # type: ignore[assignment]  # a field's own attribute of that name
        max_length=3000, multiline=True, required=False, allow_blank=True, default=""
    )
    options = serializers.ListField(child=CleanTextField(max_length=300), required=False, default=list, max_length=20)
    reasons = CleanTextField(max_length=3000, multiline=True, required=False, allow_blank=True, default="")
    about = serializers.ChoiceField(choices=Decision.About.choices, required=False, allow_blank=True, default="")
    subject = serializers.ChoiceField(choices=DecisionSubject.choices, required=False, allow_blank=True, default="")
    method = serializers.ChoiceField(choices=DecisionMethod.choices, required=False, allow_blank=True, default="")
    decided_on = serializers.DateField(required=False, allow_null=True, default=None)
    effective_from = serializers.DateField(required=False, allow_null=True, default=None)
    review_on = serializers.DateField(required=False, allow_null=True, default=None)
    affects = CleanTextField(max_length=300, required=False, allow_blank=True, default="")
    affected_sectors = sectors(default=list)
    affected_ids = groups(default=list)
    affects_residents = serializers.BooleanField(required=False, default=False)
    public_note = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True, default="")
    not_public_reason = CleanTextField(max_length=300, required=False, allow_blank=True, default="")
    visibility = serializers.ChoiceField(choices=LEVEL_CHOICES, required=False)
    outcome = serializers.ChoiceField(choices=OUTCOME_CHOICES, required=False, allow_blank=True, default="")
    positions = PositionIn(many=True, required=False, default=list)


class DecisionIn(MeetingDecisionIn):
    """As a decision of a meeting; it may take another one's place."""

    supersedes_id = serializers.UUIDField(required=False, allow_null=True, default=None)


class DecisionChangeIn(MeantIn):
    """What of a proposal shall change; the rest stays."""

    title = CleanTextField(max_length=200, required=False)
    text = CleanTextField(max_length=5000, multiline=True, required=False, allow_blank=True)
    context = CleanTextField(  # type: ignore[assignment]  # a field's own attribute of that name
        max_length=3000, multiline=True, required=False, allow_blank=True
    )
    options = serializers.ListField(child=CleanTextField(max_length=300), required=False, max_length=20)
    reasons = CleanTextField(max_length=3000, multiline=True, required=False, allow_blank=True)
    about = serializers.ChoiceField(choices=Decision.About.choices, required=False, allow_blank=True)
    subject = serializers.ChoiceField(choices=DecisionSubject.choices, required=False, allow_blank=True)
    method = serializers.ChoiceField(choices=DecisionMethod.choices, required=False, allow_blank=True)
    decided_on = serializers.DateField(required=False, allow_null=True)
    effective_from = serializers.DateField(required=False, allow_null=True)
    review_on = serializers.DateField(required=False, allow_null=True)
    affects = CleanTextField(max_length=300, required=False, allow_blank=True)
    affected_sectors = sectors(help_text="Sent with or without affected_ids, both are written anew.")
    affected_ids = groups()
    affects_residents = serializers.BooleanField(required=False)
    public_note = CleanTextField(max_length=1000, multiline=True, required=False, allow_blank=True)
    not_public_reason = CleanTextField(max_length=300, required=False, allow_blank=True)
    visibility = serializers.ChoiceField(choices=LEVEL_CHOICES, required=False)
    positions = PositionIn(many=True, required=False)


class DecisionReviewIn(serializers.Serializer[Any]):
    """When to look at a decision next, if at all."""

    review_on = serializers.DateField(required=False, allow_null=True, default=None)


class DecisionToldIn(serializers.Serializer[Any]):
    """When those it concerns were told, and who they are."""

    on = serializers.DateField()
    to = CleanTextField(max_length=300, required=False, allow_blank=True, default="")
    sectors = sectors(default=list)
    ids = groups(default=list)


class DecisionShownIn(MeantIn):
    """Who may see a decision; its words stay as they are."""

    visibility = serializers.ChoiceField(choices=LEVEL_CHOICES)


class DecisionView(SpaceAPIView):
    """Decisions of the partnership in the address."""

    reading: ClassVar[Permission | None] = Permission.SEE_PARTNERSHIP
    writing: ClassVar[Permission | None] = Permission.EDIT_PARTNERSHIP
    serializer_class: Any = DecisionOut

    def partnership(self) -> Partnership:
        """The partnership; 404 out of sight."""
        return or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))

    def editable(self) -> Partnership:
        """The partnership, in which the caller may edit; 403 otherwise."""
        found = self.partnership()
        self.require(Permission.EDIT_PARTNERSHIP, found.scope_id)
        return found

    def decision(self, partnership: Partnership) -> Decision:
        """The decision in the address; 404 out of sight."""
        rows = (
            decisions_visible_to(self.viewer).filter(partnership=partnership).prefetch_related("positions", "audience")
        )
        found: Decision = get_object_or_404(rows, year=self.kwargs["year"], number=self.kwargs["number"])
        return found

    def stepped(self, act: Callable[[Decision], Decision]) -> Response:
        """Do a step of coordination; 409 with the reason where the decision's state does not allow it."""
        return Response(DecisionOut(_done(lambda: act(self.decision(self.editable())))).data)


class DecisionList(DecisionView):
    """The register of a partnership."""

    @extend_schema(responses=DecisionOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of it, the newest number first."""
        rows = (
            decisions_visible_to(self.viewer)
            .filter(partnership=self.partnership())
            .prefetch_related("positions", "audience")
        )
        return self.get_paginated_response(DecisionOut(self.paginate_queryset(rows), many=True).data)

    @extend_schema(request=DecisionIn, responses={201: DecisionOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Write a decision; 409 for what the rules of the partnership refuse."""
        partnership = self.editable()
        wanted = DecisionIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        fields = dict(wanted.validated_data)
        positions, affected = _positions(fields.pop("positions")), _affected(fields)
        before_id = fields.pop("supersedes_id")
        rows = decisions_visible_to(self.viewer).filter(partnership=partnership)
        before = get_object_or_404(rows, pk=before_id) if before_id else None
        decision = _done(
            lambda: record_decision(
                partnership=partnership,
                by=self.person,
                supersedes=before,
                positions=positions,
                affected=affected,
                **fields,
            )
        )
        return Response(DecisionOut(decision).data, status=status.HTTP_201_CREATED)


class DecisionDetail(DecisionView):
    """One decision."""

    @extend_schema(responses=DecisionOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """The decision, with who stood where."""
        return Response(DecisionOut(self.decision(self.partnership())).data)

    @extend_schema(request=DecisionChangeIn, responses=DecisionOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Reword a proposal; 409 once it was taken (R-C6)."""
        decision = self.decision(self.editable())
        wanted = DecisionChangeIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        fields = dict(wanted.validated_data)
        positions = _positions(fields.pop("positions")) if "positions" in fields else None
        named = {"affected_sectors", "affected_ids"} & set(fields)
        affected = _affected(fields) if named else None
        changed = _done(
            lambda: change_decision(decision=decision, by=self.person, positions=positions, affected=affected, **fields)
        )
        return Response(DecisionOut(changed).data)


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
        taken = _done(
            lambda: take_decision(
                decision=decision, by=self.person, outcome=said["outcome"], positions=_positions(said["positions"])
            )
        )
        return Response(DecisionOut(taken).data)


class DecisionReview(DecisionView):
    """Looking at a decision again."""

    reading = None

    @extend_schema(request=DecisionReviewIn, responses=DecisionOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Keep it; 409 for one that does not count."""
        wanted = DecisionReviewIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        return self.stepped(lambda one: review_decision(decision=one, by=self.person, **wanted.validated_data))


class DecisionRevoke(DecisionView):
    """Taking a decision back."""

    reading = None

    @extend_schema(request=None, responses=DecisionOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Take it back without another in its place; 409 for one that does not count."""
        return self.stepped(lambda one: revoke_decision(decision=one, by=self.person))


class DecisionTold(DecisionView):
    """Telling those a decision concerns."""

    reading = None

    @extend_schema(request=DecisionToldIn, responses=DecisionOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Write down when they were told; 409 for a proposal."""
        wanted = DecisionToldIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        said = wanted.validated_data
        told = Audience(frozenset(said["sectors"]), frozenset(said["ids"]))
        return self.stepped(
            lambda one: note_communicated(decision=one, by=self.person, on=said["on"], to=said["to"], told=told)
        )


class DecisionShown(DecisionView):
    """Who may see a decision."""

    reading = None

    @extend_schema(request=DecisionShownIn, responses=DecisionOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Choose it, also once it was taken; 400 for a level wider than the partnership's own."""
        wanted = DecisionShownIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        return self.stepped(lambda one: show_decision_to(decision=one, by=self.person, **wanted.validated_data))


class AgendaItemDecisions(MeetingView):
    """Decisions taken on a subject of a meeting."""

    reading = None
    # As wide as the door of the running meeting: who takes the minutes writes them.
    writing = Permission.SEE_PARTNERSHIP
    serializer_class = DecisionOut

    @extend_schema(request=MeetingDecisionIn, responses={201: DecisionOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Put one into the register; 409 outside the time for notes and for what the rules refuse."""
        meeting = self.meeting_to_note()
        item, fields = self.item(meeting), self.asked(MeetingDecisionIn)
        fields |= {"meeting": meeting, "item": item, "positions": _positions(fields.pop("positions"))}
        fields["affected"] = _affected(fields)
        decision = _done(lambda: record_decision(partnership=meeting.partnership, by=self.person, **fields))
        return Response(DecisionOut(decision).data, status=status.HTTP_201_CREATED)


def _done(act: Callable[[], Decision]) -> Decision:
    try:
        return act()
    except DecisionRefusedError as refusal:
        raise ConflictError(str(refusal)) from refusal


def _affected(fields: dict[str, Any]) -> Audience:
    """Whom a decision affects, taken out of what was sent."""
    return Audience(frozenset(fields.pop("affected_sectors", ())), frozenset(fields.pop("affected_ids", ())))


def _positions(rows: list[dict[str, Any]]) -> Positions:
    return {row["member_id"]: Stand(row["position"], row["note"]) for row in rows}
