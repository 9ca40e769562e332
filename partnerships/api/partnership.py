"""Partnerships in the API."""

from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.models import User
from partnerships.models import Partnership
from partnerships.operations.partnership import TransitionRefusedError, move_partnership
from partnerships.queries.partnership import partnership_list


class PartnershipOut(serializers.ModelSerializer[Partnership]):
    """A partnership as the API shows it."""

    member_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = Partnership
        fields = [
            "id",
            "slug",
            "name",
            "purpose",
            "territory",
            "state",
            "mode",
            "starts_on",
            "ends_on",
            "visibility",
            "member_count",
        ]
        read_only_fields = fields


class MoveIn(serializers.Serializer[Any]):
    """Where a partnership shall go, and why, when a condition is not met."""

    to = serializers.ChoiceField(choices=Partnership.State.choices)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=500, default="")


class PartnershipList(SpaceAPIView):
    """The partnerships the caller may see."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = PartnershipOut

    def get_queryset(self) -> QuerySet[Partnership]:
        """Visible ones, by name."""
        return partnership_list(self.viewer)

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(PartnershipOut(found, many=True).data)


class PartnershipDetail(SpaceAPIView):
    """One partnership."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = PartnershipOut

    def get(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """The partnership."""
        return Response(PartnershipOut(get_object_or_404(partnership_list(self.viewer), slug=slug)).data)


class PartnershipMove(SpaceAPIView):
    """Moving a partnership through its life."""

    writing = Permission.EDIT_PARTNERSHIP
    serializer_class = MoveIn

    @extend_schema(request=MoveIn, responses=PartnershipOut)
    def post(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """Move; 409 when a gate is closed and no reason was given."""
        partnership = get_object_or_404(partnership_list(self.viewer), slug=slug)
        self.require(Permission.EDIT_PARTNERSHIP, partnership.scope_id)
        wanted = MoveIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            move_partnership(partnership=partnership, by=cast("User", request.user), **wanted.validated_data)
        except TransitionRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(PartnershipOut(partnership_list(self.viewer).get(pk=partnership.pk)).data)
