"""Communities that bodies are compared with, in the API."""

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from stakeholders.models import ReferenceCategory, ReferenceProfile
from stakeholders.operations.representation_profile import (
    ProfileInUseError,
    add_reference_profile,
    change_reference_profile,
    remove_reference_profile,
)
from stakeholders.queries.representation import categories_of, profiles_visible_to
from stakeholders.rules.representation_profile import (
    FEWEST_GROUPS,
    FIRST_YEAR,
    LARGEST_COUNT,
    LAST_YEAR,
    LONGEST_LABEL,
    MOST_GROUPS,
    Category,
    ProfileLinesError,
    checked,
)


class CommunityGroupOut(serializers.ModelSerializer[ReferenceCategory]):
    """A group of a community."""

    class Meta:
        model = ReferenceCategory
        fields = ["id", "label", "population_count"]
        read_only_fields = fields


class CommunityOut(serializers.ModelSerializer[ReferenceProfile]):
    """A community along one dimension."""

    class Meta:
        model = ReferenceProfile
        fields = ["id", "dimension", "area", "year", "source"]
        read_only_fields = fields


class CommunityDetailOut(CommunityOut):
    """A community with its groups."""

    categories = serializers.SerializerMethodField()

    class Meta(CommunityOut.Meta):
        fields = [*CommunityOut.Meta.fields, "categories"]
        read_only_fields = fields

    @extend_schema_field(CommunityGroupOut(many=True))
    def get_categories(self, profile: ReferenceProfile) -> list[dict[str, Any]]:
        """The groups in their order."""
        return list(CommunityGroupOut(categories_of(profile), many=True).data)


class CommunityGroupIn(serializers.Serializer[Any]):
    """A group and how many people it has."""

    label = CleanTextField(max_length=LONGEST_LABEL)  # type: ignore[assignment]  # a field of that name
    population_count = serializers.IntegerField(min_value=0, max_value=LARGEST_COUNT)


class CommunityIn(serializers.Serializer[Any]):
    """A community to write down, or to correct as a whole."""

    dimension = serializers.ChoiceField(choices=ReferenceProfile.Dimension.choices)
    area = CleanTextField(max_length=120)
    year = serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    source = CleanTextField(max_length=200)  # type: ignore[assignment]  # a field of that name
    categories = serializers.ListField(child=CommunityGroupIn(), min_length=FEWEST_GROUPS, max_length=MOST_GROUPS)

    def validate_categories(self, groups: Sequence[dict[str, Any]]) -> list[Category]:
        """Groups of different names, with somebody in them."""
        try:
            return checked([Category(**group) for group in groups])
        except ProfileLinesError as error:
            raise serializers.ValidationError(str(error)) from error


class CommunityList(SpaceAPIView):
    """The communities described so far."""

    reading = Permission.SEE_STAKEHOLDERS
    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = CommunityOut

    @extend_schema(responses=CommunityOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        found = self.paginate_queryset(profiles_visible_to(self.viewer))
        return self.get_paginated_response(CommunityOut(found, many=True).data)

    @extend_schema(request=CommunityIn, responses={201: CommunityDetailOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Describe one; 400 when the dimension of that area is described for that year already."""
        wanted = CommunityIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        profile = add_reference_profile(by=self.person, **wanted.validated_data)
        return Response(CommunityDetailOut(profile).data, status=status.HTTP_201_CREATED)


class CommunityDetail(SpaceAPIView):
    """One community."""

    reading = Permission.SEE_STAKEHOLDERS
    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = CommunityDetailOut

    def get(self, request: Request, **kwargs: Any) -> Response:
        """With its groups."""
        return Response(CommunityDetailOut(self._found()).data)

    @extend_schema(request=CommunityIn, responses=CommunityDetailOut)
    def put(self, request: Request, **kwargs: Any) -> Response:
        """Correct it as a whole; 409 when an audit compares with it."""
        found = self._found()
        wanted = CommunityIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            changed = change_reference_profile(profile=found, by=self.person, **wanted.validated_data)
        except ProfileInUseError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(CommunityDetailOut(changed).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, **kwargs: Any) -> Response:
        """Take it out; 409 when an audit compares with it."""
        try:
            remove_reference_profile(profile=self._found(), by=self.person)
        except ProfileInUseError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _found(self) -> ReferenceProfile:
        return get_object_or_404(profiles_visible_to(self.viewer), pk=self.kwargs["profile_id"])
