"""Indicators in the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.access.visibility import Visibility
from core.api.views import SpaceAPIView
from metrics.api.caller import caller
from metrics.models import Indicator
from metrics.operations.indicator import define_indicator
from metrics.queries.indicator import indicator_list, indicator_sheet, indicators_visible_to, with_values
from metrics.queries.target import target_lines
from partnerships.queries.partnership import partnerships_visible_to

FIELDS = [
    "code", "name_en", "name_it", "definition_en", "definition_it", "kind", "unit", "unit_label_en", "unit_label_it",
    "wants_increase", "is_cumulative", "source", "frequency", "baseline_value", "baseline_numerator",
    "baseline_denominator", "baseline_on", "baseline_source", "baseline_due_on", "visibility",
]  # fmt: skip


class TargetOut(serializers.Serializer[Any]):
    """A target; ``replaced_on`` says since when it no longer counts."""

    value = serializers.DecimalField(max_digits=18, decimal_places=4)
    due_on = serializers.DateField()
    replaced_on = serializers.DateField(allow_null=True)


class StandingOut(serializers.Serializer[Any]):
    """Where the latest value stands against the target, with the reason in both languages."""

    standing = serializers.CharField()
    reason_en = serializers.CharField(source="reason.text_en")
    reason_it = serializers.CharField(source="reason.text_it")
    progress = serializers.DecimalField(max_digits=20, decimal_places=4, allow_null=True)
    expected = serializers.DecimalField(max_digits=20, decimal_places=4, allow_null=True)


class IndicatorOut(serializers.ModelSerializer[Indicator]):
    """An indicator as the API shows it, with its targets and where it stands today."""

    targets = serializers.SerializerMethodField()
    standing = serializers.SerializerMethodField()

    class Meta:
        model = Indicator
        fields = ["id", *FIELDS, "targets", "standing"]
        read_only_fields = fields

    @extend_schema_field(TargetOut(many=True))
    def get_targets(self, indicator: Indicator) -> Any:
        """All that were agreed, oldest first."""
        return TargetOut(target_lines(indicator.target_rows), many=True).data  # type: ignore[attr-defined]  # annotated by with_values

    @extend_schema_field(StandingOut(allow_null=True))
    def get_standing(self, indicator: Indicator) -> Any:
        """Null without a target."""
        judgement = indicator_sheet(indicator, today=timezone.localdate()).judgement
        return StandingOut(judgement).data if judgement else None


class IndicatorIn(serializers.Serializer[Any]):
    """A new indicator. A percentage's starting value is given by its two numbers."""

    code = serializers.SlugField(max_length=12, required=False, default="", allow_blank=True)
    name_en = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    name_it = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    definition_en = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)
    definition_it = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)
    kind = serializers.ChoiceField(choices=Indicator.Kind.choices, default=Indicator.Kind.OUTPUT)
    unit = serializers.ChoiceField(choices=Indicator.Unit.choices, default=Indicator.Unit.COUNT)
    unit_label_en = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    unit_label_it = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    wants_increase = serializers.BooleanField(default=True)
    is_cumulative = serializers.BooleanField(default=False)
    source = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)  # type: ignore[assignment]  # a field of this name, not DRF's option
    frequency = serializers.ChoiceField(choices=Indicator.Frequency.choices, default=Indicator.Frequency.QUARTERLY)
    baseline_value = serializers.DecimalField(max_digits=18, decimal_places=4, required=False, allow_null=True)
    baseline_numerator = serializers.DecimalField(max_digits=18, decimal_places=4, required=False, allow_null=True)
    baseline_denominator = serializers.DecimalField(max_digits=18, decimal_places=4, required=False, allow_null=True)
    baseline_on = serializers.DateField(required=False, allow_null=True)
    baseline_source = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    baseline_due_on = serializers.DateField(required=False, allow_null=True)
    visibility = serializers.ChoiceField(
        choices=[choice for choice in Visibility.choices if choice[0] > Visibility.SEALED], default=Visibility.PARTNERS
    )


class IndicatorList(SpaceAPIView):
    """A partnership's indicators."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.DEFINE_INDICATORS
    serializer_class = IndicatorOut

    def get_queryset(self) -> QuerySet[Indicator]:
        """Visible ones, in the order they were defined."""
        partnership = get_object_or_404(partnerships_visible_to(self.viewer), slug=self.kwargs["slug"])
        return indicator_list(self.viewer, partnership)

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(IndicatorOut(found, many=True).data)

    @extend_schema(request=IndicatorIn, responses={201: IndicatorOut})
    def post(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """Define one."""
        partnership = get_object_or_404(partnerships_visible_to(self.viewer), slug=slug)
        self.require(Permission.DEFINE_INDICATORS, partnership.scope_id)
        wanted = IndicatorIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        indicator = define_indicator(partnership=partnership, by=caller(self), **wanted.validated_data)
        shown = with_values(indicators_visible_to(self.viewer)).get(pk=indicator.pk)
        return Response(IndicatorOut(shown).data, status=201)


class IndicatorDetail(SpaceAPIView):
    """One indicator."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = IndicatorOut

    def get(self, request: Request, slug: str, code: str, **kwargs: Any) -> Response:
        """The indicator."""
        rows = with_values(indicators_visible_to(self.viewer))
        return Response(IndicatorOut(get_object_or_404(rows, partnership__slug=slug, code=code)).data)
