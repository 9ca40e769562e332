"""Kits in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.views import SpaceAPIView
from partnerships.queries.kit import available_kits


class KitOut(serializers.Serializer[Any]):
    """A kit to begin a partnership with; ``content`` holds its items by section."""

    code = serializers.CharField()
    version = serializers.IntegerField()
    name_en = serializers.CharField()
    name_it = serializers.CharField()
    sentence_en = serializers.CharField()
    sentence_it = serializers.CharField()
    is_own = serializers.BooleanField()
    content = serializers.DictField(child=serializers.ListField(child=serializers.DictField()))


class KitList(SpaceAPIView):
    """The kits there are."""

    reading = Permission.CREATE_PARTNERSHIPS
    serializer_class = KitOut

    @extend_schema(responses=KitOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them: ours first, then the space's own."""
        found = self.paginate_queryset(available_kits())
        return self.get_paginated_response(KitOut(found, many=True).data)
