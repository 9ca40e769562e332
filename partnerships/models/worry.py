"""A worry told in private to a named contact (domain 3, R-X1, R-X2, R-X8)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.member import PartnershipMember
from partnerships.models.partnership import Partnership
from stakeholders.models import Stakeholder


class WorryContact(TenantModel):
    """Somebody people of a partnership can turn to in private; at a time one for an organisation."""

    partnership = TenantForeignKey(Partnership, related_name="worry_contacts")
    member = TenantForeignKey(PartnershipMember)
    person = TenantForeignKey(Stakeholder)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "partnership", "member"],
                condition=models.Q(until__isnull=True),
                name="partnerships_worrycontact_one_for_a_member",
                violation_error_message=_("Choose the second contact from another organisation."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Worry(TenantModel):
    """What worries somebody, known elsewhere by its code alone.

    The words are sealed: only who raised it and the chosen contact read them, on a page made for each. ``sealed_words``
    holds the text and the organisation it is about, ``sealed_answer`` what the contact answered. Who raised it from an
    e-mailed link is ``raised_by_person`` and reads it with a key, of which ``key_sha256`` is kept.
    """

    class State(models.TextChoices):
        RAISED = "raised", pgettext_lazy("worry", "Raised")
        ACKNOWLEDGED = "acknowledged", pgettext_lazy("worry", "Acknowledged")
        ANSWERED = "answered", pgettext_lazy("worry", "Answered")
        CLOSED = "closed", pgettext_lazy("worry", "Closed")

    partnership = TenantForeignKey(Partnership)
    code = models.CharField(max_length=12)
    contact = TenantForeignKey(WorryContact)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    raised_by_person = TenantForeignKey(Stakeholder, null=True, blank=True)
    key_sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")
    sealed_words = models.BinaryField(default=bytes, blank=True)
    sealed_answer = models.BinaryField(default=bytes, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.RAISED)
    raised_at = models.DateTimeField(auto_now_add=True)
    acknowledge_by = models.DateField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("worry")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "code"], name="partnerships_worry_code_once"),
        ]
        indexes = [
            models.Index(fields=["tenant", "contact", "state"], name="worry_by_contact"),
            models.Index(fields=["tenant", "raised_by"], name="worry_by_raiser"),
        ]

    def __str__(self) -> str:
        return self.code
