"""The grid in the API: what may be entered, and many values at once, all or none."""

import uuid
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from metrics.api.breakdown import PartsIn, part_given
from metrics.api.caller import caller
from metrics.api.measurement import MeasurementIn, member_for
from metrics.models import Cut, Indicator
from metrics.operations.measurement_batch import EntriesRefusedError, enter_values
from metrics.queries.breakdown import cuts_of
from metrics.queries.indicator import indicators_visible_to
from metrics.queries.measurement import Measuring, measuring_in
from metrics.queries.measurement_grid import COUNTS, PER_PAGE, Grid, Wish, grid_for_entry
from metrics.rules.measurement import Reported
from metrics.rules.measurement_grid import CellValue, Entry, GivenParts
from metrics.rules.period import Period
from partnerships.models import Partnership
from partnerships.queries.partnership import partnership_at

MOST_CELLS = 1_000


class GridCellOut(serializers.Serializer[Any]):
    """One period of a row; ``state`` is empty and every figure null where nothing was entered."""

    period_starts_on = serializers.DateField(source="period.starts_on")
    period_ends_on = serializers.DateField(source="period.ends_on")
    measurement = serializers.UUIDField(source="measurement.pk", default=None, allow_null=True)
    state = serializers.CharField(source="measurement.state", default="")
    value = serializers.DecimalField(
        max_digits=18, decimal_places=4, source="measurement.value", default=None, allow_null=True
    )
    numerator = serializers.DecimalField(
        max_digits=18, decimal_places=4, source="measurement.numerator", default=None, allow_null=True
    )
    denominator = serializers.DecimalField(
        max_digits=18, decimal_places=4, source="measurement.denominator", default=None, allow_null=True
    )
    missing_reason = serializers.CharField(source="measurement.missing_reason", default="")
    is_missing = serializers.BooleanField()


class GridRowOut(serializers.Serializer[Any]):
    """An indicator of one organisation; ``member`` null is the partnership as a whole."""

    indicator = serializers.CharField(source="indicator.code")
    member = serializers.UUIDField(source="member.pk", default=None, allow_null=True)
    organisation = serializers.CharField(source="who")
    cells = GridCellOut(many=True)


class GridOut(serializers.Serializer[Any]):
    """One page of the grid."""

    total = serializers.IntegerField()
    rows = GridRowOut(many=True)


class CellIn(MeasurementIn):
    """A value of an indicator for a period. ``over`` is the value it takes the place of, as you saw it.

    ``breakdown`` is what falls to the groups of each of its cuts.
    """

    indicator = serializers.CharField(max_length=12)
    over = serializers.UUIDField(required=False, allow_null=True)
    breakdown = PartsIn(many=True, required=False, default=list)


class GridIn(serializers.Serializer[Any]):
    """Many values; ``as_draft`` keeps them for later without sending."""

    cells = serializers.ListField(child=CellIn(), min_length=1, max_length=MOST_CELLS)
    as_draft = serializers.BooleanField(default=False)


class EnteredOut(serializers.Serializer[Any]):
    """What was done."""

    sent = serializers.IntegerField()
    drafted = serializers.IntegerField()
    corrected = serializers.IntegerField()


PARAMETERS = [
    OpenApiParameter("whose", str, description="A member's id, or “whole”; without it all who gave values before."),
    OpenApiParameter("periods", int, enum=list(COUNTS)),
    OpenApiParameter("missing", bool, description="Only rows where a period that is over has nothing."),
    OpenApiParameter("page", int, description=f"From 1; {PER_PAGE} rows each."),
]


class GridWishIn(serializers.Serializer[Any]):
    """What of the grid is wanted."""

    whose = serializers.CharField(required=False, default="", max_length=40)
    periods = serializers.ChoiceField(choices=COUNTS, default=COUNTS[0])
    missing = serializers.BooleanField(default=False)
    page = serializers.IntegerField(default=1, min_value=1, max_value=2_000)


class MeasurementGrid(SpaceAPIView):
    """The grid of a partnership."""

    reading = Permission.ENTER_MEASUREMENTS
    writing = Permission.ENTER_MEASUREMENTS
    serializer_class = GridOut

    @extend_schema(parameters=PARAMETERS, responses=GridOut)
    def get(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """What the caller may enter, with what is there."""
        partnership, measuring = self._doors(slug)
        wanted = GridWishIn(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        asked = wanted.validated_data
        wish = Wish(asked["whose"], asked["periods"], only_missing=asked["missing"], number=asked["page"])
        grid: Grid = grid_for_entry(
            self.viewer, partnership, measuring, wish, today=timezone.localdate(), language=request.LANGUAGE_CODE[:2]
        )
        rows = [row for section in grid.sections for row in section.rows]
        return Response(GridOut({"total": grid.total, "rows": rows}).data)

    @extend_schema(request=GridIn, responses={201: EnteredOut})
    def post(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """Enter them, all or none; what cannot be used is named by its place in the list."""
        partnership, measuring = self._doors(slug)
        wanted = GridIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        entries = self._entries(partnership, measuring, wanted.validated_data["cells"])
        try:
            entered = enter_values(entries=entries, by=caller(self), as_draft=wanted.validated_data["as_draft"])
        except EntriesRefusedError as refusal:
            raise ValidationError({"cells": refusal.by_place}) from refusal
        return Response(EnteredOut(entered).data, status=201)

    def _doors(self, slug: str) -> tuple[Partnership, Measuring]:
        partnership = or_404(partnership_at.first(self.viewer, slug=slug))
        self.require(Permission.ENTER_MEASUREMENTS, partnership.scope_id)
        measuring = measuring_in(self.viewer, partnership)
        if not measuring:
            raise PermissionDenied
        return partnership, measuring

    def _entries(self, partnership: Partnership, measuring: Measuring, cells: list[dict[str, Any]]) -> list[Entry]:
        codes = {cell["indicator"] for cell in cells}
        seen = indicators_visible_to(self.viewer).filter(partnership=partnership, code__in=codes)
        indicators = {indicator.code: indicator for indicator in seen}
        cuts = {cut.pk: cut for cut in cuts_of(*indicators.values())}
        entries, wrong = [], {}
        for place, cell in enumerate(cells):
            try:
                entries.append(_entry(str(place), cell, indicators, cuts, measuring))
            except ValidationError as error:
                wrong[str(place)] = error.detail
        if wrong:
            raise ValidationError({"cells": wrong})
        return entries


def _entry(
    place: str,
    cell: dict[str, Any],
    indicators: dict[str, Indicator],
    cuts: dict[uuid.UUID, Cut],
    measuring: Measuring,
) -> Entry:
    if cell["indicator"] not in indicators:
        raise ValidationError({"indicator": [_("There is no such indicator here.")]})
    if cell["period_ends_on"] < cell["period_starts_on"]:
        raise ValidationError({"period_ends_on": [_("The period must end after it starts.")]})
    if any(given["cut"] not in cuts for given in cell["breakdown"]):
        raise ValidationError({"breakdown": [_("This indicator is not broken down like that.")]})
    reported = Reported(cell.get("value"), cell.get("numerator"), cell.get("denominator"))
    return Entry(
        place=place,
        indicator=indicators[cell["indicator"]],
        member=member_for(measuring, cell.get("member")),
        period=Period(cell["period_starts_on"], cell["period_ends_on"]),
        cell=CellValue(reported, cell["missing_reason"]),
        over=cell.get("over"),
        note=cell["note"],
        source=cell["source"],
        parts=tuple(
            GivenParts(place, cuts[given["cut"]], tuple(map(part_given, given["parts"]))) for given in cell["breakdown"]
        ),
    )
