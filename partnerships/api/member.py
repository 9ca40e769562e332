"""Members in the API."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from partnerships.models import ExitStep, PartnershipMember
from partnerships.operations.exit import ExitRefusedError, settle_exit_step
from partnerships.queries.exit import exit_rows
from partnerships.queries.member import members_visible_to
from partnerships.queries.partnership import partnerships_visible_to


class MemberOut(serializers.ModelSerializer[PartnershipMember]):
    """A member as the API shows it."""

    name = serializers.CharField(source="organisation.name", read_only=True)

    class Meta:
        model = PartnershipMember
        fields = ["id", "organisation_id", "name", "role", "is_lead", "state", "joined_on", "left_on"]
        read_only_fields = fields


class MemberList(SpaceAPIView):
    """The members of a partnership."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = MemberOut

    def get_queryset(self) -> QuerySet[PartnershipMember]:
        """Those of the partnership in the address, the lead first; 404 out of sight."""
        partnership = get_object_or_404(partnerships_visible_to(self.viewer), slug=self.kwargs["slug"])
        return members_visible_to(self.viewer).filter(partnership=partnership)

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(MemberOut(found, many=True).data)


class HoldOut(serializers.Serializer[Any]):
    """Something a leaving member still holds; ``stops``: its point cannot be settled before."""

    text = serializers.CharField()
    stops = serializers.BooleanField()


class ExitRowOut(serializers.Serializer[Any]):
    """A point of the checklist for leaving."""

    kind = serializers.ChoiceField(choices=ExitStep.Kind.choices)
    note = serializers.CharField()
    settled_on = serializers.DateField(allow_null=True)
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

    reading = Permission.EDIT_PARTNERSHIP
    writing = Permission.EDIT_PARTNERSHIP
    serializer_class = ExitOut

    @extend_schema(responses=ExitOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """The seven points."""
        return Response(ExitOut({"results": exit_rows(self._member())}).data)

    @extend_schema(request=ExitIn, responses=ExitOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Settle a point or open it again; 409 for a member that stays and for what is still held."""
        member = self._member()
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
        self.require(Permission.EDIT_PARTNERSHIP, member.partnership.scope_id)
        return member
