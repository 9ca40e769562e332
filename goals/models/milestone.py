"""A dated point on the way to a goal."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile
from core.rules.bilingual import spoken
from core.tenancy.models import TenantForeignKey, TenantModel
from goals.models.goal import Goal
from partnerships.models import PartnershipMember
from stakeholders.models import Stakeholder


class Milestone(TenantModel):
    """Reached when evidence says so; the first date ever agreed stays beside the present one."""

    class Kind(models.TextChoices):
        OUTPUT = "output", _("Something is there")
        PROCESS = "process", _("Something has begun or ended")
        FUNDING = "funding", _("Money is there")
        DECISION = "decision", _("Something is decided")

    goal = TenantForeignKey(Goal, related_name="milestones")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.OUTPUT)
    title_en = models.CharField(max_length=160, blank=True)
    title_it = models.CharField(max_length=160, blank=True)
    due_on = models.DateField()
    first_due_on = models.DateField()
    # The goal's value expected by then, where the way is not a straight line (R-G5).
    expected_value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    reached_on = models.DateField(null=True, blank=True)
    owner_member = TenantForeignKey(PartnershipMember, null=True, blank=True, related_name="milestones")
    owner_person = TenantForeignKey(Stakeholder, null=True, blank=True, related_name="milestones")
    evidence_wanted = models.CharField(max_length=300, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    evidence_file = TenantForeignKey(StoredFile, null=True, blank=True, related_name="+")
    dropped_on = models.DateField(null=True, blank=True)
    dropped_reason = models.CharField(max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=~models.Q(title_en="", title_it=""), name="goals_milestone_has_title"),
            models.CheckConstraint(
                condition=models.Q(dropped_on__isnull=True) | models.Q(reached_on__isnull=True),
                name="goals_milestone_reached_or_dropped",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "goal", "due_on"], name="milestone_by_goal")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the page's language."""
        return spoken(self, "title")
