"""Breakdowns in the API: the groups of an indicator, the parts of a value, and what may be told of them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from metrics.api.caller import caller
from metrics.models import Cut, Indicator, Measurement
from metrics.operations.breakdown import (
    BreakdownRefusedError,
    CutInUseError,
    add_cut,
    break_down,
    change_cut,
    remove_cut,
)
from metrics.queries.breakdown import CutSheet, breakdowns_of, cuts_of
from metrics.queries.indicator import indicators_visible_to
from metrics.queries.measurement import may_correct, measurements_visible_to
from metrics.rules.breakdown import LARGEST_PART, Part, ShownPart
from metrics.rules.cut import Group
from stakeholders.rules.representation_hiding import Showing


class GroupOut(serializers.Serializer[Any]):
    """A group; the last one is those of whom it is not known."""

    id = serializers.UUIDField()
    label_en = serializers.CharField()
    label_it = serializers.CharField()
    is_unknown = serializers.BooleanField()
    target_value = serializers.DecimalField(max_digits=18, decimal_places=4, allow_null=True)


class CutOut(serializers.ModelSerializer[Cut]):
    """A way in which an indicator is broken down."""

    groups = GroupOut(many=True, source="group_rows")

    class Meta:
        model = Cut
        fields = ["id", "kind", "name_en", "name_it", "groups"]
        read_only_fields = fields


class GroupIn(serializers.Serializer[Any]):
    """A group to be; one language is enough. "Not known" is added by itself."""

    label_en = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    label_it = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    target_value = serializers.DecimalField(max_digits=18, decimal_places=4, required=False, allow_null=True)


class CutChangeIn(serializers.Serializer[Any]):
    """Groups, their targets, and a name for a breakdown of one's own."""

    groups = GroupIn(many=True)
    name_en = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    name_it = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)

    def validate_groups(self, groups: list[dict[str, Any]]) -> list[Group]:
        """The groups as the operations take them."""
        return [Group(**group) for group in groups]


class CutIn(CutChangeIn):
    """A new way of breaking down."""

    kind = serializers.ChoiceField(choices=Cut.Kind.choices)


class PartOut(serializers.Serializer[Any]):
    """A part as it may be told: ``count`` is null where it is hidden, and ``showing`` says how."""

    group = serializers.UUIDField()
    showing = serializers.ChoiceField(choices=[(one.value, one.value) for one in Showing])
    count = serializers.IntegerField(allow_null=True)
    cases = serializers.IntegerField(allow_null=True)


class PeriodPartsOut(serializers.Serializer[Any]):
    """A period by groups, over all measurements that were broken down: ``measurements`` of them."""

    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    measurements = serializers.IntegerField()
    groups = PartOut(many=True)


class MeasurementPartsOut(serializers.Serializer[Any]):
    """A measurement by groups."""

    cut = serializers.UUIDField()
    groups = PartOut(many=True)


class BreakdownOut(serializers.Serializer[Any]):
    """A cut with everything that may be told of it. Counts below ``smallest`` are hidden, and what gives them away."""

    cut = CutOut()
    smallest = serializers.IntegerField()
    periods = PeriodPartsOut(many=True)


class PartIn(serializers.Serializer[Any]):
    """A part: a count, of a percentage out of how many ``cases``."""

    count = serializers.IntegerField(min_value=0, max_value=LARGEST_PART)
    cases = serializers.IntegerField(min_value=0, max_value=LARGEST_PART, required=False, allow_null=True)


class PartsIn(serializers.Serializer[Any]):
    """The parts by one cut, in the order of its groups; null at the end: whatever is missing to the total."""

    cut = serializers.UUIDField()
    parts = serializers.ListField(child=PartIn(allow_null=True), max_length=50)


def _indicator(view: SpaceAPIView) -> Indicator:
    rows = indicators_visible_to(view.viewer)
    found: Indicator = get_object_or_404(rows, partnership__slug=view.kwargs["slug"], code=view.kwargs["code"])
    return found


def _definable(view: SpaceAPIView) -> Indicator:
    indicator = _indicator(view)
    view.require(Permission.DEFINE_INDICATORS, indicator.partnership.scope_id)
    return indicator


def _parts(sheet: CutSheet, parts: Sequence[ShownPart]) -> list[dict[str, Any]]:
    return [
        {"group": group.pk, "showing": part.showing.value, "count": part.count, "cases": part.cases}
        for group, part in zip(sheet.groups, parts, strict=True)
    ]


