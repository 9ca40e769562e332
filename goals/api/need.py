"""Needs of a partnership in the API: what residents need, how it is known, and who finds it pressing."""

import uuid
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
from goals.models import Need, NeedVote
from goals.operations.need import (
    NeedRefusedError,
    add_need,
    change_need,
    move_need,
    support_need,
    withdraw_support,
)
from goals.queries.need import members_to_speak_for, needs_in_full
from partnerships.models import Partnership, PartnershipMember
from partnerships.queries.partnership import partnership_at
from partnerships.rules.visibility import LEVELS


class NeedVoteOut(serializers.ModelSerializer[NeedVote]):
    """A member that finds the need pressing."""

    class Meta:
        model = NeedVote
        fields = ["member_id", "at"]
        read_only_fields = fields


class NeedOut(serializers.ModelSerializer[Need]):
    """A need; ``goals`` are the numbers of the goals that answer it, as far as the caller sees them."""

    # Empty while nobody said how it is known.
    evidence = serializers.CharField(read_only=True)
    votes = NeedVoteOut(many=True, read_only=True)
    goals = serializers.SerializerMethodField()

    class Meta:
        model = Need
        fields = [
            "number", "statement_en", "statement_it", "affected_en", "affected_it", "place", "evidence", "source",
            "evidence_on", "state", "visibility", "votes", "goals",
        ]  # fmt: skip
        read_only_fields = fields

    def get_goals(self, need: Need) -> list[int]:
        """By number."""
        return [link.goal.number for link in need.goal_links.all()]


class NeedIn(serializers.Serializer[Any]):
    """A need; one sentence in one language is enough."""

    statement_en = CleanTextField(max_length=300, required=False, allow_blank=True)
    statement_it = CleanTextField(max_length=300, required=False, allow_blank=True)
    affected_en = CleanTextField(max_length=200, required=False, allow_blank=True)
    affected_it = CleanTextField(max_length=200, required=False, allow_blank=True)
    place = CleanTextField(max_length=120, required=False, allow_blank=True)
    evidence = serializers.ChoiceField(choices=Need.Evidence.choices, required=False, allow_blank=True)
    source = CleanTextField(max_length=300, required=False, allow_blank=True)  # type: ignore[assignment]  # a field's own attribute of that name
    evidence_on = serializers.DateField(required=False, allow_null=True)
    visibility = serializers.ChoiceField(choices=[(level.value, level.label) for level in LEVELS], required=False)


class NeedChangeIn(MeantIn, NeedIn):
    """What of a need shall change."""


class CommunityNeedMoveIn(serializers.Serializer[Any]):
    """Where a need goes."""

    to = serializers.ChoiceField(choices=Need.State.choices)


class NeedView(SpaceAPIView):
    """Needs of the partnership in the address."""

    reading: ClassVar[Permission | None] = Permission.SEE_PARTNERSHIP
    writing: ClassVar[Permission | None] = Permission.EDIT_GOALS
    serializer_class: Any = NeedOut

    def partnership(self) -> Partnership:
        """The partnership; 404 out of sight."""
        return or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))

    def need(self) -> Need:
        """The need; the same 404 for one that is nowhere, elsewhere or out of sight."""
        slug, number = self.kwargs["slug"], self.kwargs["number"]
        found: Need = get_object_or_404(needs_in_full(self.viewer), partnership__slug=slug, number=number)
        return found

    def editable(self) -> Need:
        """The need, which the caller may edit; 403 otherwise."""
        need = self.need()
        self.require(Permission.EDIT_GOALS, need.partnership.scope_id)
        return need

    def told(self, code: int = status.HTTP_200_OK) -> Response:
        """The need as it is now."""
        return Response(NeedOut(self.need()).data, status=code)


class NeedList(NeedView):
    """What residents need, as a partnership knows it."""

    @extend_schema(parameters=[OpenApiParameter("state", str, enum=Need.State.values)], responses=NeedOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of needs, by number."""
        rows = needs_in_full(self.viewer).filter(partnership=self.partnership())
        if state := request.query_params.get("state", ""):
            if state not in Need.State.values:
                raise serializers.ValidationError({"state": [state]})
            rows = rows.filter(state=state)
        return self.get_paginated_response(NeedOut(self.paginate_queryset(rows), many=True).data)

    @extend_schema(request=NeedIn, responses={201: NeedOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Write one down."""
        partnership = self.partnership()
        self.require(Permission.EDIT_GOALS, partnership.scope_id)
        wanted = NeedIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        made = add_need(partnership=partnership, by=self.person, **wanted.validated_data)
        return Response(NeedOut(needs_in_full(self.viewer).get(pk=made.pk)).data, status=status.HTTP_201_CREATED)


class NeedDetail(NeedView):
    """One need."""

    @extend_schema(responses=NeedOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """The need, with who finds it pressing."""
        return self.told()

    @extend_schema(request=NeedChangeIn, responses=NeedOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Say it more exactly."""
        need = self.editable()
        wanted = NeedChangeIn(data=request.data, partial=True)
        wanted.is_valid(raise_exception=True)
        change_need(need=need, by=self.person, **wanted.validated_data)
        return self.told()


class NeedMove(NeedView):
    """A need's way through its life."""

    @extend_schema(request=CommunityNeedMoveIn, responses=NeedOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Take it on; 409 for a state that does not follow."""
        need = self.editable()
        wanted = CommunityNeedMoveIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            move_need(need=need, by=self.person, **wanted.validated_data)
        except NeedRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return self.told()


class NeedSupport(NeedView):
    """That a member finds a need pressing."""

    reading = None
    writing = Permission.TAKE_PART

    @extend_schema(request=None, responses=NeedOut)
    def put(self, request: Request, member_id: uuid.UUID, **kwargs: Any) -> Response:
        """Say so, for a member the caller may speak for; 409 for a settled need."""
        need = self.need()
        try:
            support_need(need=need, member=self._member(need, member_id), by=self.person)
        except NeedRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return self.told()

    @extend_schema(responses={204: None})
    def delete(self, request: Request, member_id: uuid.UUID, **kwargs: Any) -> Response:
        """Take it back."""
        need = self.need()
        withdraw_support(need=need, member=self._member(need, member_id), by=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _member(self, need: Need, member_id: uuid.UUID) -> PartnershipMember:
        """The member; 404 for one the caller does not speak for."""
        offered = members_to_speak_for(self.viewer, need.partnership)
        keys = [member.pk for member in offered]
        found: PartnershipMember = get_object_or_404(PartnershipMember.objects.filter(pk__in=keys), pk=member_id)
        return found
