"""Which reminder went to whom, so that nothing is said twice."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import OutboxMail
from core.tenancy.models import TenantForeignKey, TenantModel
from stakeholders.models import Stakeholder

ONE_OF_BOTH = models.Q(person__isnull=False, user__isnull=True) | models.Q(person__isnull=True, user__isnull=False)


class ReminderPreference(TenantModel):
    """How often a person wants to be reminded; weekly unless they chose otherwise."""

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("on any day something is due")
        WEEKLY = "weekly", _("once a week at most")
        NEVER = "never", _("not at all")

    person = TenantForeignKey(Stakeholder, null=True)
    # Instead of the person: somebody in coordination who is not listed.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    rhythm = models.CharField(max_length=6, choices=Rhythm.choices, default=Rhythm.WEEKLY)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "person"], name="reports_reminderpreference_once"),
            models.UniqueConstraint(fields=["tenant", "user"], name="reports_reminderpreference_once_an_account"),
            models.CheckConstraint(condition=ONE_OF_BOTH, name="reports_reminderpreference_of_one"),
        ]

    def __str__(self) -> str:
        return self.rhythm


class Delivery(TenantModel):
    """One item said to one person, or account, at one step before or after its date; in the mail's transaction.

    The item is an id without a key: any app may offer due items.
    """

    person = TenantForeignKey(Stakeholder, null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    item_id = models.UUIDField()
    due_on = models.DateField(null=True)
    step = models.CharField(max_length=12)
    mail = TenantForeignKey(OutboxMail)
    sent_on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "person", "user", "item_id", "due_on", "step"],
                nulls_distinct=False,
                name="reports_delivery_once",
            ),
            models.CheckConstraint(condition=ONE_OF_BOTH, name="reports_delivery_to_one"),
        ]
        indexes = [
            models.Index(fields=["tenant", "person", "-sent_on"], name="delivery_by_person"),
            models.Index(
                fields=["tenant", "user", "-sent_on"],
                condition=models.Q(user__isnull=False),
                name="delivery_by_account",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.due_on}"
