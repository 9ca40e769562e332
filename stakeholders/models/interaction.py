"""A call, meeting, mail or visit with a stakeholder."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.tenancy.models import TenantForeignKey, TenantModel
from stakeholders.models.stakeholder import Stakeholder


class Interaction(TenantModel):
    """What was said and what comes next; seen by the coordination only."""

    class Kind(models.TextChoices):
        CALL = "call", _("Call")
        MEETING = "meeting", pgettext_lazy("interaction", "Meeting")
        MAIL = "mail", _("Mail")
        VISIT = "visit", _("Visit")
        EVENT = "event", _("Event")
        OTHER = "other", _("Other")

    stakeholder = TenantForeignKey(Stakeholder, related_name="interactions")
    # Who of the organisation took part, when it was one person.
    person = TenantForeignKey(Stakeholder, null=True, blank=True)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.CALL)
    held_on = models.DateField()
    summary = models.TextField(max_length=2000)
    next_step = models.CharField(max_length=200, blank=True)
    next_step_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["tenant", "stakeholder", "-held_on"], name="interaction_by_stakeholder"),
            models.Index(
                fields=["tenant", "person"], condition=models.Q(person__isnull=False), name="interaction_person"
            ),
            models.Index(
                fields=["tenant", "next_step_on"],
                condition=models.Q(next_step_on__isnull=False),
                name="interaction_next_step",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.held_on}"
