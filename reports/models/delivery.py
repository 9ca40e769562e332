"""Which reminder went to whom, so that nothing is said twice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import OutboxMail
from core.tenancy.models import TenantForeignKey, TenantModel
from stakeholders.models import Stakeholder


class ReminderPreference(TenantModel):
    """How often a person wants to be reminded; weekly unless they chose otherwise."""

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("on any day something is due")
        WEEKLY = "weekly", _("once a week at most")
        NEVER = "never", _("not at all")

    person = TenantForeignKey(Stakeholder)
    rhythm = models.CharField(max_length=6, choices=Rhythm.choices, default=Rhythm.WEEKLY)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "person"], name="reports_reminderpreference_once"),
        ]

    def __str__(self) -> str:
        return self.rhythm


class Delivery(TenantModel):
    """One item said to one person at one step before or after its date; written in the mail's transaction.

    The item is an id without a key: any app may offer due items.
    """

    person = TenantForeignKey(Stakeholder)
    item_id = models.UUIDField()
    due_on = models.DateField(null=True)
    step = models.CharField(max_length=12)
    mail = TenantForeignKey(OutboxMail)
    sent_on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "person", "item_id", "due_on", "step"],
                nulls_distinct=False,
                name="reports_delivery_once",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "person", "-sent_on"], name="delivery_by_person")]

    def __str__(self) -> str:
        return f"{self.step} {self.due_on}"
