"""Indicators to make a new one like, in the API."""

from typing import Any

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from metrics.queries.library import LibraryRow, own_library, picked, sdg_library
from partnerships.models import Partnership
from partnerships.queries.partnership import partnership_at


class LibraryRowOut(serializers.Serializer[LibraryRow]):
    """One indicator to pick; ``where`` it comes from."""

    key = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField()
    where = serializers.CharField()


class LibraryOut(serializers.Serializer[Any]):
    """Those of other partnerships of the space, and those of the Sustainable Development Goals."""

    own = LibraryRowOut(many=True)
    sdg = LibraryRowOut(many=True)


class LibraryView(SpaceAPIView):
    """What both addresses ask: a partnership whose indicators the caller may define."""

    reading = Permission.DEFINE_INDICATORS

    def partnership(self) -> Partnership:
        """The one of the address; 404 when it is out of sight."""
        found = or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))
        self.require(Permission.DEFINE_INDICATORS, found.scope_id)
        return found


class IndicatorLibrary(LibraryView):
    """Indicators a new one can be made like."""

    @extend_schema(parameters=[OpenApiParameter("q", description="Words to look for.")], responses=LibraryOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """All, or those in which the words are found."""
        search = request.query_params.get("q", "")[:100]
        goals = sdg_library(request.LANGUAGE_CODE[:2], search)
        found = {
            "own": own_library(self.viewer, self.partnership(), search),
            "sdg": [row for goal in goals for row in goal.rows],
        }
        return Response(LibraryOut(found).data)


class IndicatorLibraryDetail(LibraryView):
    """One of them."""

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, key: str, **kwargs: Any) -> Response:
        """The fields of an indicator made like it, to send with a name of one's own; its values stay where they are."""
        self.partnership()
        fields = picked(self.viewer, key)
        if fields is None:
            raise Http404
        return Response({**fields, "wants_increase": fields["wants_increase"] == "yes"})
