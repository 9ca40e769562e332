"""What happened beside the numbers, and who was counted by more than one partner."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.rules.bilingual import spoken
from core.tenancy.models import TenantForeignKey, TenantModel
from metrics.models.indicator import Indicator


class Happening(TenantModel):
    """Something that happened on a day and may explain a turn in an indicator's values."""

    indicator = TenantForeignKey(Indicator, related_name="happenings")
    title_en = models.CharField(max_length=80, blank=True)
    title_it = models.CharField(max_length=80, blank=True)
    happened_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=~models.Q(title_en="", title_it=""), name="metrics_happening_has_title"),
        ]
        indexes = [models.Index(fields=["tenant", "indicator", "happened_on"], name="happening_by_indicator")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What happened, in the page's language."""
        return spoken(self, "title")


class Overlap(TenantModel):
    """How many people several partners counted in a period, and how that is known; replaced ones stay (P3).

    ``surplus`` is how often these people were counted too many times: once each where two partners had them.
    """

    indicator = TenantForeignKey(Indicator, related_name="overlaps")
    period_starts_on = models.DateField()
    period_ends_on = models.DateField()
    people = models.PositiveIntegerField()
    surplus = models.PositiveIntegerField()
    how_known = models.CharField(max_length=300)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    stated_at = models.DateTimeField(auto_now_add=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(surplus__gte=models.F("people")),
                name="metrics_overlap_surplus_at_least_people",
                violation_error_message=_("Each of them was counted at least once too often."),
            ),
            models.UniqueConstraint(
                fields=["tenant", "indicator", "period_starts_on", "period_ends_on"],
                condition=models.Q(replaced_at__isnull=True),
                name="metrics_overlap_once_per_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.people} ({self.period_ends_on})"
