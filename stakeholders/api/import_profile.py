"""Mapping profiles in the API."""

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.views import SpaceAPIView
from stakeholders.models import ImportProfile
from stakeholders.operations.import_profile import delete_profile, rename_profile
from stakeholders.queries.import_profile import profiles_visible_to


class ProfileOut(serializers.ModelSerializer[ImportProfile]):
    """A mapping of columns kept under a name."""

    columns = serializers.DictField(source="mapping.columns", child=serializers.CharField(), read_only=True)
    defaults = serializers.DictField(source="mapping.defaults", child=serializers.CharField(), read_only=True)

    class Meta:
        model = ImportProfile
        fields = ["id", "name", "columns", "defaults", "created_at"]
        read_only_fields = fields


class ProfileIn(serializers.Serializer[Any]):
    """Another name."""

    name = serializers.CharField(max_length=60)


class ProfileList(SpaceAPIView):
    """The profiles of the space; they are saved where the columns of a file are matched."""

    reading = Permission.IMPORT_STAKEHOLDERS
    serializer_class = ProfileOut

    @extend_schema(responses=ProfileOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, by name."""
        found = self.paginate_queryset(profiles_visible_to(self.viewer))
        return self.get_paginated_response(ProfileOut(found, many=True).data)


class ProfileDetail(SpaceAPIView):
    """One profile."""

    reading = Permission.IMPORT_STAKEHOLDERS
    writing = Permission.IMPORT_STAKEHOLDERS
    serializer_class = ProfileOut

    def get(self, request: Request, import_profile_id: uuid.UUID, **kwargs: Any) -> Response:
        """Its name and what its columns hold."""
        return Response(ProfileOut(self._profile(import_profile_id)).data)

    @extend_schema(request=ProfileIn, responses=ProfileOut)
    def patch(self, request: Request, import_profile_id: uuid.UUID, **kwargs: Any) -> Response:
        """Give it another name; 400 for one that is taken."""
        profile = self._profile(import_profile_id)
        wanted = ProfileIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        renamed = rename_profile(profile=profile, by=self.person, name=wanted.validated_data["name"])
        return Response(ProfileOut(renamed).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, import_profile_id: uuid.UUID, **kwargs: Any) -> Response:
        """Forget it."""
        delete_profile(profile=self._profile(import_profile_id), by=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _profile(self, pk: uuid.UUID) -> ImportProfile:
        return get_object_or_404(profiles_visible_to(self.viewer), pk=pk)
