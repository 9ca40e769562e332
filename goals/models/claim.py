"""Which part a partnership claims to have had in a result, and what else could explain it (domain 8.5)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.rules.bilingual import spoken
from core.tenancy.models import TenantForeignKey, TenantModel
from goals.models.goal import Goal


class ContributionClaim(TenantModel):
    """How strong it is follows from what is here, never from what anybody wishes (R-I11, R-I12)."""

    class Comparison(models.TextChoices):
        CONTROL = "control", _("With people or places that did not take part, chosen by lot")
        MATCHED = "matched", _("With similar people or places that did not take part")
        INTERRUPTED = "interrupted", _("With many values from before and after the work began")

    goal = TenantForeignKey(Goal, related_name="claims")
    result_en = models.CharField(max_length=400, blank=True)
    result_it = models.CharField(max_length=400, blank=True)
    evidence_done = models.TextField(blank=True, max_length=1000)
    evidence_steps = models.TextField(blank=True, max_length=1000)
    people_say = models.TextField(blank=True, max_length=1000)
    comparison = models.CharField(max_length=11, choices=Comparison.choices, blank=True)
    comparison_note = models.CharField(max_length=400, blank=True)
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.PARTNERS)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(result_en="", result_it=""),
                name="goals_claim_has_result",
                violation_error_message=_("Write what was observed."),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "goal"], name="claim_by_goal")]

    def __str__(self) -> str:
        return self.result

    @property
    def result(self) -> str:
        """What was observed, in the page's language."""
        return spoken(self, "result")


class ClaimAlternative(TenantModel):
    """Something else that could explain a result, and what somebody found when they looked at it."""

    class Outcome(models.TextChoices):
        RULED_OUT = "ruled_out", _("Ruled out")
        PLAYS_A_PART = "plays_a_part", _("Plays a part")
        CANNOT_TELL = "cannot_tell", _("Cannot be told")

    claim = TenantForeignKey(ContributionClaim, related_name="alternatives")
    text = models.CharField(max_length=300)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    examined_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    examined_on = models.DateField(null=True, blank=True)
    # Kept as a fact: whoever made the claim may be erased later.
    is_by_another = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(outcome="") | ~models.Q(reason=""),
                name="goals_alternative_reason",
                violation_error_message=_("Write how you know."),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "claim"], name="alternative_by_claim")]

    def __str__(self) -> str:
        return self.text
