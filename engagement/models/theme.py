"""What residents said, summed up, and what was done about it (domain 7.4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.rules.bilingual import spoken
from core.tenancy.models import TenantForeignKey, TenantModel
from goals.models import Milestone
from partnerships.models import Decision, Partnership, Task


class WhyNot(models.TextChoices):
    """Why something residents ask for is not possible (domain 7.4)."""

    LAW = "law", _("The law does not allow it")
    COST = "cost", _("There is no money for it")
    SAFETY = "safety", _("It would not be safe")
    TECHNICAL = "technical", _("It cannot be done technically")
    CONFLICT = "conflicts_with_other_input", _("Others asked for the opposite")
    POWER = "outside_our_power", _("It is not ours to decide")


class Theme(TenantModel):
    """What was said and what was done. Negative and open answers are published (R-E12); "done" has evidence (R-E15)."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("Not answered yet")
        DONE = "done", _("Done")
        IN_PROGRESS = "in_progress", _("In progress")
        PLANNED = "planned", _("Planned")
        PARTLY = "partly", _("Partly")
        NOT_POSSIBLE = "not_possible", _("Not possible")
        PASSED_ON = "not_ours_passed_on", _("Not ours: passed on")
        UNDECIDED = "undecided", _("Not decided yet")

    partnership = TenantForeignKey(Partnership, related_name="themes")
    heard_en = models.CharField(max_length=300, blank=True)
    heard_it = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, default=Outcome.OPEN)
    answer_en = models.TextField(blank=True, max_length=2000)
    answer_it = models.TextField(blank=True, max_length=2000)
    evidence = models.CharField(max_length=300, blank=True)
    why_not = models.CharField(max_length=29, choices=WhyNot.choices, blank=True)
    heard_from_en = models.CharField(max_length=300, blank=True)
    heard_from_it = models.CharField(max_length=300, blank=True)
    not_heard_from_en = models.CharField(max_length=300, blank=True)
    not_heard_from_it = models.CharField(max_length=300, blank=True)
    task = TenantForeignKey(Task, null=True, blank=True)
    decision = TenantForeignKey(Decision, null=True, blank=True, related_name="themes")
    milestone = TenantForeignKey(Milestone, null=True, blank=True, related_name="themes")
    # Whose promise was due and not kept: an answer is owed again (R-E13).
    reopened_on = models.DateField(null=True, blank=True)
    outcome_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(heard_en="", heard_it=""), name="engagement_theme_says_what_was_heard"
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="done")
                | ~models.Q(evidence="")
                | models.Q(task__isnull=False)
                | models.Q(decision__isnull=False)
                | models.Q(milestone__isnull=False),
                name="engagement_theme_done_has_evidence",
                violation_error_message=_("Choose the task, decision or milestone that did it."),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "partnership", "-published_on"], name="theme_by_partnership")]

    def __str__(self) -> str:
        return spoken(self, "heard")
