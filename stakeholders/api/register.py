"""What stands beside a stakeholder in the API: contacts, register numbers, tags; and saved filters."""

import uuid
from typing import Any, ClassVar

from django.http import QueryDict
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.views import SpaceAPIView
from stakeholders.api.fields import optional_text
from stakeholders.models import ContactPoint, Identifier, SavedFilter, Stakeholder, StakeholderTag
from stakeholders.operations.contact import (
    add_contact_point,
    add_identifier,
    remove_contact_point,
    remove_identifier,
)
from stakeholders.operations.saved_filter import change_filter, delete_filter, save_filter
from stakeholders.operations.tag import tag_stakeholder, untag_stakeholder
from stakeholders.queries.register import filters_seen_by
from stakeholders.queries.stakeholder import stakeholders_kept_by
from stakeholders.rules.register import NarrowingError, narrowing_from


class ContactPointOut(serializers.ModelSerializer[ContactPoint]):
    """One more way to reach a stakeholder."""

    label = serializers.CharField(read_only=True)  # type: ignore[assignment]  # a fact named so

    class Meta:
        model = ContactPoint
        fields = ["id", "kind", "value", "label"]
        read_only_fields = fields


class ContactPointIn(serializers.Serializer[Any]):
    """A contact to add."""

    kind = serializers.ChoiceField(choices=ContactPoint.Kind.choices)
    value = CleanTextField(max_length=300)
    label = optional_text(60)  # type: ignore[assignment]  # a fact named so


class IdentifierOut(serializers.ModelSerializer[Identifier]):
    """A number in a register."""

    class Meta:
        model = Identifier
        fields = ["id", "scheme", "value"]
        read_only_fields = fields


class IdentifierIn(serializers.Serializer[Any]):
    """A number to add: ``RUNTS`` or a list's code of org-id.guide, and the number."""

    scheme = CleanTextField(max_length=30)
    value = CleanTextField(max_length=80)


class TagOut(serializers.ModelSerializer[StakeholderTag]):
    """A tag on a stakeholder."""

    tag = serializers.CharField(source="tag.name", read_only=True)

    class Meta:
        model = StakeholderTag
        fields = ["id", "tag_id", "tag"]
        read_only_fields = fields


class TagIn(serializers.Serializer[Any]):
    """A tag to put on."""

    tag = CleanTextField(max_length=40)


class SavedFilterOut(serializers.ModelSerializer[SavedFilter]):
    """A saved filter: the parameters of the list it stands for."""

    class Meta:
        model = SavedFilter
        fields = ["id", "name", "query", "is_shared", "owner_id"]
        read_only_fields = fields


class SavedFilterIn(serializers.Serializer[Any]):
    """A filter to save; ``query`` is what stands behind the question mark of the list."""

    name = CleanTextField(max_length=60)
    query = serializers.CharField(max_length=600)
    is_shared = serializers.BooleanField(default=False)


class SavedFilterChangeIn(serializers.Serializer[Any]):
    """What of a saved filter is changed; what is left out stays."""

    name = CleanTextField(max_length=60, required=False)
    is_shared = serializers.BooleanField(required=False)


class _OfStakeholder(SpaceAPIView):
    """Something of one stakeholder."""

    reading: ClassVar[Permission | None] = Permission.SEE_STAKEHOLDERS
    writing = Permission.EDIT_STAKEHOLDERS

    def stakeholder(self) -> Stakeholder:
        """The one of the address, when the caller may see it."""
        return get_object_or_404(stakeholders_kept_by(self.viewer), pk=self.kwargs["stakeholder_id"])


