"""Relations between stakeholders in the API."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.views import SpaceAPIView
from stakeholders.api.fields import optional_text
from stakeholders.models import InfluenceLink, Stakeholder
from stakeholders.operations.influence_link import add_relation, end_relation, remove_relation
from stakeholders.queries.influence_link import network_around, network_of_map, relations_of
from stakeholders.queries.stakeholder import stakeholders_kept_by
from stakeholders.queries.stakeholder_map import maps_visible_to


class RelationOut(serializers.ModelSerializer[InfluenceLink]):
    """A relation: ``source`` funds, regulates, advises ... ``target``."""

    class Meta:
        model = InfluenceLink
        fields = ["id", "source_id", "target_id", "kind", "strength", "since", "until", "note"]
        read_only_fields = fields


class RelationIn(serializers.Serializer[Any]):
    """A relation of the stakeholder in the address to another one."""

    target_id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=InfluenceLink.Kind.choices)
    strength = serializers.ChoiceField(choices=InfluenceLink.Strength.choices, required=False)
    since = serializers.DateField(required=False, allow_null=True)
    note = optional_text(300)


class RelationEndIn(serializers.Serializer[Any]):
    """The day a relation ended."""

    until = serializers.DateField()


class NetworkNodeOut(serializers.Serializer[Any]):
    """A stakeholder in a network; ``connects`` is how many parts hang together by it alone, 0 for none."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    sector = serializers.ChoiceField(choices=Stakeholder.Sector.choices)
    ties = serializers.IntegerField()
    connects = serializers.IntegerField()
    is_isolated = serializers.BooleanField()


class NetworkOut(serializers.Serializer[Any]):
    """Who is tied to whom: everybody, the relations that hold among them, and what that says in sentences."""

    nodes = NetworkNodeOut(many=True)
    links = RelationOut(many=True)
    findings = serializers.ListField(child=serializers.CharField())


class RelationView(SpaceAPIView):
    """Relations of the stakeholder in the address."""

    reading = Permission.SEE_STAKEHOLDERS
    writing: ClassVar[Permission | None] = Permission.EDIT_STAKEHOLDERS
    serializer_class: Any = RelationOut

    def stakeholder(self) -> Stakeholder:
        """The stakeholder; 404 out of sight."""
        return get_object_or_404(stakeholders_kept_by(self.viewer), pk=self.kwargs["stakeholder_id"])


class RelationList(RelationView):
    """What a stakeholder does to others, and others to it."""

    @extend_schema(responses=RelationOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of it, what holds before what has ended."""
        found = self.paginate_queryset(relations_of(self.viewer, self.stakeholder()))
        return self.get_paginated_response(RelationOut(found, many=True).data)

    @extend_schema(request=RelationIn, responses={201: RelationOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Write one down; 400 for one known already and for a stakeholder with itself."""
        source = self.stakeholder()
        wanted = RelationIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        facts = dict(wanted.validated_data)
        target = get_object_or_404(stakeholders_kept_by(self.viewer), pk=facts.pop("target_id"))
        relation = add_relation(source=source, target=target, by=self.person, **facts)
        return Response(RelationOut(relation).data, status=status.HTTP_201_CREATED)


class RelationDetail(RelationView):
    """One relation."""

    def get(self, request: Request, **kwargs: Any) -> Response:
        """The relation."""
        return Response(RelationOut(self._found()).data)

    @extend_schema(request=RelationEndIn, responses=RelationOut)
    def patch(self, request: Request, **kwargs: Any) -> Response:
        """End it; 400 for a day before it began."""
        found = self._found()
        wanted = RelationEndIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        return Response(RelationOut(end_relation(relation=found, by=self.person, **wanted.validated_data)).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, **kwargs: Any) -> Response:
        """Take out what was written down by mistake."""
        remove_relation(relation=self._found(), by=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _found(self) -> InfluenceLink:
        return get_object_or_404(relations_of(self.viewer, self.stakeholder()), pk=self.kwargs["influence_link_id"])


class StakeholderNetwork(RelationView):
    """The network around a stakeholder."""

    writing = None
    serializer_class = NetworkOut

    @extend_schema(operation_id="stakeholder_network", responses=NetworkOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """It, those tied to it (at most sixty in all), and the relations among them."""
        return Response(NetworkOut(network_around(self.viewer, self.stakeholder())).data)


class MapNetwork(SpaceAPIView):
    """The network of a map."""

    reading = Permission.ASSESS_STAKEHOLDERS
    serializer_class = NetworkOut

    @extend_schema(operation_id="stakeholder_map_network", responses=NetworkOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """Everybody on the map, and the relations among them."""
        found = get_object_or_404(maps_visible_to(self.viewer), pk=self.kwargs["map_id"])
        return Response(NetworkOut(network_of_map(self.viewer, found)).data)
