"""Reports in the API."""

from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.views import SpaceAPIView
from core.web.lookup import or_404
from partnerships.queries.partnership import partnership_at
from reports.models import ImpactReport
from reports.operations.report import freeze_report
from reports.queries.report import report_list


class ReportOut(serializers.ModelSerializer[ImpactReport]):
    """A report without its figures."""

    is_ready = serializers.SerializerMethodField(help_text="Whether the document can be downloaded.")

    class Meta:
        model = ImpactReport
        fields = [
            "id",
            "number",
            "title",
            "language",
            "period_starts_on",
            "period_ends_on",
            "state",
            "code",
            "snapshot_sha256",
            "frozen_at",
            "published_at",
            "is_ready",
        ]
        read_only_fields = fields

    def get_is_ready(self, report: ImpactReport) -> bool:
        """Whether the document was rendered."""
        return report.pdf_id is not None


class ReportWithFiguresOut(ReportOut):
    """A report with its frozen figures."""

    class Meta(ReportOut.Meta):
        fields = [*ReportOut.Meta.fields, "snapshot"]
        read_only_fields = fields


class ReportIn(serializers.Serializer[Any]):
    """What a report needs beside the figures."""

    title = serializers.CharField(max_length=160)
    language = serializers.ChoiceField(choices=["en", "it"])
    period_starts_on = serializers.DateField()
    period_ends_on = serializers.DateField()
    summary = serializers.CharField(max_length=3000)
    not_working = serializers.CharField(max_length=2000)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The period must be in order."""
        starts, ends = attrs["period_starts_on"], attrs["period_ends_on"]
        if isinstance(starts, date) and ends <= starts:
            raise serializers.ValidationError({"period_ends_on": "must be after period_starts_on"})
        return attrs


class ReportList(SpaceAPIView):
    """A partnership's reports."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.PREPARE_REPORTS
    serializer_class = ReportOut

    @extend_schema(responses=ReportOut(many=True))
    def get(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """A page of them, newest first."""
        partnership = or_404(partnership_at.first(self.viewer, slug=slug))
        found = self.paginate_queryset(report_list(self.viewer, partnership.pk))
        return self.get_paginated_response(ReportOut(found, many=True).data)

    @extend_schema(request=ReportIn, responses={201: ReportOut})
    def post(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """Freeze the figures and have the document made; it is ready when ``is_ready`` says so."""
        partnership = or_404(partnership_at.first(self.viewer, slug=slug))
        self.require(Permission.PREPARE_REPORTS, partnership.scope_id)
        wanted = ReportIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        report = freeze_report(partnership=partnership, by=self.person, **wanted.validated_data)
        return Response(ReportOut(report).data, status=201)


class ReportDetail(SpaceAPIView):
    """One report with its figures."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = ReportWithFiguresOut

    @extend_schema(responses=ReportWithFiguresOut)
    def get(self, request: Request, slug: str, number: int, **kwargs: Any) -> Response:
        """The report."""
        partnership = or_404(partnership_at.first(self.viewer, slug=slug))
        return Response(
            ReportWithFiguresOut(get_object_or_404(report_list(self.viewer, partnership.pk), number=number)).data
        )
