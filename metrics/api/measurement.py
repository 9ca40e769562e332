"""Measurements in the API: list, enter, verify, question, correct."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from metrics.api.caller import caller
from metrics.models import Indicator, Measurement
from metrics.operations.measurement import (
    MeasurementRefusedError,
    correct_measurement,
    question_measurement,
    record_measurement,
    verify_measurement,
)
from metrics.queries.indicator import indicators_visible_to
from metrics.queries.measurement import (
    Measuring,
    may_correct,
    measurement_list,
    measurements_visible_to,
    measuring_in,
)
from metrics.rules.pairs import MOST_PEOPLE, can_count_pairs, value_of_pairs
from partnerships.models import PartnershipMember
from partnerships.queries.partnership import partnership_at

# A draft is nobody's business yet.
STATES = [state for state in Measurement.State.values if state != Measurement.State.DRAFT]


class MeasurementOut(serializers.ModelSerializer[Measurement]):
    """A value as the API shows it; null is "not reported", never zero."""

    indicator = serializers.CharField(source="indicator.code")
    # Empty while nobody judged it.
    evidence_strength = serializers.CharField(read_only=True)
    organisation = serializers.CharField(source="member.organisation.name", default=None, allow_null=True)

    class Meta:
        model = Measurement
        fields = [
            "id", "indicator", "period_starts_on", "period_ends_on", "value", "numerator", "denominator", "story",
            "version", "missing_reason", "note", "source", "is_estimate", "method_deviation", "evidence_strength",
            "quality_validity", "quality_integrity", "quality_precision", "quality_reliability", "quality_timeliness",
            "member", "organisation", "state", "query_note", "entered_at", "verified_at", "corrects",
        ]  # fmt: skip
        read_only_fields = fields


class ValueIn(serializers.Serializer[Any]):
    """A value by the indicator's unit (a percentage by its two numbers), or why there is none."""

    value = serializers.DecimalField(max_digits=18, decimal_places=4, required=False, allow_null=True)
    numerator = serializers.DecimalField(max_digits=18, decimal_places=4, required=False, allow_null=True)
    denominator = serializers.DecimalField(max_digits=18, decimal_places=4, required=False, allow_null=True)
    story = CleanTextField(max_length=4000, required=False, allow_blank=True, default="")
    missing_reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    source = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")  # type: ignore[assignment]  # a field of this name, not DRF's option

    is_estimate = serializers.BooleanField(default=False)
    method_deviation = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class MeasurementIn(ValueIn):
    """A value with its period. Without ``member`` it is the caller's own organisation's."""

    period_starts_on = serializers.DateField()
    period_ends_on = serializers.DateField()
    member = serializers.UUIDField(required=False, allow_null=True)
    pairs = serializers.ListField(
        child=serializers.ListField(
            child=serializers.DecimalField(max_digits=18, decimal_places=4, allow_null=True), min_length=2, max_length=2
        ),
        required=False,
        max_length=MOST_PEOPLE,
        help_text="The same people, each [before, after]: counted, never kept; in place of the two numbers.",
    )
    more_is_better = serializers.BooleanField(default=True, help_text="For a person, in pairs.")


class QuestionIn(serializers.Serializer[Any]):
    """What somebody would like to know before confirming."""

    question = serializers.CharField(max_length=300)


def counted_pairs(fields: dict[str, Any], indicator: Indicator) -> dict[str, Any]:
    """The value with a list of people counted into its two numbers; raises what the API answers with."""
    pairs, more_is_better = fields.pop("pairs", None), fields.pop("more_is_better")
    if not pairs:
        return fields
    if not can_count_pairs(unit=indicator.unit, wants_increase=indicator.wants_increase):
        raise ValidationError(
            {"pairs": [_("Only a share of people, of which more is wanted, is counted from a list.")]}
        )
    language = (translation.get_language() or "en")[:2]
    try:
        counted = value_of_pairs(pairs, more_is_better=more_is_better, note=fields["note"], language=language)
    except DjangoValidationError as error:
        raise ValidationError({"pairs": error.messages}) from error
    return fields | counted


