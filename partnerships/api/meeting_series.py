"""Series of meetings in the API: a rhythm, and the next meeting of it."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.fields import CleanTextField
from partnerships.api.meeting import MeetingOut, MeetingView, moment
from partnerships.forms.meeting import LONGEST_MINUTES
from partnerships.models import MeetingKind, MeetingSeries
from partnerships.operations.meeting import plan_next_meeting, start_series
from partnerships.queries.meeting import series_of


class MeetingSeriesOut(serializers.ModelSerializer[MeetingSeries]):
    """A rhythm in which the same people meet."""

    class Meta:
        model = MeetingSeries
        fields = ["id", "title", "purpose", "kind", "rhythm", "length_minutes", "place", "online_link"]
        read_only_fields = fields


class MeetingSeriesIn(serializers.Serializer[Any]):
    """A series to begin; with ``first_at`` its first meeting is planned at once."""

    title = CleanTextField(max_length=120)
    purpose = CleanTextField(max_length=200)
    kind = serializers.ChoiceField(choices=MeetingKind.choices, required=False)
    rhythm = serializers.ChoiceField(choices=MeetingSeries.Rhythm.choices, required=False)
    length_minutes = serializers.IntegerField(min_value=10, max_value=LONGEST_MINUTES, required=False)
    place = CleanTextField(max_length=200, required=False, allow_blank=True)
    online_link = serializers.URLField(max_length=300, required=False, allow_blank=True)
    first_at = moment(required=False, allow_null=True)


class MeetingNextIn(serializers.Serializer[Any]):
    """When the next meeting is; one rhythm after the last when nothing is said."""

    starts_at = moment(required=False, allow_null=True)


class MeetingSeriesList(MeetingView):
    """The series of a partnership."""

    serializer_class = MeetingSeriesOut

    @extend_schema(operation_id="partnerships_meeting_series_list", responses=MeetingSeriesOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, by title."""
        found = self.paginate_queryset(series_of(self.partnership()))
        return self.get_paginated_response(MeetingSeriesOut(found, many=True).data)

    @extend_schema(
        operation_id="partnerships_meeting_series_create", request=MeetingSeriesIn, responses={201: MeetingSeriesOut}
    )
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Begin one; 400 for a name that exists."""
        series = start_series(partnership=self.editable(), by=self.person, **self.asked(MeetingSeriesIn))
        return Response(MeetingSeriesOut(series).data, status=status.HTTP_201_CREATED)


class MeetingSeriesNext(MeetingView):
    """The next meeting of a series."""

    reading = None

    @extend_schema(request=MeetingNextIn, responses={201: MeetingOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Plan it with the guests of the last one; 409 for a series without a meeting to count from."""
        rows = series_of(self.editable()).select_related("partnership")
        series: MeetingSeries = get_object_or_404(rows, pk=self.kwargs["meeting_series_id"])
        wanted = self.asked(MeetingNextIn)
        meeting = self.done(lambda: plan_next_meeting(series=series, by=self.person, **wanted))
        return Response(MeetingOut(meeting).data, status=status.HTTP_201_CREATED)
