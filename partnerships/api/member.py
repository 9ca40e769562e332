"""Members in the API."""

import uuid
from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.access.viewer import Viewer
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from partnerships.models import ExitStep, Partnership, PartnershipMember
from partnerships.operations.exit import ExitRefusedError, settle_exit_step
from partnerships.operations.member import (
    LeavesBeforeTodayError,
    MemberRefusedError,
    change_member,
    invite_member,
    move_member,
)
from partnerships.queries.exit import exit_rows, is_own_exit
from partnerships.queries.member import members_visible_to
from partnerships.queries.partnership import partnership_at
from partnerships.queries.representative import members_told_why
from stakeholders.queries.stakeholder import stakeholders_visible_to


class MemberOut(serializers.ModelSerializer[PartnershipMember]):
    """A member as the API shows it; ``state_reason`` is empty for all but the organisation itself and coordination.

    ``told`` in the context are the members whose reasons may be read; None for all of them.
    """

    name = serializers.CharField(source="organisation.name", read_only=True)
    state_reason = serializers.SerializerMethodField()

    class Meta:
        model = PartnershipMember
        fields = [
            "id", "organisation_id", "name", "role", "seat", "is_lead", "state", "state_reason", "joined_on", "left_on",
            "leaves_on",
        ]  # fmt: skip
        read_only_fields = fields

    def get_state_reason(self, member: PartnershipMember) -> str:
        """Why it stands where it stands, for those who may know."""
        told = self.context["told"]
        return member.state_reason if told is None or member.pk in told else ""


def told_why(viewer: Viewer, partnership: Partnership) -> list[uuid.UUID] | None:
    """The members whose reasons a viewer may read; None for all of them."""
    if viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id):
        return None
    return members_told_why(viewer.user) if viewer.user else []


class MemberChangeIn(serializers.Serializer[Any]):
    """A member's part; what is left out stays."""

    role = CleanTextField(max_length=120, required=False, allow_blank=True)
    seat = serializers.ChoiceField(choices=PartnershipMember.Seat.choices, required=False, allow_blank=True)
    is_lead = serializers.BooleanField(required=False)


class MemberNewIn(MemberChangeIn):
    """An organisation or group of the register to ask."""

    organisation_id = serializers.UUIDField()


class MemberMoveIn(serializers.Serializer[Any]):
    """Where a membership goes; suspending and excluding need a reason the organisation reads."""

    to = serializers.ChoiceField(choices=PartnershipMember.State.choices)
    reason = CleanTextField(max_length=500, multiline=True, required=False, allow_blank=True, default="")
    leaves_on = serializers.DateField(
        required=False,
        allow_null=True,
        default=None,
        help_text="Of one that gives notice; without it the end of the notice that was agreed.",
    )


class MemberList(SpaceAPIView):
    """The members of a partnership."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.EDIT_PARTNERSHIP
    serializer_class = MemberOut

    def partnership(self) -> Partnership:
        """The partnership in the address; 404 out of sight."""
        return or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))

    def get_queryset(self) -> QuerySet[PartnershipMember]:
        """Those of the partnership in the address, the lead first; 404 out of sight."""
        return members_visible_to(self.viewer).filter(partnership=self.partnership())

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        partnership = self.partnership()
        found = self.paginate_queryset(members_visible_to(self.viewer).filter(partnership=partnership))
        told = told_why(self.viewer, partnership)
        return self.get_paginated_response(MemberOut(found, many=True, context={"told": told}).data)

    @extend_schema(request=MemberNewIn, responses={201: MemberOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Ask an organisation to join; 409 for one that is in already, and for a person."""
        partnership = self.partnership()
        self.require(Permission.EDIT_PARTNERSHIP, partnership.scope_id)
        wanted = MemberNewIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        fields = dict(wanted.validated_data)
        organisation = get_object_or_404(stakeholders_visible_to(self.viewer), pk=fields.pop("organisation_id"))
        try:
            member = invite_member(partnership=partnership, organisation=organisation, by=self.person, **fields)
        except MemberRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(MemberOut(member, context={"told": None}).data, status=status.HTTP_201_CREATED)


