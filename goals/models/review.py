"""Looking at a goal together: how far it came, why, and what follows (domain 4.2, R-G9)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy.models import TenantForeignKey, TenantModel
from goals.models.goal import Goal
from partnerships.models import Decision


class GoalReview(TenantModel):
    """One review with what it came to; ``readings_until`` is the end of the last period whose value it knew."""

    class Choice(models.TextChoices):
        KEEP = "keep", _("We go on as we do")
        ADJUST_ACTIVITY = "adjust_activity", _("We do something differently")
        ADJUST_TARGET = "adjust_target", _("We change the target")
        STOP = "stop", _("We stop")

    goal = TenantForeignKey(Goal, related_name="reviews")
    number = models.PositiveSmallIntegerField()
    reviewed_on = models.DateField()
    progress = models.TextField(max_length=1000, blank=True)
    cause = models.TextField(max_length=1000, blank=True)
    feedback = models.TextField(max_length=1000, blank=True)
    choice = models.CharField(max_length=15, choices=Choice.choices, default=Choice.KEEP)
    decision = TenantForeignKey(Decision, null=True, blank=True, related_name="goal_reviews")
    next_review_on = models.DateField(null=True, blank=True)
    # How it stood then, as the goal's page said it; empty when nothing could be said.
    standing = models.CharField(max_length=12, blank=True)
    readings_until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "goal", "number"], name="goals_goalreview_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.goal} {self.reviewed_on}"
