"""Indicators in the API."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.access.visibility import Visibility
from core.api.fields import CleanTextField, MeantIn
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.queries.tenant import tenant_at_work
from core.web.lookup import or_404
from metrics.api.caller import caller
from metrics.forms.indicator_sheet import LARGEST_POPULATION
from metrics.models import Indicator
from metrics.operations.indicator import IndicatorInUseError, change_indicator, define_indicator
from metrics.queries.indicator import indicator_list, indicator_sheet, indicators_visible_to, with_values
from metrics.queries.indicator_facts import sheet_gaps
from metrics.queries.target import target_lines
from metrics.rules.iati import Codes, codes_of
from metrics.rules.indicator import DEDUPLICATION, without_deduplication
from partnerships.queries.partnership import partnership_at
from partnerships.rules.severity import blocking

FIELDS = [
    "code", "name_en", "name_it", "definition_en", "definition_it", "kind", "unit", "unit_label_en", "unit_label_it",
    "wants_increase", "is_cumulative", "source_en", "source_it", "frequency", "baseline_value", "baseline_numerator",
    "baseline_denominator", "baseline_on", "baseline_source_en", "baseline_source_it", "baseline_due_on", "visibility",
    "question", "answers_for", "numerator_en", "numerator_it", "denominator_en", "denominator_it", "formula",
    "aggregation", "method_en", "method_it", "instrument_en", "instrument_it", "deduplication_en", "deduplication_it",
    "responsible_en", "responsible_it", "rationale_en", "rationale_it", "limits_en", "limits_it", "ethics_note_en",
    "ethics_note_it", "cost_note_en", "cost_note_it", "feedback_note_en", "feedback_note_it", "lowest", "highest",
    "lag_days", "sample", "population_size", "iati_measure", "iati_aggregates", "iati_vocabulary", "iati_reference",
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


class IatiOut(serializers.Serializer[Codes]):
    """The codes of IATI 2.03: what was chosen, else what follows from the sheet."""

    result_type = serializers.CharField()
    measure = serializers.CharField()
    is_aggregated = serializers.BooleanField(help_text="The aggregation status.")
    vocabulary = serializers.CharField()
    reference = serializers.CharField()


class SheetGapOut(serializers.Serializer[Any]):
    """Something a complete sheet would say, and the languages in which this one does not."""

    name = serializers.CharField()
    missing_in = serializers.ListField(child=serializers.CharField())


class IndicatorOut(serializers.ModelSerializer[Indicator]):
    """An indicator as the API shows it, with its targets and where it stands today."""

    # Empty while they are not said.
    question = serializers.CharField(read_only=True)
    aggregation = serializers.CharField(read_only=True)
    sample = serializers.CharField(read_only=True)
    iati_measure = serializers.CharField(read_only=True)
    iati_aggregates = serializers.CharField(read_only=True)
    iati_vocabulary = serializers.CharField(read_only=True)
    iati = serializers.SerializerMethodField()
    gaps = serializers.SerializerMethodField()
    targets = serializers.SerializerMethodField()
    standing = serializers.SerializerMethodField()

    class Meta:
        model = Indicator
        fields = ["id", *FIELDS, "version", "iati", "gaps", "targets", "standing"]
        read_only_fields = fields

    @extend_schema_field(IatiOut)
    def get_iati(self, indicator: Indicator) -> Any:
        """For funders who publish."""
        return IatiOut(codes_of(indicator)).data

    @extend_schema_field(SheetGapOut(many=True))
    def get_gaps(self, indicator: Indicator) -> Any:
        """What its sheet does not say yet."""
        return SheetGapOut(sheet_gaps(indicator), many=True).data

    @extend_schema_field(TargetOut(many=True))
    def get_targets(self, indicator: Indicator) -> Any:
        """All that were agreed, oldest first."""
        return TargetOut(target_lines(indicator.target_rows), many=True).data  # type: ignore[attr-defined]  # annotated by with_values

    @extend_schema_field(StandingOut(allow_null=True))
    def get_standing(self, indicator: Indicator) -> Any:
        """Null without a target."""
        judgement = indicator_sheet(indicator, today=timezone.localdate()).judgement
        return StandingOut(judgement).data if judgement else None


def line(length: int) -> CleanTextField:
    """A text that may stay empty."""
    return CleanTextField(max_length=length, required=False, default="", allow_blank=True, multiline=length > 300)  # noqa: PLR2004 - more than a line


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
    source_en = line(200)
    source_it = line(200)
    frequency = serializers.ChoiceField(choices=Indicator.Frequency.choices, default=Indicator.Frequency.QUARTERLY)
    baseline_value = serializers.DecimalField(max_digits=18, decimal_places=4, required=False, allow_null=True)
    baseline_numerator = serializers.DecimalField(max_digits=18, decimal_places=4, required=False, allow_null=True)
    baseline_denominator = serializers.DecimalField(max_digits=18, decimal_places=4, required=False, allow_null=True)
    baseline_on = serializers.DateField(required=False, allow_null=True)
    baseline_source_en = line(200)
    baseline_source_it = line(200)
    baseline_due_on = serializers.DateField(required=False, allow_null=True)
    visibility = serializers.ChoiceField(
        choices=[choice for choice in Visibility.choices if choice[0] > Visibility.SEALED], default=Visibility.PARTNERS
    )
    question = serializers.ChoiceField(choices=Indicator.Question.choices, default="", allow_blank=True)
    answers_for = serializers.ChoiceField(choices=Indicator.AnswersFor.choices, default=Indicator.AnswersFor.OURS)
    aggregation = serializers.ChoiceField(choices=Indicator.Aggregation.choices, default="", allow_blank=True)
    numerator_en = line(300)
    numerator_it = line(300)
    denominator_en = line(300)
    denominator_it = line(300)
    formula = line(200)
    method_en = line(500)
    method_it = line(500)
    instrument_en = line(200)
    instrument_it = line(200)
    deduplication_en = line(300)
    deduplication_it = line(300)
    responsible_en = line(120)
    responsible_it = line(120)
    rationale_en = line(500)
    rationale_it = line(500)
    limits_en = line(500)
    limits_it = line(500)
    ethics_note_en = line(500)
    ethics_note_it = line(500)
    cost_note_en = line(200)
    cost_note_it = line(200)
    feedback_note_en = line(300)
    feedback_note_it = line(300)
    lowest = serializers.DecimalField(max_digits=18, decimal_places=4, required=False, allow_null=True)
    highest = serializers.DecimalField(max_digits=18, decimal_places=4, required=False, allow_null=True)
    lag_days = serializers.IntegerField(min_value=0, max_value=400, default=30)
    sample = serializers.ChoiceField(choices=Indicator.Sample.choices, default="", allow_blank=True)
    population_size = serializers.IntegerField(
        min_value=1, max_value=LARGEST_POPULATION, required=False, allow_null=True
    )
    iati_measure = serializers.ChoiceField(choices=Indicator.IatiMeasure.choices, default="", allow_blank=True)
    iati_aggregates = serializers.ChoiceField(choices=Indicator.YesOrNo.choices, default="", allow_blank=True)
    iati_vocabulary = serializers.ChoiceField(choices=Indicator.IatiVocabulary.choices, default="", allow_blank=True)
    iati_reference = line(60)


class IndicatorChangeIn(MeantIn, IndicatorIn):
    """What changes; ``reason`` is needed when values measured so far would mean something else."""

    reason = line(300)


def refuse_double_counting(fields: dict[str, Any], mode: str) -> None:
    """Raise what the API answers with when people are counted once and nobody says how (R-I2)."""
    findings = without_deduplication(fields.get("unit", ""), *(fields.get(name, "") for name in DEDUPLICATION))
    for finding in blocking(findings, mode):
        own = f"deduplication_{tenant_at_work().default_language}"
        raise serializers.ValidationError({own: [str(finding.message)]})


class IndicatorList(SpaceAPIView):
    """A partnership's indicators."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.DEFINE_INDICATORS
    serializer_class = IndicatorOut

    def get_queryset(self) -> QuerySet[Indicator]:
        """Visible ones, in the order they were defined."""
        partnership = or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))
        return indicator_list(self.viewer, partnership)

    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them."""
        found = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(IndicatorOut(found, many=True).data)

    @extend_schema(request=IndicatorIn, responses={201: IndicatorOut})
    def post(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """Define one."""
        partnership = or_404(partnership_at.first(self.viewer, slug=slug))
        self.require(Permission.DEFINE_INDICATORS, partnership.scope_id)
        wanted = IndicatorIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        refuse_double_counting(wanted.validated_data, partnership.mode)
        indicator = define_indicator(partnership=partnership, by=caller(self), **wanted.validated_data)
        shown = with_values(indicators_visible_to(self.viewer)).get(pk=indicator.pk)
        return Response(IndicatorOut(shown).data, status=201)


class IndicatorDetail(SpaceAPIView):
    """One indicator."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.DEFINE_INDICATORS
    serializer_class = IndicatorOut

    def get(self, request: Request, slug: str, code: str, **kwargs: Any) -> Response:
        """The indicator."""
        rows = with_values(indicators_visible_to(self.viewer))
        return Response(IndicatorOut(get_object_or_404(rows, partnership__slug=slug, code=code)).data)

    @extend_schema(request=IndicatorChangeIn, responses=IndicatorOut)
    def patch(self, request: Request, slug: str, code: str, **kwargs: Any) -> Response:
        """Change what is named; 409 for another unit once there are values, 400 without a needed reason."""
        rows = indicators_visible_to(self.viewer)
        indicator = get_object_or_404(rows, partnership__slug=slug, code=code)
        self.require(Permission.DEFINE_INDICATORS, indicator.partnership.scope_id)
        wanted = IndicatorChangeIn(data=request.data, partial=True)
        wanted.is_valid(raise_exception=True)
        fields = dict(wanted.validated_data)
        fields.pop("code", None)
        after = {name: fields.get(name, getattr(indicator, name)) for name in ("unit", *DEDUPLICATION)}
        refuse_double_counting(after, indicator.partnership.mode)
        try:
            change_indicator(indicator=indicator, by=caller(self), **fields)
        except IndicatorInUseError as refusal:
            told = _("There are values already. Define another indicator for this.")
            raise ConflictError(f"{refusal}: {told}") from refusal
        return Response(IndicatorOut(with_values(rows).get(pk=indicator.pk)).data)
