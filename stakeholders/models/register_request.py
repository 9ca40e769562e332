"""Asking the coordination of the space for a record that one partnership does not see."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import AccessScope
from core.tenancy.models import TenantForeignKey, TenantModel
from stakeholders.models.stakeholder import Stakeholder


class RegisterRequest(TenantModel):
    """A number that could not be written down from a partnership, and what the coordination of the space answered.

    ``scheme`` is empty for a tax code. While it is granted the partnership keeps ``stakeholder``, as it keeps its
    members; whoever asked learns of nobody before.
    """

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("request", "waits for an answer")
        GRANTED = "granted", pgettext_lazy("request", "shared")
        DECLINED = "declined", pgettext_lazy("request", "not shared")

    scope = TenantForeignKey(AccessScope)
    scheme = models.CharField(max_length=30, blank=True)
    value = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    reason = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    stakeholder = TenantForeignKey(Stakeholder, null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "scope", "scheme", "value"],
                condition=models.Q(state="asked"),
                name="stakeholders_registerrequest_once",
                violation_error_message=_("You have asked for this one already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="granted") | models.Q(stakeholder__isnull=False),
                name="stakeholders_registerrequest_granted_has_record",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "state", "-asked_at"], name="registerrequest_by_state")]

    def __str__(self) -> str:
        return self.name
