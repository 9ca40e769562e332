"""How residents are answered, in the API."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from engagement.operations.loop import measure_an_area, measure_the_loop
from engagement.queries.loop import loop_board, loop_figures
from partnerships.models import Partnership
from partnerships.queries.partnership import partnership_at


class LoopAreaOut(serializers.Serializer[Any]):
    """An area; without a name the places few people name, together."""

    place = serializers.CharField(allow_blank=True)
    received = serializers.IntegerField()
    answered = serializers.IntegerField()
    median_days = serializers.FloatField(allow_null=True)


class LoopFigureOut(serializers.Serializer[Any]):
    """A figure recorded each quarter, with the code of its indicator."""

    kind = serializers.CharField()
    place = serializers.CharField(allow_blank=True)
    indicator = serializers.CharField(source="indicator.code")


class LoopOut(serializers.Serializer[Any]):
    """The last twelve months."""

    themes = serializers.IntegerField()
    answered_themes = serializers.IntegerField()
    areas = LoopAreaOut(many=True)
    figures = LoopFigureOut(many=True)


class LoopMeasureIn(serializers.Serializer[Any]):
    """What to record: one area, or without a name the whole partnership."""

    place = CleanTextField(max_length=120, required=False, allow_blank=True, default="")


class Loop(SpaceAPIView):
    """How soon and how many of a partnership's residents are answered."""

    reading = Permission.ANSWER_RESIDENTS
    writing = Permission.DEFINE_INDICATORS
    serializer_class = LoopOut

    @extend_schema(responses=LoopOut)
    def get(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """The board of the last twelve months."""
        partnership = self._partnership(slug)
        self.require(Permission.ANSWER_RESIDENTS, partnership.scope_id)
        return self._answer(partnership)

    @extend_schema(request=LoopMeasureIn, responses={201: LoopOut})
    def post(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """Record share and median days each quarter from now on; 400 for an area that fewer than five name."""
        partnership = self._partnership(slug)
        self.require(Permission.DEFINE_INDICATORS, partnership.scope_id)
        wanted = LoopMeasureIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            if place := wanted.validated_data["place"]:
                measure_an_area(partnership=partnership, place=place, by=self.person)
            else:
                measure_the_loop(partnership=partnership, by=self.person)
        except ValidationError as error:
            raise serializers.ValidationError(serializers.as_serializer_error(error)) from error
        return self._answer(partnership, status.HTTP_201_CREATED)

    def _partnership(self, slug: str) -> Partnership:
        return or_404(partnership_at.first(self.viewer, slug=slug))

    def _answer(self, partnership: Partnership, code: int = status.HTTP_200_OK) -> Response:
        board = loop_board(partnership, today=timezone.localdate())
        told = {
            "themes": board.themes,
            "answered_themes": board.answered_themes,
            "areas": board.areas,
            "figures": loop_figures(partnership),
        }
        return Response(LoopOut(told).data, status=code)
