"""Goals as an agreement names them."""

from django.db import models

from core.tenancy.models import TenantForeignKey, TenantModel
from goals.models.goal import Goal
from partnerships.models import AgreementVersion


class AgreedGoal(TenantModel):
    """A goal named in a version of an agreement, with its ``fields`` as they stood when that text was fixed.

    ``number`` is the version of the goal then; 0 for one that was not adopted yet.
    """

    version = TenantForeignKey(AgreementVersion, related_name="agreed_goals")
    goal = TenantForeignKey(Goal, related_name="agreed_in")
    number = models.PositiveSmallIntegerField()
    fields = models.JSONField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "version", "goal"], name="goals_agreedgoal_once"),
        ]
        indexes = [models.Index(fields=["tenant", "goal"], name="agreed_goal_by_goal")]

    def __str__(self) -> str:
        return f"{self.goal} v{self.number}"
