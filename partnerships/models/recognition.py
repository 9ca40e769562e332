"""Saying thank you (domain 9.3): for what, in which words, and whether everybody may read it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.member import PartnershipMember
from partnerships.models.partnership import Partnership
from stakeholders.models import Stakeholder


class Recognition(TenantModel):
    """A thank-you to one organisation or one person. It counts nothing and ranks nobody (R-U7).

    ``source_key`` names the fact that suggested it, so that it is suggested once.
    """

    class State(models.TextChoices):
        SUGGESTED = "suggested", pgettext_lazy("thanks", "Suggested")
        GIVEN = "given", pgettext_lazy("thanks", "Given")
        PUBLISHED = "published", pgettext_lazy("thanks", "Public")
        DISMISSED = "dismissed", pgettext_lazy("thanks", "Not this time")

    class Consent(models.TextChoices):
        NOT_ASKED = "", _("Nobody answered yet")
        YES = "yes", _("May be shown to everybody")
        NO = "no", _("Stays among us")

    partnership = TenantForeignKey(Partnership, related_name="recognitions")
    member = TenantForeignKey(PartnershipMember, null=True, blank=True)
    person = TenantForeignKey(Stakeholder, null=True, blank=True)
    reason = models.CharField(max_length=300)
    text = models.TextField(max_length=1000, blank=True)
    evidence_url = models.CharField(max_length=300, blank=True)
    source_key = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.SUGGESTED)
    consent = models.CharField(max_length=3, choices=Consent.choices, blank=True, default="")
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_on = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(member__isnull=True) ^ models.Q(person__isnull=True),
                name="partnerships_recognition_to_one",
                violation_error_message=_("Choose one organisation or one person."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(consent="yes"),
                name="partnerships_recognition_public_with_consent",
            ),
            models.UniqueConstraint(
                fields=["tenant", "partnership", "source_key"],
                condition=~models.Q(source_key=""),
                name="partnerships_recognition_fact_once",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "partnership", "state", "-given_on"], name="recognition_by_state")]

    def __str__(self) -> str:
        return self.reason