class MemberView(SpaceAPIView):
    """The member of an address."""

    reading: ClassVar[Permission | None] = Permission.SEE_PARTNERSHIP
    writing: ClassVar[Permission | None] = Permission.EDIT_PARTNERSHIP
    serializer_class: Any = MemberOut

    def member(self) -> PartnershipMember:
        """It; 404 out of sight."""
        rows = members_visible_to(self.viewer).filter(partnership__slug=self.kwargs["slug"])
        found: PartnershipMember = get_object_or_404(rows, pk=self.kwargs["member_id"])
        return found

    def editable(self) -> PartnershipMember:
        """It, for who coordinates its partnership; 403 for others."""
        found = self.member()
        self.require(Permission.EDIT_PARTNERSHIP, found.partnership.scope_id)
        return found


class MemberDetail(MemberView):
    """One member."""

    def get(self, request: Request, **kwargs: Any) -> Response:
        """The member."""
        member = self.member()
        return Response(MemberOut(member, context={"told": told_why(self.viewer, member.partnership)}).data)

    @extend_schema(request=MemberChangeIn, responses=MemberOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """Change its part; a new lead takes the place of the old one."""
        member = self.editable()
        wanted = MemberChangeIn(data=request.data, partial=True)
        wanted.is_valid(raise_exception=True)
        fields = {"role": member.role, "seat": member.seat, "is_lead": member.is_lead} | wanted.validated_data
        return Response(MemberOut(change_member(member=member, by=self.person, **fields), context={"told": None}).data)


class MemberMove(MemberView):
    """Moving a membership on."""

    @extend_schema(request=MemberMoveIn, responses=MemberOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Move it; 409 for a state that does not follow, without a needed reason, and with points of leaving open."""
        member = self.editable()
        wanted = MemberMoveIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            moved = move_member(member=member, by=self.person, **wanted.validated_data)
        except LeavesBeforeTodayError as refusal:
            raise serializers.ValidationError({"leaves_on": [str(refusal)]}) from refusal
        except MemberRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(MemberOut(moved, context={"told": None}).data)


class HoldOut(serializers.Serializer[Any]):
    """Something a leaving member still holds; ``stops``: its point cannot be settled before."""

    text = serializers.CharField()
    url = serializers.CharField(help_text="The page inside the space where it is changed; empty for none.")
    stops = serializers.BooleanField()


class ExitRowOut(serializers.Serializer[Any]):
    """A point of the checklist for leaving."""

    kind = serializers.ChoiceField(choices=ExitStep.Kind.choices)
    note = serializers.CharField()
    settled_on = serializers.DateField(allow_null=True)
    settled_by = serializers.CharField(help_text="The name of who settled it; empty while it is open.")
    holds = HoldOut(many=True)


class ExitOut(serializers.Serializer[Any]):
    """The whole checklist."""

    results = ExitRowOut(many=True)


class ExitIn(serializers.Serializer[Any]):
    """A point settled, or open again."""

    kind = serializers.ChoiceField(choices=ExitStep.Kind.choices)
    settled = serializers.BooleanField()
    note = CleanTextField(max_length=500, required=False, default="", allow_blank=True)


class MemberExit(SpaceAPIView):
    """What has to be settled before a member has left."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.EDIT_PARTNERSHIP
    serializer_class = ExitOut

    @extend_schema(responses=ExitOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """The seven points, for coordination and the people of a member that leaves."""
        member = self._member()
        if not is_own_exit(member, self.person):
            self.require(Permission.EDIT_PARTNERSHIP, member.partnership.scope_id)
        return Response(ExitOut({"results": exit_rows(member)}).data)

    @extend_schema(request=ExitIn, responses=ExitOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Settle a point or open it again; 409 for a member that stays and for what is still held."""
        member = self._member()
        self.require(Permission.EDIT_PARTNERSHIP, member.partnership.scope_id)
        wanted = ExitIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        fields = wanted.validated_data
        try:
            settle_exit_step(
                member=member, kind=fields["kind"], by=self.person, is_settled=fields["settled"], note=fields["note"]
            )
        except ExitRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(ExitOut({"results": exit_rows(member)}).data)

    def _member(self) -> PartnershipMember:
        rows = members_visible_to(self.viewer).filter(partnership__slug=self.kwargs["slug"])
        member: PartnershipMember = get_object_or_404(rows, pk=self.kwargs["member_id"])
        return member
