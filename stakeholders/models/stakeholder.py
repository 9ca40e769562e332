"""An organisation, an informal group or a person, once per tenant (domain 1.2)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.tenancy.models import TenantModel


class Stakeholder(TenantModel):
    """What is true of it everywhere; what is true inside one partnership sits on member and assessment.

    ``search_text`` and ``sort_name`` are normalised in Python (no ICU in the database); the operations keep them.
    """

    class Kind(models.TextChoices):
        ORGANISATION = "organisation", _("Organisation")
        GROUP = "group", _("Informal group")
        PERSON = "person", _("Person")

    class Sector(models.TextChoices):
        LOCAL_BUSINESS = "local_business", _("Local business")
        NONPROFIT = "nonprofit", _("Non-profit")
        GOVERNMENT_AGENCY = "government_agency", _("Public body")
        EDUCATION = "education", _("Education")
        COMMUNITY = "community_member_or_group", _("Residents")
        HEALTH = "health", _("Health")
        FAITH = "faith", _("Faith")
        MEDIA = "media", _("Media")
        FUNDER = "funder", _("Funder")
        OTHER = "other", _("Other")

    class Status(models.TextChoices):
        IDENTIFIED = "identified", _("Identified")
        RESEARCHED = "researched", _("Researched")
        PRIORITISED = "prioritised", _("Prioritised")
        APPROACHED = "approached", _("Approached")
        IN_DIALOGUE = "in_dialogue", _("In dialogue")
        INTERESTED = "interested", _("Interested")
        INVITED = "invited", _("Invited")
        PARTNER = "partner", _("Partner")
        SUPPORTER = "supporter", _("Supporter")
        INFORMED_ONLY = "informed_only", _("Informed only")
        DECLINED = "declined", _("Declined")
        DORMANT = "dormant", _("Dormant")
        NOT_RELEVANT = "not_relevant", _("Not relevant")

    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.ORGANISATION)
    name = models.CharField(max_length=200)
    sector = models.CharField(max_length=30, choices=Sector.choices, default=Sector.OTHER)
    subtype = models.CharField(max_length=80, blank=True)
    tax_code = models.CharField(max_length=16, blank=True)
    vat_number = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=120, blank=True)
    province = models.CharField(max_length=60, blank=True)
    region = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(blank=True)
    language = models.CharField(max_length=5, blank=True)
    description = models.TextField(blank=True, max_length=4000)
    status = models.CharField(max_length=15, choices=Status.choices, default=Status.IDENTIFIED)
    source = models.CharField(max_length=120, blank=True)
    do_not_contact = models.BooleanField(default=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.COORDINATION)
    sort_name = models.CharField(max_length=200, editable=False)
    search_text = models.TextField(editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "tax_code"],
                condition=~models.Q(tax_code=""),
                name="stakeholders_stakeholder_tax_code_once",
                violation_error_message=_("Another stakeholder already has this tax code."),
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="stakeholders_stakeholder_has_name"),
        ]
        indexes = [
            # Carries the visibility so that counting a register reads the index alone.
            models.Index(fields=["tenant", "sort_name", "id"], include=["visibility"], name="stakeholder_by_name"),
            models.Index(fields=["tenant", "kind", "sector", "sort_name"], name="stakeholder_by_sector"),
            models.Index(fields=["tenant", "user"], condition=models.Q(user__isnull=False), name="stakeholder_by_user"),
            models.Index(fields=["tenant", "email"], condition=~models.Q(email=""), name="stakeholder_by_email"),
        ]

    def __str__(self) -> str:
        return self.name
