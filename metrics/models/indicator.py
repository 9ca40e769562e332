"""What is measured, how, and which value is wanted by when (domain 8.1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.rules.bilingual import spoken
from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models import Partnership


class Indicator(TenantModel):
    """A defined measure. A percentage always keeps numerator and denominator (R-I3)."""

    class Unit(models.TextChoices):
        COUNT = "count", _("number")
        UNIQUE_PEOPLE = "unique_people", _("people, each counted once")
        PERCENT = "percent", _("per cent")
        MEDIAN = "median", _("median")
        MEAN = "mean", _("mean")
        MONEY = "money", _("money")
        HOURS = "hours", _("hours")

    class Kind(models.TextChoices):
        OUTPUT = "output", _("Output")
        OUTCOME = "outcome", _("Outcome")
        PROCESS = "process", _("Process")
        CONTEXT = "context", _("Context")

    class Frequency(models.TextChoices):
        MONTHLY = "monthly", _("every month")
        QUARTERLY = "quarterly", _("every three months")
        HALF_YEARLY = "half_yearly", _("every six months")
        YEARLY = "yearly", _("every year")

    partnership = TenantForeignKey(Partnership, related_name="indicators")
    code = models.CharField(max_length=12)
    name_en = models.CharField(max_length=200, blank=True)
    name_it = models.CharField(max_length=200, blank=True)
    definition_en = models.TextField(blank=True, max_length=2000)
    definition_it = models.TextField(blank=True, max_length=2000)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.OUTPUT)
    unit = models.CharField(max_length=14, choices=Unit.choices, default=Unit.COUNT)
    unit_label_en = models.CharField(max_length=40, blank=True)
    unit_label_it = models.CharField(max_length=40, blank=True)
    wants_increase = models.BooleanField(default=True)
    is_cumulative = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)
    frequency = models.CharField(max_length=12, choices=Frequency.choices, default=Frequency.QUARTERLY)
    baseline_value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_numerator = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_denominator = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    baseline_source = models.CharField(max_length=200, blank=True)
    baseline_due_on = models.DateField(null=True, blank=True)
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.PARTNERS)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "partnership", "code"],
                name="metrics_indicator_code_once",
                violation_error_message=_("Another indicator of this partnership already has this code."),
            ),
            models.CheckConstraint(condition=~models.Q(name_en="", name_it=""), name="metrics_indicator_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the page's language."""
        return spoken(self, "name")

    @property
    def unit_label(self) -> str:
        """What is counted, in the page's language; may be empty."""
        return spoken(self, "unit_label")

    @property
    def definition(self) -> str:
        """What counts and what does not, in the page's language."""
        return spoken(self, "definition")


class Target(TenantModel):
    """The value wanted by a date. The first one stays visible when a later one replaces it (R-G3)."""

    indicator = TenantForeignKey(Indicator, related_name="targets")
    value = models.DecimalField(max_digits=18, decimal_places=4)
    due_on = models.DateField()
    replaced_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["tenant", "indicator", "due_on"], name="target_by_indicator")]

    def __str__(self) -> str:
        return f"{self.value} by {self.due_on}"
