"""A talk about where a number goes, in six steps, from which tasks follow (domain 8.4)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.rules.bilingual import spoken
from core.tenancy.models import TenantForeignKey, TenantModel
from goals.models.goal import Goal
from metrics.models import Indicator
from partnerships.models import Partnership, Task


class TrendReview(TenantModel):
    """Of a goal or of an indicator; what the chart said is kept from the day the talk was held."""

    class State(models.TextChoices):
        OPEN = "open", _("Being prepared")
        HELD = "held", _("Talked through")
        ACTIONS_AGREED = "actions_agreed", _("Tasks agreed")
        CHECKED = "checked", _("Looked at again")

    partnership = TenantForeignKey(Partnership, related_name="trend_reviews")
    number = models.PositiveSmallIntegerField()
    goal = TenantForeignKey(Goal, null=True, blank=True, related_name="trend_reviews")
    # What is talked about; for a goal, the indicator it had on that day.
    indicator = TenantForeignKey(Indicator, null=True, blank=True, related_name="trend_reviews")
    state = models.CharField(max_length=14, choices=State.choices, default=State.OPEN)
    wanted = models.TextField(blank=True, max_length=1000)
    likely_future = models.TextField(blank=True, max_length=1000)
    pushes = models.TextField(blank=True, max_length=1000)
    drags = models.TextField(blank=True, max_length=1000)
    helpers = models.TextField(blank=True, max_length=1000)
    ideas = models.TextField(blank=True, max_length=1000)
    free_idea = models.CharField(blank=True, max_length=300)
    held_on = models.DateField(null=True, blank=True)
    finding_en = models.CharField(blank=True, max_length=1000)
    finding_it = models.CharField(blank=True, max_length=1000)
    check_on = models.DateField(null=True, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    check_note = models.TextField(blank=True, max_length=1000)
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.PARTNERS)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "partnership", "number"], name="goals_trendreview_number_once"),
            models.CheckConstraint(
                condition=models.Q(goal__isnull=False) | models.Q(indicator__isnull=False),
                name="goals_trendreview_has_subject",
                violation_error_message=_("Choose the goal or the indicator you want to talk about."),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "goal"], name="trend_review_by_goal"),
            models.Index(fields=["tenant", "indicator"], name="trend_review_by_indicator"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        """What is talked about, in the page's language."""
        return str(self.goal or self.indicator)

    @property
    def finding(self) -> str:
        """What the number showed on the day of the talk, in the page's language; empty before."""
        return spoken(self, "finding")


class TrendReviewTask(TenantModel):
    """A task that was agreed in a talk."""

    review = TenantForeignKey(TrendReview, related_name="task_links")
    task = TenantForeignKey(Task, related_name="trend_review_links")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "review", "task"], name="goals_trendreviewtask_once"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.task_id}"
