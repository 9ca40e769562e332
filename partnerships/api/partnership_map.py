"""The maps of a partnership, in the API."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from partnerships.models import Partnership
from partnerships.operations.partnership_map import connect_map, disconnect_map
from partnerships.queries.partnership import partnership_at
from partnerships.queries.partnership_map import maps_of, partnership_gaps
from stakeholders.api.map_gap import MapGapOut
from stakeholders.models import StakeholderMap
from stakeholders.queries.stakeholder_map import maps_visible_to


class PartnershipMapOut(serializers.Serializer[Any]):
    """A map with what the gates ask of it."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    issue = serializers.CharField()
    on_map = serializers.IntegerField()
    affected = serializers.IntegerField()
    assessed_on = serializers.DateField(allow_null=True)


class PartnershipMapIn(serializers.Serializer[Any]):
    """Which map to take along."""

    map_id = serializers.UUIDField()


class PartnershipMapView(SpaceAPIView):
    """Maps of the partnership in the address, for who may edit it and see maps."""

    reading = Permission.ASSESS_STAKEHOLDERS
    writing: ClassVar[Permission | None] = Permission.ASSESS_STAKEHOLDERS
    serializer_class: Any = PartnershipMapOut

    def partnership(self) -> Partnership:
        """The partnership; 404 out of sight, 403 without the right to edit it."""
        found = or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))
        self.require(Permission.EDIT_PARTNERSHIP, found.scope_id)
        return found


class PartnershipMapList(PartnershipMapView):
    """What was taken along."""

    def get_queryset(self) -> QuerySet[StakeholderMap]:
        """Newest first."""
        return maps_of(self.viewer, self.partnership())

    @extend_schema(responses=PartnershipMapOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(PartnershipMapOut(found, many=True).data)

    @extend_schema(request=PartnershipMapIn, responses={201: PartnershipMapOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Take a map along; 404 for one that is not there."""
        partnership = self.partnership()
        wanted = PartnershipMapIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        found = get_object_or_404(maps_visible_to(self.viewer), pk=wanted.validated_data["map_id"])
        connect_map(partnership=partnership, found=found, by=self.person)
        answer = PartnershipMapOut(self.get_queryset().get(pk=found.pk)).data
        return Response(answer, status=status.HTTP_201_CREATED)


class PartnershipMapDetail(PartnershipMapView):
    """One of them."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, **kwargs: Any) -> Response:
        """Leave it behind; the map itself stays."""
        partnership = self.partnership()
        found = get_object_or_404(maps_of(self.viewer, partnership), pk=self.kwargs["map_id"])
        disconnect_map(partnership=partnership, found=found, by=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)


class PartnershipGapList(PartnershipMapView):
    """What the partnership's maps are missing together."""

    writing = None
    serializer_class = MapGapOut

    @extend_schema(responses=MapGapOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of gaps, each with its next steps."""
        gaps = partnership_gaps(self.viewer, self.partnership(), today=timezone.localdate())
        return self.get_paginated_response(MapGapOut(self.paginate_queryset(gaps), many=True).data)
