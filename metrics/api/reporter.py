"""Which partners give an indicator's values, in the API."""

from typing import Any

from django.core.exceptions import ValidationError as Refusal
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.views import SpaceAPIView
from metrics.api.caller import caller
from metrics.models import Indicator
from metrics.operations.reporter import name_reporters
from metrics.queries.indicator import indicators_visible_to, with_values
from metrics.queries.reporter import reporter_rows
from metrics.rules.period import period_of
from partnerships.queries.member import active_members

MOST_MEMBERS = 500


class ReporterOut(serializers.Serializer[Any]):
    """A partner asked for the values; ``since`` is null when it is asked because it reported before."""

    member_id = serializers.UUIDField()
    organisation = serializers.CharField(source="name")
    since = serializers.DateField(allow_null=True)
    last_reported = serializers.CharField(source="last")


class ReportersIn(serializers.Serializer[Any]):
    """All who are asked; those left out are asked no more. ``since`` is for the new ones: the period it lies in."""

    member_ids = serializers.ListField(child=serializers.UUIDField(), max_length=MOST_MEMBERS)
    since = serializers.DateField(required=False)


class IndicatorReporters(SpaceAPIView):
    """Who is asked for an indicator's values."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.DEFINE_INDICATORS
    serializer_class = ReporterOut
    pagination_class = None

    def _indicator(self) -> Indicator:
        rows = with_values(indicators_visible_to(self.viewer))
        found: Indicator = get_object_or_404(rows, partnership__slug=self.kwargs["slug"], code=self.kwargs["code"])
        return found

    @extend_schema(responses=ReporterOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """Those asked now, by name."""
        return Response(self._asked(self._indicator()))

    @extend_schema(request=ReportersIn, responses=ReporterOut(many=True))
    def put(self, request: Request, **kwargs: Any) -> Response:
        """Say who is asked."""
        indicator, today = self._indicator(), timezone.localdate()
        self.require(Permission.DEFINE_INDICATORS, indicator.partnership.scope_id)
        wanted = ReportersIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        keys = set(wanted.validated_data["member_ids"])
        members = list(active_members(indicator.partnership).filter(pk__in=keys))
        if len(members) < len(keys):
            raise serializers.ValidationError({"member_ids": _("This organisation is not in the partnership.")})
        since = wanted.validated_data.get("since") or period_of(today, indicator.frequency).starts_on
        try:
            name_reporters(indicator=indicator, members=members, since=since, by=caller(self), today=today)
        except Refusal as refusal:
            names = {"members": "member_ids"}
            told = {names.get(name, name): said for name, said in refusal.message_dict.items()}
            raise serializers.ValidationError(told) from refusal
        return Response(self._asked(self._indicator()))

    def _asked(self, indicator: Indicator) -> Any:
        rows = [row for row in reporter_rows(indicator, self.request.LANGUAGE_CODE[:2]) if row.is_asked]
        return ReporterOut(rows, many=True).data
