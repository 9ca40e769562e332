"""What an organisation changed of its own profile, until the coordination has seen it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy.models import TenantForeignKey, TenantModel
from stakeholders.models.stakeholder import Stakeholder


class ProfileEdit(TenantModel):
    """In force at once; the values before are kept, so that it can be put back fact by fact."""

    class State(models.TextChoices):
        NEW = "new", _("Not looked at yet")
        ACCEPTED = "accepted", _("Accepted")
        PUT_BACK = "put_back", _("Put back")

    stakeholder = TenantForeignKey(Stakeholder, related_name="profile_edits")
    # Whose profile the edit came from when a person of the organisation was changed or added.
    organisation = TenantForeignKey(Stakeholder, related_name="profile_edits_of_people")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_person = TenantForeignKey(Stakeholder, null=True, blank=True)
    # {field: [before, after]}; erased with the person, never copied into the audit.
    changes = models.JSONField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.NEW)
    edited_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    # What was answered to whoever changed it, and which facts were put back; they read both.
    answer = models.CharField(max_length=300, blank=True, default="", db_default="")
    put_back_facts = models.JSONField(default=list, blank=True, db_default=[])

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["tenant", "state", "-edited_at"], name="profileedit_by_state"),
            models.Index(fields=["tenant", "stakeholder"], name="profileedit_by_stakeholder"),
            models.Index(fields=["tenant", "organisation", "state"], name="profileedit_by_organisation"),
            models.Index(fields=["tenant", "by_person"], name="profileedit_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.stakeholder_id} {self.edited_at}"
