"""Agreements, their versions, and the signatures that bring a version into force (domain 5.3)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.member import PartnershipMember
from partnerships.models.partnership import Partnership
from stakeholders.models import Stakeholder


class Agreement(TenantModel):
    """What the partners agree on, over all its versions."""

    partnership = TenantForeignKey(Partnership, related_name="agreements")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.PARTNERS)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "partnership", "number"], name="partnerships_agreement_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgreementVersion(TenantModel):
    """One wording. Once opened for signing its text is fixed by ``text_sha256``; a change voids signatures (R-A3)."""

    class State(models.TextChoices):
        DRAFTING = "drafting", _("Draft")
        PARTNER_REVIEW = "partner_review", _("Partners review")
        READY_TO_SIGN = "ready_to_sign", _("Ready to sign")
        PARTIALLY_SIGNED = "partially_signed", _("Partly signed")
        IN_FORCE = "in_force", _("In force")
        EXPIRED = "expired", _("Expired")
        TERMINATED = "terminated", _("Terminated")
        SUPERSEDED = "superseded", _("Superseded")

    agreement = TenantForeignKey(Agreement, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=100_000)
    language = models.CharField(max_length=5, default="en")
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFTING)
    text_sha256 = models.CharField(max_length=64, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    change_summary = models.CharField(max_length=300, blank=True)
    # How the partners decide while this version is in force (clause 10); nothing agreed leaves it to them.
    quorum_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    decision_methods = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "agreement", "number"], name="partnerships_agreementversion_number_once"
            ),
            models.UniqueConstraint(
                fields=["tenant", "agreement"],
                condition=models.Q(state="in_force"),
                name="partnerships_agreement_one_in_force",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_to__gt=models.F("valid_from")),
                name="partnerships_agreementversion_ends_after_start",
                violation_error_message=_("The end must be after the start."),
            ),
            models.CheckConstraint(
                condition=models.Q(quorum_percent__isnull=True) | models.Q(quorum_percent__range=(1, 100)),
                name="partnerships_agreementversion_quorum_is_a_share",
                violation_error_message=_("Write a share between 1 and 100 per cent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} v{self.number}"


class Signature(TenantModel):
    """A member's answer to a version: who, in which capacity, when, and the hash of the exact text they saw.

    ``in_app_acceptance`` is a simple electronic signature and is called that (R-A4).
    """

    class State(models.TextChoices):
        REQUESTED = "requested", _("Asked")
        SIGNED = "signed", _("Accepted")
        DECLINED = "declined", _("Declined")
        VOID = "void", _("Void: the text changed")

    version = TenantForeignKey(AgreementVersion, related_name="signatures")
    member = TenantForeignKey(PartnershipMember, related_name="signatures")
    person = TenantForeignKey(Stakeholder, null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    capacity = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.REQUESTED)
    method = models.CharField(max_length=30, default="in_app_acceptance")
    hash_signed = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "version", "member"],
                condition=~models.Q(state="void"),
                name="partnerships_signature_once",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "member", "state"], name="signature_by_member")]

    def __str__(self) -> str:
        return f"{self.member} {self.state}"
