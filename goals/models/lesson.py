"""What was learned, also from what went wrong (domain 8.6)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.access.visibility import Visibility
from core.tenancy.models import TenantForeignKey, TenantModel
from goals.models.goal import Goal
from goals.models.trend_review import TrendReview
from partnerships.models import Partnership


class Lesson(TenantModel):
    """Written down first, then checked by somebody else, shared, and at last applied somewhere."""

    class State(models.TextChoices):
        CAPTURED = "captured", pgettext_lazy("lesson", "Written down")
        CHECKED = "checked", pgettext_lazy("lesson", "Checked")
        SHARED = "shared", pgettext_lazy("lesson", "Shared")
        APPLIED = "applied", pgettext_lazy("lesson", "Applied")

    partnership = TenantForeignKey(Partnership, related_name="lessons")
    number = models.PositiveSmallIntegerField()
    goal = TenantForeignKey(Goal, null=True, blank=True, related_name="lessons")
    review = TenantForeignKey(TrendReview, null=True, blank=True, related_name="lessons")
    title = models.CharField(max_length=160)
    situation = models.TextField(blank=True, max_length=1000)
    expected = models.TextField(blank=True, max_length=1000)
    happened = models.TextField(max_length=1000)
    why = models.TextField(blank=True, max_length=1000)
    advice = models.TextField(max_length=1000)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    is_failure = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.CAPTURED)
    applied_where = models.CharField(max_length=300, blank=True)
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.PARTNERS)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    checked_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "partnership", "number"], name="goals_lesson_number_once"),
            models.CheckConstraint(
                condition=~models.Q(state="applied") | ~models.Q(applied_where=""),
                name="goals_lesson_applied_where",
                violation_error_message=_("Write where it was applied."),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-written_at", "id"], name="lesson_newest"),
            models.Index(fields=["tenant", "goal"], name="lesson_by_goal"),
            models.Index(fields=["tenant", "review"], name="lesson_by_review"),
        ]

    def __str__(self) -> str:
        return self.title
