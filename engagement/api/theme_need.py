"""Which needs residents speak of in a theme, in the API."""

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.views import SpaceAPIView
from engagement.models import Theme
from engagement.operations.theme_need import set_theme_needs
from engagement.queries.theme import themes_visible_to
from engagement.queries.theme_need import needs_of_theme, needs_to_tie


class ThemeNeedsOut(serializers.Serializer[Any]):
    """Needs of the theme's partnership, by number."""

    needs = serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=32767), max_length=1000)


class ThemeNeeds(SpaceAPIView):
    """The needs residents speak of in a theme."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.ANSWER_RESIDENTS
    serializer_class = ThemeNeedsOut

    @extend_schema(responses=ThemeNeedsOut)
    def get(self, request: Request, theme_id: uuid.UUID, **kwargs: Any) -> Response:
        """Those the caller sees."""
        return self._told(self._theme(theme_id))

    @extend_schema(request=ThemeNeedsOut, responses=ThemeNeedsOut)
    def put(self, request: Request, theme_id: uuid.UUID, **kwargs: Any) -> Response:
        """Choose them; those left out are untied, those out of sight stay."""
        theme = self._theme(theme_id)
        self.require(Permission.ANSWER_RESIDENTS, theme.partnership.scope_id)
        wanted = ThemeNeedsOut(data=request.data)
        wanted.is_valid(raise_exception=True)
        known = {need.number: need for need, _is_chosen in needs_to_tie(self.viewer, theme)}
        asked = wanted.validated_data["needs"]
        if missing := [str(number) for number in asked if number not in known]:
            raise serializers.ValidationError({"needs": missing})
        among = [need.pk for need in known.values()]
        set_theme_needs(theme=theme, needs=[known[number] for number in asked], by=self.person, among=among)
        return self._told(theme)

    def _theme(self, key: uuid.UUID) -> Theme:
        rows = themes_visible_to(self.viewer).select_related("partnership")
        found: Theme = get_object_or_404(rows, pk=key)
        return found

    def _told(self, theme: Theme) -> Response:
        return Response(ThemeNeedsOut({"needs": [need.number for need in needs_of_theme(self.viewer, theme)]}).data)
