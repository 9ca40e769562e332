"""Members in the API."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.views import SpaceAPIView
from partnerships.models import PartnershipMember
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
