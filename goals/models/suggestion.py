"""What somebody would change in a goal, or which goal they miss, and what became of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy.models import TenantForeignKey, TenantModel
from goals.models.goal import Goal
from partnerships.models import Partnership, PartnershipMember


class GoalSuggestion(TenantModel):
    """Each is answered; ``goal`` is empty when a new goal is meant, and filled once it was taken up."""

    class About(models.TextChoices):
        WHOLE = "whole", _("The goal as a whole")
        TITLE = "title", _("Its title")
        POPULATION = "population", _("For whom it is")
        PLACE = "place", _("Where it is")
        INDICATOR = "indicator", _("How it is measured")
        TARGET = "target", _("The value to be reached")
        END = "end", _("By when")
        FAIRNESS = "fairness", _("Who could be left out")

    class State(models.TextChoices):
        OPEN = "open", _("Waits for an answer")
        TAKEN = "taken", _("Taken up")
        PARTLY = "partly", _("Taken up in part")
        DECLINED = "declined", _("Not taken up")

    partnership = TenantForeignKey(Partnership, related_name="goal_suggestions")
    goal = TenantForeignKey(Goal, null=True, blank=True, related_name="suggestions")
    about = models.CharField(max_length=10, choices=About.choices, default=About.WHOLE)
    text = models.CharField(max_length=500)
    why = models.CharField(max_length=500, blank=True)
    # For whom it is said: an organisation, or residents whose theme it is in words.
    member = TenantForeignKey(PartnershipMember, null=True, blank=True)
    heard_from = models.CharField(max_length=200, blank=True)
    # The page inside the space of what it was made from, by the app that knows it.
    evidence_url = models.CharField(max_length=300, blank=True, default="")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(state="open") | ~models.Q(answer=""),
                name="goals_suggestion_answered",
                violation_error_message=_("Write an answer."),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "partnership", "state"], name="goal_suggestion_open"),
            models.Index(fields=["tenant", "goal"], name="goal_suggestion_by_goal"),
            models.Index(fields=["tenant", "member"], name="goal_suggestion_by_member"),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.goal_id}"
