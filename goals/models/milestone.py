"""A dated point on the way to a goal."""

from django.db import models

from core.rules.bilingual import spoken
from core.tenancy.models import TenantForeignKey, TenantModel
from goals.models.goal import Goal


class Milestone(TenantModel):
    """Reached when evidence says so; the first date ever agreed stays beside the present one."""

    goal = TenantForeignKey(Goal, related_name="milestones")
    title_en = models.CharField(max_length=160, blank=True)
    title_it = models.CharField(max_length=160, blank=True)
    due_on = models.DateField()
    first_due_on = models.DateField()
    reached_on = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=~models.Q(title_en="", title_it=""), name="goals_milestone_has_title"),
        ]
        indexes = [models.Index(fields=["tenant", "goal", "due_on"], name="milestone_by_goal")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the page's language."""
        return spoken(self, "title")
