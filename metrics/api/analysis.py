"""What an indicator's values allow to say, what happened beside them, and who was counted twice, in the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.views import SpaceAPIView
from metrics.api.caller import caller
from metrics.models import Happening, Indicator, Overlap
from metrics.operations.happening import note_happening, remove_happening, state_overlap
from metrics.queries.analysis import Analysis, analysis_of, happenings_of, overlaps_of
from metrics.queries.indicator import indicator_sheet, indicators_visible_to, with_values


class RunChartOut(serializers.Serializer[Any]):
    """The two tests of a run chart; there is none below ten useful points."""

    median = serializers.DecimalField(max_digits=20, decimal_places=4)
    useful = serializers.IntegerField()
    longest_run = serializers.IntegerField()
    most_in_a_row = serializers.IntegerField()
    crossings = serializers.IntegerField()
    fewest_crossings = serializers.IntegerField()
    is_signal = serializers.BooleanField()


class HappenedOut(serializers.Serializer[Any]):
    """Something on a day that may explain a turn."""

    on = serializers.DateField()
    title = serializers.CharField()


class ReachOut(serializers.Serializer[Any]):
    """People of a period: the plain sum over partners, and everybody once where somebody said who overlaps."""

    starts_on = serializers.DateField(source="period.starts_on")
    ends_on = serializers.DateField(source="period.ends_on")
    reported = serializers.SerializerMethodField()
    expected = serializers.IntegerField()
    plain_sum = serializers.IntegerField()
    unique = serializers.IntegerField(allow_null=True)
    how_known = serializers.CharField(source="overlap.how_known", default="")

    def get_reported(self, reach: Any) -> int:
        """How many partners gave a number."""
        return len(reach.values)


class PointOut(serializers.Serializer[Any]):
    """The total of a period; null where there is none. ``reported`` of ``expected`` partners gave a value.

    Points of two versions of the indicator are not one series.
    """

    starts_on = serializers.DateField(source="period.starts_on")
    ends_on = serializers.DateField(source="period.ends_on")
    value = serializers.DecimalField(max_digits=20, decimal_places=4, allow_null=True)
    numerator = serializers.DecimalField(max_digits=20, decimal_places=4, allow_null=True)
    denominator = serializers.DecimalField(max_digits=20, decimal_places=4, allow_null=True)
    missing_reason = serializers.CharField()
    reported = serializers.IntegerField()
    expected = serializers.IntegerField()
    is_partial = serializers.BooleanField()
    is_verified = serializers.BooleanField()
    version = serializers.IntegerField()


class AnalysisOut(serializers.Serializer[Any]):
    """The verdict in both languages, its numbers, and how complete and how old the values are."""

    last_data_on = serializers.DateField(allow_null=True)
    says_en = serializers.CharField(source="says.text_en")
    says_it = serializers.CharField(source="says.text_it")
    measurements = serializers.SerializerMethodField()
    reported = serializers.SerializerMethodField()
    expected = serializers.SerializerMethodField()
    run_chart = RunChartOut(allow_null=True)
    points = PointOut(source="sheet.points", many=True)
    happened = HappenedOut(many=True)
    reaches = ReachOut(many=True)

    def get_measurements(self, analysis: Analysis) -> int:
        """How many periods have a value."""
        return sum(point.value is not None for point in analysis.sheet.points)

    def get_reported(self, analysis: Analysis) -> int:
        """How many partners the last total is made of."""
        return analysis.sheet.latest.reported if analysis.sheet.latest else 0

    def get_expected(self, analysis: Analysis) -> int:
        """How many partners had been heard of by then."""
        return analysis.sheet.latest.expected if analysis.sheet.latest else 0


class HappeningOut(serializers.ModelSerializer[Happening]):
    """A note of what happened."""

    class Meta:
        model = Happening
        fields = ["id", "title_en", "title_it", "happened_on"]
        read_only_fields = fields


class HappeningIn(serializers.Serializer[Any]):
    """What happened, in one language at least."""

    title_en = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    title_it = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    happened_on = serializers.DateField()


class OverlapOut(serializers.ModelSerializer[Overlap]):
    """How many people several partners counted, as it holds now."""

    class Meta:
        model = Overlap
        fields = ["id", "period_starts_on", "period_ends_on", "people", "surplus", "how_known", "stated_at"]
        read_only_fields = fields


class OverlapIn(serializers.Serializer[Any]):
    """Without ``surplus`` each of them was counted by exactly two partners."""

    period_starts_on = serializers.DateField()
    period_ends_on = serializers.DateField()
    people = serializers.IntegerField(min_value=0, max_value=2_000_000_000)
    surplus = serializers.IntegerField(min_value=0, max_value=2_000_000_000, required=False, allow_null=True)
    how_known = serializers.CharField(max_length=300)


def _indicator(view: SpaceAPIView) -> Indicator:
    rows = with_values(indicators_visible_to(view.viewer))
    found: Indicator = get_object_or_404(rows, partnership__slug=view.kwargs["slug"], code=view.kwargs["code"])
    return found


def _definable(view: SpaceAPIView) -> Indicator:
    indicator = _indicator(view)
    view.require(Permission.DEFINE_INDICATORS, indicator.partnership.scope_id)
    return indicator


class IndicatorAnalysis(SpaceAPIView):
    """What an indicator's values allow to say."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = AnalysisOut

    def get(self, request: Request, **kwargs: Any) -> Response:
        """The analysis of today."""
        indicator = _indicator(self)
        sheet = indicator_sheet(indicator, today=timezone.localdate())
        return Response(AnalysisOut(analysis_of(self.viewer, indicator, sheet)).data)


class HappeningList(SpaceAPIView):
    """Notes of what happened beside an indicator's values."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.DEFINE_INDICATORS
    serializer_class = HappeningOut

    def get_queryset(self) -> QuerySet[Happening]:
        """Those of a visible indicator, by date."""
        return happenings_of(_indicator(self))

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(HappeningOut(found, many=True).data)

    @extend_schema(request=HappeningIn, responses={201: HappeningOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Note one."""
        indicator = _definable(self)
        wanted = HappeningIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        today = timezone.localdate()
        found = note_happening(indicator=indicator, by=caller(self), today=today, **wanted.validated_data)
        return Response(HappeningOut(found).data, status=201)


class HappeningDetail(SpaceAPIView):
    """One note."""

    writing = Permission.DEFINE_INDICATORS
    serializer_class = HappeningOut

    @extend_schema(responses={204: None})
    def delete(self, request: Request, **kwargs: Any) -> Response:
        """Take it away."""
        rows = happenings_of(_definable(self)).select_related("indicator__partnership")
        remove_happening(happening=get_object_or_404(rows, pk=self.kwargs["happening_id"]), by=caller(self))
        return Response(status=204)


class OverlapList(SpaceAPIView):
    """Who was counted by more than one partner, by period."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.DEFINE_INDICATORS
    serializer_class = OverlapOut

    def get_queryset(self) -> QuerySet[Overlap]:
        """What holds now of a visible indicator."""
        return overlaps_of(_indicator(self))

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(OverlapOut(found, many=True).data)

    @extend_schema(request=OverlapIn, responses={201: OverlapOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """State it; an earlier statement of the same period is replaced and kept."""
        indicator = _definable(self)
        wanted = OverlapIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        found = state_overlap(indicator=indicator, by=caller(self), **wanted.validated_data)
        return Response(OverlapOut(found).data, status=201)
