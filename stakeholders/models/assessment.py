"""What one rater thinks of one stakeholder on one day (domain 1.2). The person assessed may read it (P7)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy.models import TenantForeignKey, TenantModel
from stakeholders.models.stakeholder_map import MapEntry, MapRater, MapRound

LOWEST, HIGHEST = 1, 5


def _score() -> "models.PositiveSmallIntegerField[int | None, int | None]":
    return models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)]
    )


class Assessment(TenantModel):
    """Scores from 1 to 5; a score left out is not known. A second one of the same day replaces the first."""

    class Engagement(models.IntegerChoices):
        UNAWARE = 0, _("Unaware")
        INFORMED = 1, _("Informed")
        CONSULTED = 2, _("Consulted")
        INVOLVED = 3, _("Involved")
        PARTNER = 4, _("Works with us")
        LEAD = 5, _("Leads")

    class Confidence(models.TextChoices):
        LOW = "low", _("I am guessing")
        MEDIUM = "medium", _("Fairly sure")
        HIGH = "high", _("I know it first hand")

    entry = TenantForeignKey(MapEntry, related_name="assessments")
    round = TenantForeignKey(MapRound, related_name="assessments")
    rater = TenantForeignKey(MapRater, related_name="assessments")
    rated_on = models.DateField()
    power = _score()
    interest = _score()
    legitimacy = _score()
    urgency = _score()
    # 1 opposed, 3 neutral, 5 champion.
    attitude = _score()
    current_engagement = models.PositiveSmallIntegerField(choices=Engagement.choices, null=True, blank=True)
    desired_engagement = models.PositiveSmallIntegerField(choices=Engagement.choices, null=True, blank=True)
    reason = models.TextField(blank=True, max_length=600)
    confidence = models.CharField(max_length=6, choices=Confidence.choices, default=Confidence.MEDIUM)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "entry", "rater", "rated_on"], name="stakeholders_assessment_once_a_day"
            ),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{name}__isnull": True})
                    | models.Q(**{f"{name}__gte": LOWEST, f"{name}__lte": HIGHEST}),
                    name=f"stakeholders_assessment_{name}_in_scale",
                )
                for name in ("power", "interest", "legitimacy", "urgency", "attitude")
            ),
        ]
        indexes = [models.Index(fields=["tenant", "round"], name="assessment_by_round")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.rated_on}"
