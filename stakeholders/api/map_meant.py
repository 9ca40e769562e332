"""Who on a map lives which need, and to whom what was promised publicly, in the API."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from stakeholders.api.stakeholder_map import MapView
from stakeholders.operations.stakeholder_map import say_who_is_meant
from stakeholders.queries.map_meant import NEED, PROMISE, Meant, meant_on


class MeantCandidateOut(serializers.Serializer[Any]):
    """Somebody on the map; ``is_said`` when somebody said so by hand, else words decide."""

    entry_id = serializers.UUIDField()
    name = serializers.CharField()
    is_meant = serializers.BooleanField()
    is_said = serializers.BooleanField()


class MeantOut(serializers.Serializer[Any]):
    """A need or a public promise, with everybody on the map."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=[(NEED, NEED), (PROMISE, PROMISE)])
    title = serializers.CharField()
    words = serializers.CharField()
    url = serializers.CharField()
    candidates = MeantCandidateOut(many=True)


class MeantIn(serializers.Serializer[Any]):
    """Who is meant; nobody is an answer too."""

    entry_ids = serializers.ListField(child=serializers.UUIDField(), max_length=500)


class MeantList(MapView):
    """The needs and promises around a map."""

    writing = None
    serializer_class = MeantOut

    @extend_schema(responses=MeantOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them: needs first."""
        found = self.paginate_queryset(meant_on(self.viewer, self.found()))
        return self.get_paginated_response(MeantOut(found, many=True).data)


class MeantDetail(MapView):
    """One of them."""

    serializer_class = MeantOut

    @extend_schema(responses=MeantOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """With everybody on the map."""
        return Response(MeantOut(self._meant()).data)

    @extend_schema(request=MeantIn, responses=MeantOut)
    def put(self, request: Request, **kwargs: Any) -> Response:
        """Say who is meant; 404 for an entry of another map."""
        meant = self._meant()
        wanted = MeantIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        entry_ids = set(wanted.validated_data["entry_ids"])
        if entry_ids - {one.entry_id for one in meant.candidates}:
            raise Http404
        say_who_is_meant(found=self.found(), meant=meant, entry_ids=entry_ids, by=self.person)
        return Response(MeantOut(self._meant()).data)

    def _meant(self) -> Meant:
        found = meant_on(self.viewer, self.found())
        meant = next((one for one in found if one.id == self.kwargs["subject_id"]), None)
        if meant is None:
            raise Http404
        return meant