class CutList(SpaceAPIView):
    """The ways in which an indicator is broken down."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.DEFINE_INDICATORS
    serializer_class = CutOut

    def get_queryset(self) -> QuerySet[Cut]:
        """Those of a visible indicator."""
        return cuts_of(_indicator(self))

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(CutOut(found, many=True).data)

    @extend_schema(request=CutIn, responses={201: CutOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Add one."""
        indicator = _definable(self)
        wanted = CutIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        cut = add_cut(indicator=indicator, by=caller(self), **wanted.validated_data)
        return Response(CutOut(cuts_of(indicator).get(pk=cut.pk)).data, status=201)


class CutDetail(SpaceAPIView):
    """One way of breaking down."""

    writing = Permission.DEFINE_INDICATORS
    serializer_class = CutChangeIn

    @extend_schema(request=CutChangeIn, responses=CutOut)
    def put(self, request: Request, **kwargs: Any) -> Response:
        """Change names and targets; 409 for other groups once there are values."""
        cut = self._cut()
        wanted = CutChangeIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            change_cut(cut=cut, by=caller(self), **wanted.validated_data)
        except CutInUseError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(CutOut(cuts_of(cut.indicator).get(pk=cut.pk)).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, **kwargs: Any) -> Response:
        """Take it away; 409 once there are values."""
        try:
            remove_cut(cut=self._cut(), by=caller(self))
        except CutInUseError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(status=204)

    def _cut(self) -> Cut:
        found: Cut = get_object_or_404(cuts_of(_definable(self)), pk=self.kwargs["cut_id"])
        return found


class IndicatorBreakdown(SpaceAPIView):
    """An indicator's values by groups."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = BreakdownOut
    pagination_class = None

    @extend_schema(responses=BreakdownOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """All cuts with all periods; the same counts are hidden as on the page."""
        return Response(BreakdownOut([self._told(sheet) for sheet in breakdowns_of(_indicator(self))], many=True).data)

    def _told(self, sheet: CutSheet) -> dict[str, Any]:
        periods = [
            {
                "starts_on": period.starts_on,
                "ends_on": period.ends_on,
                "measurements": sheet.broken[period],
                "groups": _parts(sheet, sheet.told.by_period[period]),
            }
            for period in sheet.periods
        ]
        return {"cut": sheet.cut, "smallest": sheet.smallest, "periods": periods}


class MeasurementBreakdown(SpaceAPIView):
    """A value by groups."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.ENTER_MEASUREMENTS
    serializer_class = PartsIn
    pagination_class = None

    @extend_schema(responses=MeasurementPartsOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """What may be told of its groups, by cut."""
        return Response(self._told(self._measurement()))

    @extend_schema(request=PartsIn(many=True), responses=MeasurementPartsOut(many=True))
    def put(self, request: Request, **kwargs: Any) -> Response:
        """Write the parts by some cuts; 409 for a value that is not broken down."""
        measurement = self._measurement()
        self.require(Permission.ENTER_MEASUREMENTS, measurement.indicator.partnership.scope_id)
        if not may_correct(self.viewer, measurement):
            raise PermissionDenied
        wanted = PartsIn(data=request.data, many=True)
        wanted.is_valid(raise_exception=True)
        cuts = {cut.pk: cut for cut in cuts_of(measurement.indicator)}
        strangers = [str(one["cut"]) for one in wanted.validated_data if one["cut"] not in cuts]
        if strangers:
            raise ValidationError({"cut": strangers})
        parts = {cuts[one["cut"]]: [part_given(part) for part in one["parts"]] for one in wanted.validated_data}
        try:
            break_down(measurement=measurement, parts=parts, by=caller(self))
        except BreakdownRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(self._told(measurement))

    def _measurement(self) -> Measurement:
        rows = measurements_visible_to(self.viewer)
        slug, key = self.kwargs["slug"], self.kwargs["measurement_id"]
        found: Measurement = get_object_or_404(rows, indicator__partnership__slug=slug, pk=key)
        return found

    def _told(self, measurement: Measurement) -> list[dict[str, Any]]:
        found = []
        for sheet in breakdowns_of(measurement.indicator):
            parts = sheet.told.by_measurement.get(measurement.pk)
            if parts:
                found.append({"cut": sheet.cut.pk, "groups": _parts(sheet, parts)})
        return [dict(one) for one in MeasurementPartsOut(found, many=True).data]


def part_given(given: dict[str, Any] | None) -> Part | None:
    """A part as ``PartIn`` read it."""
    return None if given is None else Part(given["count"], given.get("cases"))