class MeasurementList(SpaceAPIView):
    """All values of a partnership."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = MeasurementOut

    def get_queryset(self) -> QuerySet[Measurement]:
        """Visible ones, newest first."""
        partnership = or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))
        state = self.request.query_params.get("state", "")
        if state and state not in STATES:
            raise ValidationError({"state": STATES})
        return measurement_list(self.viewer, partnership, state=state)

    @extend_schema(parameters=[OpenApiParameter("state", enum=STATES)])
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them; without a state those that were replaced are left out."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(MeasurementOut(found, many=True).data)


class MeasurementEntry(SpaceAPIView):
    """Entering a value of an indicator."""

    writing = Permission.ENTER_MEASUREMENTS
    serializer_class = MeasurementIn

    @extend_schema(request=MeasurementIn, responses={201: MeasurementOut})
    def post(self, request: Request, slug: str, code: str, **kwargs: Any) -> Response:
        """Enter; the value waits for a second person."""
        indicator = get_object_or_404(indicators_visible_to(self.viewer), partnership__slug=slug, code=code)
        self.require(Permission.ENTER_MEASUREMENTS, indicator.partnership.scope_id)
        wanted = MeasurementIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        fields = counted_pairs(dict(wanted.validated_data), indicator)
        member = member_for(measuring_in(self.viewer, indicator.partnership), fields.pop("member", None))
        measurement = record_measurement(indicator=indicator, by=caller(self), member=member, **fields)
        return Response(MeasurementOut(measurement).data, status=201)


def member_for(measuring: Measuring, wanted: uuid.UUID | None) -> PartnershipMember | None:
    """The member a value is entered for; raises what the API answers with when it is not the caller's to choose."""
    if not measuring:
        raise PermissionDenied
    if wanted is None:
        if measuring.for_all:
            return None
        if len(measuring.members) == 1:
            return measuring.members[0]
        raise ValidationError({"member": [_("Say whose value it is.")]})
    found = next((member for member in measuring.members if member.pk == wanted), None)
    if found is None:
        raise ValidationError({"member": [_("You do not enter values for this organisation.")]})
    return found


class MeasurementDetail(SpaceAPIView):
    """One value."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = MeasurementOut

    def get(self, request: Request, **kwargs: Any) -> Response:
        """The value."""
        return Response(MeasurementOut(visible_value(self)).data)


class MeasurementVerify(SpaceAPIView):
    """Confirming a value as a second person."""

    writing = Permission.VERIFY_MEASUREMENTS
    serializer_class = MeasurementOut

    @extend_schema(request=None, responses=MeasurementOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Verify; 409 for the caller's own value and for one that is not waiting."""
        measurement = visible_value(self)
        self.require(Permission.VERIFY_MEASUREMENTS, measurement.indicator.partnership.scope_id)
        try:
            verified = verify_measurement(measurement=measurement, by=caller(self))
        except MeasurementRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(MeasurementOut(verified).data)


class MeasurementQuestion(SpaceAPIView):
    """Sending a value back with a question."""

    writing = Permission.VERIFY_MEASUREMENTS
    serializer_class = QuestionIn

    @extend_schema(request=QuestionIn, responses=MeasurementOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Question; 409 like verifying."""
        measurement = visible_value(self)
        self.require(Permission.VERIFY_MEASUREMENTS, measurement.indicator.partnership.scope_id)
        wanted = QuestionIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            asked = question_measurement(measurement=measurement, by=caller(self), **wanted.validated_data)
        except MeasurementRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(MeasurementOut(asked).data)


class MeasurementCorrect(SpaceAPIView):
    """Putting a corrected value in the place of one."""

    writing = Permission.ENTER_MEASUREMENTS
    serializer_class = ValueIn

    @extend_schema(request=ValueIn, responses={201: MeasurementOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Correct; 409 when the value was replaced already."""
        measurement = visible_value(self)
        self.require(Permission.ENTER_MEASUREMENTS, measurement.indicator.partnership.scope_id)
        if not may_correct(self.viewer, measurement):
            raise PermissionDenied
        wanted = ValueIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            new = correct_measurement(measurement=measurement, by=caller(self), **wanted.validated_data)
        except MeasurementRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(MeasurementOut(new).data, status=201)


def visible_value(view: SpaceAPIView) -> Measurement:
    """The value of an address; 404 when the caller may not see it."""
    rows = measurements_visible_to(view.viewer)
    slug, key = view.kwargs["slug"], view.kwargs["measurement_id"]
    found: Measurement = get_object_or_404(rows, indicator__partnership__slug=slug, pk=key)
    return found
