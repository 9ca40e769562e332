"""Themes in the API: what was heard and answered, as far as the caller may see it."""

import uuid
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.views import SpaceAPIView
from engagement.models import Theme, WhyNot
from engagement.queries.theme import themes_visible_to


class ThemeOut(serializers.ModelSerializer[Theme]):
    """A theme as the API shows it."""

    partnership = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True)
    why_not = serializers.ChoiceField(WhyNot.choices, allow_blank=True, read_only=True)

    class Meta:
        model = Theme
        fields = [
            "id",
            "partnership",
            "heard_en",
            "heard_it",
            "outcome",
            "answer_en",
            "answer_it",
            "why_not",
            "evidence",
            "task",
            "decision",
            "milestone",
            "heard_from_en",
            "heard_from_it",
            "not_heard_from_en",
            "not_heard_from_it",
            "outcome_on",
            "published_on",
        ]
        read_only_fields = fields


class ThemeList(SpaceAPIView):
    """The themes the caller may see: published ones, and drafts where they answer residents."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = ThemeOut

    def get_queryset(self) -> QuerySet[Theme]:
        """Visible ones, newest first."""
        return themes_visible_to(self.viewer).select_related("partnership")

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(ThemeOut(found, many=True).data)


class ThemeDetail(SpaceAPIView):
    """One theme."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = ThemeOut

    def get(self, request: Request, theme_id: uuid.UUID, **kwargs: Any) -> Response:
        """The theme."""
        rows = themes_visible_to(self.viewer).select_related("partnership")
        return Response(ThemeOut(get_object_or_404(rows, pk=theme_id)).data)
