"""The logical framework in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from goals.queries.logframe import LogframeLevel, LogframeRow, logframe
from partnerships.queries.partnership import partnership_at


class LogframeRowOut(serializers.Serializer[LogframeRow]):
    """One line, in the language asked for."""

    text = serializers.CharField()
    indicator = serializers.CharField()
    baseline = serializers.CharField()
    target = serializers.CharField()
    verified_by = serializers.CharField(source="source")
    assumptions = serializers.CharField()
    risks = serializers.CharField()


class LogframeLevelOut(serializers.Serializer[LogframeLevel]):
    """The lines of one level of the way to change."""

    level = serializers.CharField()
    rows = LogframeRowOut(many=True)


class Logframe(SpaceAPIView):
    """What a partnership wants level by level, how it is seen, and what must hold."""

    reading = Permission.SEE_PARTNERSHIP
    pagination_class = None

    @extend_schema(responses=LogframeLevelOut(many=True))
    def get(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """From the long view down to what is put in."""
        partnership = or_404(partnership_at.first(self.viewer, slug=slug))
        levels = logframe(self.viewer, partnership, language=request.LANGUAGE_CODE[:2])
        return Response(LogframeLevelOut(levels, many=True).data)  # type: ignore[arg-type]  # many
