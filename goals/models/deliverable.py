"""What a group of tasks shall bring about, and which organisation plays which part in it (domain 5.2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.access.visibility import Visibility
from core.tenancy.models import TenantForeignKey, TenantModel
from goals.models.goal import Goal
from partnerships.models import Partnership, PartnershipMember, Task
from stakeholders.models import Stakeholder


class Deliverable(TenantModel):
    """A concrete result. In a light partnership it is simply something somebody does."""

    partnership = TenantForeignKey(Partnership, related_name="deliverables")
    goal = TenantForeignKey(Goal, null=True, blank=True, related_name="deliverables")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    description = models.TextField(blank=True, max_length=1000)
    due_on = models.DateField(null=True, blank=True)
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.PARTNERS)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "partnership", "number"], name="goals_deliverable_number_once"),
        ]

    def __str__(self) -> str:
        return self.title


class DeliverableRole(TenantModel):
    """A member's part in a deliverable, and the person who plays it when one is named."""

    class Part(models.TextChoices):
        ACCOUNTABLE = "A", pgettext_lazy("RACI", "Accountable")
        RESPONSIBLE = "R", pgettext_lazy("RACI", "Responsible")
        CONSULTED = "C", pgettext_lazy("RACI", "Consulted")
        INFORMED = "I", pgettext_lazy("RACI", "Informed")

    deliverable = TenantForeignKey(Deliverable, related_name="roles")
    member = TenantForeignKey(PartnershipMember, related_name="deliverable_roles")
    person = TenantForeignKey(Stakeholder, null=True, blank=True, related_name="deliverable_roles")
    part = models.CharField(max_length=1, choices=Part.choices)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "deliverable", "member", "part"], name="goals_deliverable_part_once"
            ),
            models.UniqueConstraint(
                fields=["tenant", "deliverable"],
                condition=models.Q(part="A"),
                name="goals_deliverable_one_accountable",
                violation_error_message=_("One organisation answers for the result, not two."),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "member"], name="deliverable_role_by_member"),
            models.Index(fields=["tenant", "person"], name="deliverable_role_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.member_id}"


class DeliverableTask(TenantModel):
    """A task that is part of a deliverable; a task is part of one at most."""

    deliverable = TenantForeignKey(Deliverable, related_name="task_links")
    task = TenantForeignKey(Task, related_name="deliverable_links")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "task"], name="goals_deliverabletask_task_once"),
        ]
        indexes = [models.Index(fields=["tenant", "deliverable"], name="deliverable_task")]

    def __str__(self) -> str:
        return f"{self.deliverable_id} {self.task_id}"
