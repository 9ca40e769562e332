"""Around a value in the API: what shows it, and how good it is."""

import uuid
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import get_object_or_404
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.parsing import BoundedJSONParser
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.web.downloads import file_answer
from metrics.api.caller import caller
from metrics.api.measurement import MeasurementOut, visible_value
from metrics.models import Measurement, MeasurementEvidence
from metrics.operations.measurement import MeasurementRefusedError, grade_measurement
from metrics.operations.measurement_evidence import ValueEvidenceRefusedError, show_value_evidence
from metrics.queries.measurement import may_show_evidence, value_evidence
from partnerships.rules.task_evidence import Shown


class ValueEvidenceOut(serializers.ModelSerializer[MeasurementEvidence]):
    """What shows that a value is true; ``file_name`` is empty where no file can be downloaded."""

    file_name = serializers.CharField(source="file.name", default="", read_only=True)
    file_sha256 = serializers.CharField(source="file.sha256", default="", read_only=True)

    class Meta:
        model = MeasurementEvidence
        fields = ["id", "note", "link", "file_name", "file_sha256", "at"]
        read_only_fields = fields


class ValueEvidenceIn(serializers.Serializer[Any]):
    """A line, an address, or both."""

    note = CleanTextField(max_length=500, required=False, allow_blank=True, default="")
    link = serializers.URLField(max_length=500, required=False, allow_blank=True, default="")


class ValueEvidenceFileIn(ValueEvidenceIn):
    """The same with a file."""

    upload = serializers.FileField(required=False)


class GradeIn(serializers.Serializer[Any]):
    """How well a value is shown, and the five standards; what is left out stays."""

    evidence_strength = serializers.ChoiceField(choices=Measurement.Strength.choices, required=False, allow_blank=True)
    quality_validity = serializers.ChoiceField(choices=Measurement.Quality.choices, required=False)
    quality_integrity = serializers.ChoiceField(choices=Measurement.Quality.choices, required=False)
    quality_precision = serializers.ChoiceField(choices=Measurement.Quality.choices, required=False)
    quality_reliability = serializers.ChoiceField(choices=Measurement.Quality.choices, required=False)
    quality_timeliness = serializers.ChoiceField(choices=Measurement.Quality.choices, required=False)


class MeasurementEvidenceView(SpaceAPIView):
    """What shows that a value is true."""

    reading = Permission.SEE_PARTNERSHIP
    # As wide as the page: who may correct the value, or checks it, decides.
    writing = Permission.SEE_PARTNERSHIP
    serializer_class = ValueEvidenceOut
    parser_classes = [BoundedJSONParser, MultiPartParser]

    @extend_schema(responses=ValueEvidenceOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of it, newest first."""
        found = self.paginate_queryset(value_evidence(visible_value(self)))
        return self.get_paginated_response(ValueEvidenceOut(found, many=True).data)

    @extend_schema(
        request={"application/json": ValueEvidenceIn, "multipart/form-data": ValueEvidenceFileIn},
        responses={201: ValueEvidenceOut},
    )
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Show something; 400 for a file not taken, 409 for a value that was replaced."""
        measurement = visible_value(self)
        if not may_show_evidence(self.viewer, measurement):
            raise PermissionDenied
        sent = ValueEvidenceFileIn(data=request.data)
        sent.is_valid(raise_exception=True)
        try:
            shown = Shown(**sent.validated_data)
            evidence = show_value_evidence(measurement=measurement, by=caller(self), shown=shown)
        except ValueEvidenceRefusedError as refusal:
            if refusal.field == "evidence_file":
                raise serializers.ValidationError({"upload": [str(refusal)]}) from refusal
            raise ConflictError(str(refusal)) from refusal
        return Response(ValueEvidenceOut(evidence).data, status=201)


class MeasurementEvidenceFile(SpaceAPIView):
    """The bytes of a file that shows a value."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = ValueEvidenceOut

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, measurement_evidence_id: uuid.UUID, **kwargs: Any) -> HttpResponse:
        """A download, for whoever may see the value."""
        rows = value_evidence(visible_value(self)).exclude(file=None)
        return file_answer(get_object_or_404(rows, pk=measurement_evidence_id).file)


class MeasurementGrade(SpaceAPIView):
    """Judging a value."""

    writing = Permission.VERIFY_MEASUREMENTS
    serializer_class = GradeIn

    @extend_schema(request=GradeIn, responses=MeasurementOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Judge; 409 for the caller's own value and for one that does not count."""
        measurement = visible_value(self)
        self.require(Permission.VERIFY_MEASUREMENTS, measurement.indicator.partnership.scope_id)
        wanted = GradeIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            graded = grade_measurement(measurement=measurement, by=caller(self), **wanted.validated_data)
        except MeasurementRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(MeasurementOut(graded).data)
