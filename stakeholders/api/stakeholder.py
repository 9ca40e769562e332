"""Stakeholders in the API."""

import uuid
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.views import SpaceAPIView
from stakeholders.models import Stakeholder
from stakeholders.operations.stakeholder import add_stakeholder, change_stakeholder
from stakeholders.queries.stakeholder import SORTS, Narrowing, stakeholder_list, stakeholders_visible_to
from stakeholders.rules.stakeholder import VISIBILITIES, statuses_by_hand


class StakeholderOut(serializers.ModelSerializer[Stakeholder]):
    """A stakeholder as the API shows it."""

    class Meta:
        model = Stakeholder
        fields = [
            "id",
            "kind",
            "name",
            "sector",
            "subtype",
            "tax_code",
            "vat_number",
            "place",
            "province",
            "region",
            "email",
            "phone",
            "website",
            "language",
            "description",
            "status",
            "source",
            "do_not_contact",
            "visibility",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields


def _text(length: int, *, multiline: bool = False) -> CleanTextField:
    return CleanTextField(max_length=length, multiline=multiline, required=False, allow_blank=True)


class StakeholderIn(serializers.Serializer[Any]):
    """What may be said of a stakeholder. A partner is made by a membership, so that state cannot be set here."""

    name = CleanTextField(max_length=200)
    kind = serializers.ChoiceField(choices=Stakeholder.Kind.choices, required=False)
    sector = serializers.ChoiceField(choices=Stakeholder.Sector.choices, required=False)
    subtype = _text(80)
    tax_code = _text(40)
    vat_number = _text(40)
    place = _text(120)
    province = _text(60)
    region = _text(60)
    email = serializers.EmailField(max_length=254, required=False, allow_blank=True)
    phone = _text(40)
    website = serializers.URLField(max_length=200, required=False, allow_blank=True)
    language = serializers.ChoiceField(choices=["it", "en"], required=False, allow_blank=True)
    description = _text(4000, multiline=True)
    status = serializers.ChoiceField(
        choices=[(state.value, state.label) for state in statuses_by_hand()], required=False
    )
    source = _text(120)  # type: ignore[assignment]  # a fact of a stakeholder named so
    do_not_contact = serializers.BooleanField(required=False)
    visibility = serializers.ChoiceField(choices=[(level.value, level.label) for level in VISIBILITIES], required=False)


class NarrowingIn(serializers.Serializer[Any]):
    """What a list is narrowed and ordered by."""

    q = serializers.CharField(required=False, allow_blank=True, max_length=200, help_text="Words, or their beginnings.")
    kind = serializers.ChoiceField(choices=Stakeholder.Kind.choices, required=False)
    sector = serializers.ChoiceField(choices=Stakeholder.Sector.choices, required=False)
    place = serializers.CharField(required=False, allow_blank=True, max_length=120)
    sort = serializers.ChoiceField(choices=sorted(SORTS), default="name")


class StakeholderList(SpaceAPIView):
    """The register as the caller may see it."""

    reading = Permission.SEE_STAKEHOLDERS
    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = StakeholderOut

    def get_queryset(self) -> QuerySet[Stakeholder]:
        """Visible ones, narrowed and ordered by the address; 400 for what there is not."""
        wanted = NarrowingIn(data=self.request.query_params)
        wanted.is_valid(raise_exception=True)
        asked = wanted.validated_data
        narrowing = Narrowing(
            asked.get("q", ""), asked.get("kind", ""), asked.get("sector", ""), asked.get("place", "")
        )
        return stakeholder_list(self.viewer, narrowing, sort=asked["sort"]).rows

    @extend_schema(parameters=[NarrowingIn], responses=StakeholderOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them; with words at most the first thousand by name."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(StakeholderOut(found, many=True).data)

    @extend_schema(request=StakeholderIn, responses={201: StakeholderOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Add one; 400 for a tax code that cannot be right or that another one has."""
        wanted = StakeholderIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        added = add_stakeholder(by=self.viewer.user, **wanted.validated_data)
        return Response(StakeholderOut(added).data, status=status.HTTP_201_CREATED)


class StakeholderDetail(SpaceAPIView):
    """One stakeholder."""

    reading = Permission.SEE_STAKEHOLDERS
    writing = Permission.EDIT_STAKEHOLDERS
    serializer_class = StakeholderOut

    def get(self, request: Request, stakeholder_id: uuid.UUID, **kwargs: Any) -> Response:
        """The stakeholder."""
        return Response(StakeholderOut(self._found(stakeholder_id)).data)

    @extend_schema(request=StakeholderIn, responses=StakeholderOut)
    def patch(self, request: Request, stakeholder_id: uuid.UUID, **kwargs: Any) -> Response:
        """Change what is named in the body; the rest stays."""
        found = self._found(stakeholder_id)
        wanted = StakeholderIn(data=request.data, partial=True)
        wanted.is_valid(raise_exception=True)
        changed = change_stakeholder(stakeholder=found, by=self.viewer.user, **wanted.validated_data)
        return Response(StakeholderOut(changed).data)

    def _found(self, stakeholder_id: uuid.UUID) -> Stakeholder:
        return get_object_or_404(stakeholders_visible_to(self.viewer), pk=stakeholder_id)
