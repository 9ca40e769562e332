"""Signatures: how the parties answer a version and bring it into force (domain 5.3)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile
from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.agreement import AgreementVersion
from partnerships.models.member import PartnershipMember
from stakeholders.models import Stakeholder


class Signature(TenantModel):
    """A member's answer to a version: who, in which capacity, when, and the hash of the exact text they saw.

    ``in_app_acceptance`` is a simple electronic signature and is called that (R-A4). With ``carried_from`` it was given
    for the version before a minor change, and ``hash_signed`` is that version's. ``is_accession``: a later partner
    joined the version in force.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Not asked yet")
        REQUESTED = "requested", _("Asked")
        SIGNED = "signed", _("Accepted")
        DECLINED = "declined", _("Declined")
        VOID = "void", _("Void: the text changed")

    class Method(models.TextChoices):
        IN_APP = "in_app_acceptance", _("Accepted here: a simple electronic signature")
        PAPER_SCAN = "paper_scan", _("Signed on paper; a scan is kept here")
        UPLOADED = "advanced_or_qualified_signature_uploaded", _("Signed file (advanced or qualified) kept here")

    class Authority(models.TextChoices):
        LEGAL = "legal_representative", _("Legal representative")
        DELEGATE = "delegate", _("Somebody with a written delegation")

    version = TenantForeignKey(AgreementVersion, related_name="signatures")
    member = TenantForeignKey(PartnershipMember, related_name="signatures")
    person = TenantForeignKey(Stakeholder, null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    capacity = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.REQUESTED)
    method = models.CharField(max_length=45, choices=Method.choices, default=Method.IN_APP)
    authority = models.CharField(max_length=20, choices=Authority.choices, blank=True, default="")
    is_required = models.BooleanField(default=True)
    # Who signs first; the next are asked when all before them have signed.
    order = models.PositiveSmallIntegerField(default=0)
    is_accession = models.BooleanField(default=False)
    carried_from = TenantForeignKey("self", null=True, blank=True, related_name="+")
    file = TenantForeignKey(StoredFile, null=True, blank=True, related_name="+")
    delegation = TenantForeignKey(StoredFile, null=True, blank=True, related_name="+")
    hash_signed = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    # When somebody who may answer first moved through the text; a GET, which robots send too, is not that.
    viewed_at = models.DateTimeField(null=True, blank=True)
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
