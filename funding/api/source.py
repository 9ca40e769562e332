"""Sources of funding in the API: amounts in cents, money and in-kind told apart by ``kind``."""

import uuid
from typing import Any, cast

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.access.visibility import Visibility
from core.api.fields import MeantIn
from core.api.views import SpaceAPIView
from core.models import User
from core.rules.text import clean_text
from funding.models import FundingSource
from funding.operations.source import add_source, change_source
from funding.queries.source import givers, goals_to_fund, sources_visible_to
from funding.rules.money import MOST_CENTS
from partnerships.models import Partnership
from partnerships.queries.partnership import partnerships_visible_to

NOT_HERE = _("This is not in the list any more. Choose another one.")


class CleanText(serializers.CharField):
    """Text as it is stored; refuses what cannot be."""

    def to_internal_value(self, value: Any) -> str:
        """Cleaned; raises ValidationError."""
        text = super().to_internal_value(value)
        try:
            return clean_text(text, max_length=self.max_length or 500, multiline=True)
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error


class SourceOut(serializers.ModelSerializer[FundingSource]):
    """A source as the API shows it."""

    partnership = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    goal = serializers.SlugRelatedField[Any](slug_field="number", read_only=True, allow_null=True)

    class Meta:
        model = FundingSource
        fields = [
            "id",
            "partnership",
            "goal",
            "kind",
            "name",
            "giver",
            "amount_cents",
            "currency",
            "valued_by",
            "status",
            "probability_percent",
            "decided_on",
            "due_on",
            "first_due_on",
            "evidence",
            "note",
            "visibility",
        ]
        read_only_fields = fields


class SourceFieldsIn(serializers.Serializer[Any]):
    """What may be changed; the currency is the space's and stays."""

    kind = serializers.ChoiceField(choices=FundingSource.Kind.choices)
    name = CleanText(max_length=160)
    amount_cents = serializers.IntegerField(min_value=1, max_value=MOST_CENTS)
    goal = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=32_767)
    giver = serializers.UUIDField(required=False, allow_null=True)
    valued_by = CleanText(max_length=200, required=False, allow_blank=True)
    status = serializers.ChoiceField(choices=FundingSource.Status.choices, required=False)
    probability_percent = serializers.IntegerField(min_value=0, max_value=100, required=False)
    decided_on = serializers.DateField(required=False, allow_null=True)
    due_on = serializers.DateField(required=False, allow_null=True)
    evidence = CleanText(max_length=300, required=False, allow_blank=True)
    note = CleanText(max_length=500, required=False, allow_blank=True)
    visibility = serializers.ChoiceField(choices=Visibility.choices[1:], required=False)


class SourceChangeIn(MeantIn, SourceFieldsIn):
    """What of a source shall change."""


class SourceIn(SourceFieldsIn):
    """A new source of a partnership."""

    partnership = serializers.SlugField(max_length=50)


class SourceView(SpaceAPIView):
    """What both views share."""

    reading = Permission.SEE_FUNDING
    writing = Permission.EDIT_FUNDING
    serializer_class = SourceOut

    def get_queryset(self) -> QuerySet[FundingSource]:
        """Visible ones, by name."""
        return sources_visible_to(self.viewer).select_related("giver", "goal", "partnership")

    def resolved(self, wanted: dict[str, Any], partnership: Partnership) -> dict[str, Any]:
        """Numbers and ids as records; what is elsewhere or out of sight is refused like what never was."""
        for name, rows, key in (
            ("goal", goals_to_fund(self.viewer, partnership), "number"),
            ("giver", givers(self.viewer), "pk"),
        ):
            if wanted.get(name) is None:
                continue
            found = rows.filter(**{key: wanted[name]}).first()
            if found is None:
                raise serializers.ValidationError({name: NOT_HERE})
            wanted[name] = found
        return wanted

    def answer(self, source: FundingSource, code: int = status.HTTP_200_OK) -> Response:
        """A source as it stands now."""
        return Response(SourceOut(self.get_queryset().get(pk=source.pk)).data, status=code)


class SourceList(SourceView):
    """The sources the caller may see."""

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(SourceOut(found, many=True).data)

    @extend_schema(request=SourceIn, responses={201: SourceOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """A new one."""
        form = SourceIn(data=request.data)
        form.is_valid(raise_exception=True)
        wanted = dict(form.validated_data)
        partnership = partnerships_visible_to(self.viewer).filter(slug=wanted.pop("partnership")).first()
        if partnership is None:
            raise serializers.ValidationError({"partnership": NOT_HERE})
        self.require(Permission.EDIT_FUNDING, partnership.scope_id)
        fields = self.resolved(wanted, partnership)
        source = add_source(partnership=partnership, by=cast("User", request.user), **fields)
        return self.answer(source, status.HTTP_201_CREATED)


class SourceDetail(SourceView):
    """One source."""

    def get(self, request: Request, source_id: uuid.UUID, **kwargs: Any) -> Response:
        """The source."""
        return Response(SourceOut(get_object_or_404(self.get_queryset(), pk=source_id)).data)

    @extend_schema(request=SourceChangeIn, responses=SourceOut)
    def patch(self, request: Request, source_id: uuid.UUID, **kwargs: Any) -> Response:
        """Change some of it."""
        source = get_object_or_404(self.get_queryset(), pk=source_id)
        self.require(Permission.EDIT_FUNDING, source.partnership.scope_id)
        form = SourceChangeIn(data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        fields = self.resolved(dict(form.validated_data), source.partnership)
        return self.answer(change_source(source=source, by=cast("User", request.user), **fields))
