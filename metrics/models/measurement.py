"""A measured value of a period (domain 8.2). It is never overwritten: a correction is a new row that points back."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy.models import TenantForeignKey, TenantModel
from metrics.models.indicator import Indicator
from partnerships.models import PartnershipMember
from stakeholders.models import Stakeholder


class Measurement(TenantModel):
    """Value null means "not reported" and says why; missing is never zero (R-I6)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft, not sent yet")
        SUBMITTED = "submitted", _("Not yet checked by a second person")
        VERIFIED = "verified", _("Verified")
        QUERIED = "queried", _("Sent back with a question")
        CORRECTED = "corrected", _("Replaced by a correction")

    class Strength(models.TextChoices):
        NONE = "none", _("Nothing shows it")
        WEAK = "weak", _("An impression or an estimate")
        MODERATE = "moderate", _("A list or a register somebody keeps")
        STRONG = "strong", _("A record others can check")

    class Quality(models.TextChoices):
        UNKNOWN = "unknown", _("not looked at")
        GOOD = "good", _("good")
        LIMITED = "limited", _("limited")
        POOR = "poor", _("poor")

    indicator = TenantForeignKey(Indicator, related_name="measurements")
    period_starts_on = models.DateField()
    period_ends_on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    numerator = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    # A story is told here, never in the value.
    story = models.TextField(max_length=4000, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    missing_reason = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=200, blank=True)
    member = TenantForeignKey(PartnershipMember, null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    entered_by_person = TenantForeignKey(Stakeholder, null=True)
    entered_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.SUBMITTED)
    is_estimate = models.BooleanField(default=False)
    method_deviation = models.CharField(max_length=300, blank=True)
    evidence_strength = models.CharField(max_length=8, choices=Strength.choices, blank=True)
    quality_validity = models.CharField(max_length=7, choices=Quality.choices, default=Quality.UNKNOWN)
    quality_integrity = models.CharField(max_length=7, choices=Quality.choices, default=Quality.UNKNOWN)
    quality_precision = models.CharField(max_length=7, choices=Quality.choices, default=Quality.UNKNOWN)
    quality_reliability = models.CharField(max_length=7, choices=Quality.choices, default=Quality.UNKNOWN)
    quality_timeliness = models.CharField(max_length=7, choices=Quality.choices, default=Quality.UNKNOWN)
    query_note = models.CharField(max_length=300, blank=True)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    verified_at = models.DateTimeField(null=True)
    corrects = TenantForeignKey("self", null=True, related_name="corrections")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(period_ends_on__gte=models.F("period_starts_on")),
                name="metrics_measurement_period_in_order",
                violation_error_message=_("The period must end after it starts."),
            ),
            models.CheckConstraint(
                condition=models.Q(value__isnull=False) | ~models.Q(missing_reason="") | ~models.Q(story=""),
                name="metrics_measurement_value_or_reason",
                violation_error_message=_("Enter a value, or say why there is none."),
            ),
            models.CheckConstraint(
                condition=models.Q(verified_by__isnull=True)
                | models.Q(entered_by__isnull=True)
                | ~models.Q(verified_by=models.F("entered_by")),
                name="metrics_measurement_second_person",
                violation_error_message=_("Someone else must verify this value."),
            ),
            models.UniqueConstraint(
                fields=["tenant", "indicator", "member", "period_starts_on", "period_ends_on"],
                condition=~models.Q(state="corrected"),
                nulls_distinct=False,
                name="metrics_measurement_once_per_period",
                violation_error_message=_("There is already a value for this period. Correct that one instead."),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "indicator", "period_ends_on"], name="measurement_by_period"),
            # Few of many: found without reading all that an indicator was ever measured.
            models.Index(
                fields=["tenant", "indicator"], condition=models.Q(state="submitted"), name="measurement_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} ({self.period_ends_on})"