class ContactPointList(_OfStakeholder):
    """More ways to reach a stakeholder."""

    serializer_class = ContactPointOut

    @extend_schema(responses=ContactPointOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """All of them."""
        rows = ContactPoint.objects.filter(stakeholder=self.stakeholder()).order_by("id")
        return self.get_paginated_response(ContactPointOut(self.paginate_queryset(rows), many=True).data)

    @extend_schema(request=ContactPointIn, responses={201: ContactPointOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Add one."""
        stakeholder = self.stakeholder()
        wanted = ContactPointIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        point = add_contact_point(stakeholder=stakeholder, by=self.person, **wanted.validated_data)
        return Response(ContactPointOut(point).data, status=status.HTTP_201_CREATED)


class ContactPointDetail(_OfStakeholder):
    """One contact."""

    reading = None
    serializer_class = ContactPointOut

    @extend_schema(responses={204: None})
    def delete(self, request: Request, contact_point_id: uuid.UUID, **kwargs: Any) -> Response:
        """Take it out."""
        point = get_object_or_404(ContactPoint, pk=contact_point_id, stakeholder=self.stakeholder())
        remove_contact_point(point=point, by=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)


class IdentifierList(_OfStakeholder):
    """Numbers of a stakeholder in registers."""

    serializer_class = IdentifierOut

    @extend_schema(responses=IdentifierOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """All of them."""
        rows = Identifier.objects.filter(stakeholder=self.stakeholder()).order_by("id")
        return self.get_paginated_response(IdentifierOut(self.paginate_queryset(rows), many=True).data)

    @extend_schema(request=IdentifierIn, responses={201: IdentifierOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Add one; 400 for a number that cannot be right or that another stakeholder has."""
        stakeholder = self.stakeholder()
        wanted = IdentifierIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        identifier = add_identifier(stakeholder=stakeholder, by=self.person, **wanted.validated_data)
        return Response(IdentifierOut(identifier).data, status=status.HTTP_201_CREATED)


class IdentifierDetail(_OfStakeholder):
    """One number."""

    reading = None
    serializer_class = IdentifierOut

    @extend_schema(responses={204: None})
    def delete(self, request: Request, identifier_id: uuid.UUID, **kwargs: Any) -> Response:
        """Take it out."""
        identifier = get_object_or_404(Identifier, pk=identifier_id, stakeholder=self.stakeholder())
        remove_identifier(identifier=identifier, by=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)


class TagList(_OfStakeholder):
    """Tags on a stakeholder."""

    serializer_class = TagOut

    @extend_schema(responses=TagOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """All of them."""
        rows = StakeholderTag.objects.filter(stakeholder=self.stakeholder()).select_related("tag").order_by("id")
        return self.get_paginated_response(TagOut(self.paginate_queryset(rows), many=True).data)

    @extend_schema(request=TagIn, responses={201: TagOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Put one on; a word nobody used yet becomes a tag."""
        stakeholder = self.stakeholder()
        wanted = TagIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        tag = tag_stakeholder(stakeholder=stakeholder, name=wanted.validated_data["tag"], by=self.person)
        link = StakeholderTag.objects.get(stakeholder=stakeholder, tag=tag)
        return Response(TagOut(link).data, status=status.HTTP_201_CREATED)


class TagDetail(_OfStakeholder):
    """One tag on a stakeholder."""

    reading = None
    serializer_class = TagOut

    @extend_schema(responses={204: None})
    def delete(self, request: Request, stakeholder_tag_id: uuid.UUID, **kwargs: Any) -> Response:
        """Take it off."""
        stakeholder = self.stakeholder()
        link = get_object_or_404(StakeholderTag, pk=stakeholder_tag_id, stakeholder=stakeholder)
        untag_stakeholder(stakeholder=stakeholder, tag=link.tag, by=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)


class SavedFilterList(SpaceAPIView):
    """Saved filters: one's own and the shared ones."""

    reading = Permission.SEE_STAKEHOLDERS
    writing = Permission.SEE_STAKEHOLDERS
    serializer_class = SavedFilterOut

    @extend_schema(responses=SavedFilterOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """All of them, by name."""
        found = self.paginate_queryset(filters_seen_by(self.viewer))
        return self.get_paginated_response(SavedFilterOut(found, many=True).data)

    @extend_schema(request=SavedFilterIn, responses={201: SavedFilterOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Save one; 400 for parameters the list does not know."""
        wanted = SavedFilterIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        facts = dict(wanted.validated_data)
        try:
            narrowing = narrowing_from(QueryDict(facts.pop("query")).dict())
        except NarrowingError as error:
            raise ValidationError({"query": [str(error)]}) from error
        saved = save_filter(narrowing=narrowing, by=self.person, **facts)
        return Response(SavedFilterOut(saved).data, status=status.HTTP_201_CREATED)


class SavedFilterDetail(SpaceAPIView):
    """One saved filter."""

    reading = Permission.SEE_STAKEHOLDERS
    writing = Permission.SEE_STAKEHOLDERS
    serializer_class = SavedFilterOut

    def get(self, request: Request, saved_filter_id: uuid.UUID, **kwargs: Any) -> Response:
        """One's own or a shared one."""
        return Response(SavedFilterOut(get_object_or_404(filters_seen_by(self.viewer), pk=saved_filter_id)).data)

    @extend_schema(request=SavedFilterChangeIn, responses=SavedFilterOut)
    def patch(self, request: Request, saved_filter_id: uuid.UUID, **kwargs: Any) -> Response:
        """Rename one's own, share it or keep it to oneself."""
        saved = get_object_or_404(SavedFilter, pk=saved_filter_id, owner=self.person)
        wanted = SavedFilterChangeIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        facts = {"name": saved.name, "is_shared": saved.is_shared} | wanted.validated_data
        return Response(SavedFilterOut(change_filter(saved=saved, by=self.person, **facts)).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, saved_filter_id: uuid.UUID, **kwargs: Any) -> Response:
        """Forget one's own."""
        saved = get_object_or_404(SavedFilter, pk=saved_filter_id, owner=self.person)
        delete_filter(saved=saved, by=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)
