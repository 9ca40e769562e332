"""An organisation, an informal group or a person, once per tenant (domain 1.2)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.tenancy.models import TenantForeignKey, TenantModel


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

    class Stake(models.TextChoices):
        AFFECTED = "affected", _("Lives the issue")
        DECIDES = "decides", _("Decides")
        DELIVERS = "delivers", _("Delivers")
        FUNDS = "funds", _("Funds")
        KNOWS = "knows", _("Knows about it")
        OPPOSES = "opposes", _("May oppose")

    class LawfulBasis(models.TextChoices):
        NOT_RECORDED = "", _("Not recorded")
        CONSENT = "consent", _("Consent")
        CONTRACT = "contract", _("Contract or agreement")
        LEGITIMATE_INTEREST = "legitimate_interest", _("Legitimate interest")
        PUBLIC_TASK = "public_task", _("Public task")
        LEGAL_DUTY = "legal_duty", _("Legal duty")

    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.ORGANISATION)
    name = models.CharField(max_length=200)
    # Other names it goes by, one a line; a search finds it by them.
    aliases = models.TextField(blank=True, max_length=600, default="", db_default="")
    sector = models.CharField(max_length=30, choices=Sector.choices, default=Sector.OTHER)
    subtype = models.CharField(max_length=80, blank=True)
    tax_code = models.CharField(max_length=16, blank=True)
    vat_number = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=120, blank=True)
    province = models.CharField(max_length=60, blank=True)
    region = models.CharField(max_length=60, blank=True)
    # Places it works for, beside the one it sits in.
    territories = ArrayField(models.CharField(max_length=120), default=list, db_default=[], blank=True, size=30)
    # Codes of ISO 639 it can be spoken to in, beside ``language``, in which it is written to.
    languages = ArrayField(models.CharField(max_length=8), default=list, db_default=[], blank=True, size=20)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(blank=True)
    language = models.CharField(max_length=5, blank=True)
    description = models.TextField(blank=True, max_length=4000)
    stakes = ArrayField(
        models.CharField(max_length=10, choices=Stake.choices), default=list, db_default=[], blank=True, size=6
    )
    interest_statement = models.TextField(blank=True, max_length=1000, default="", db_default="")
    expected_benefit = models.TextField(blank=True, max_length=1000, default="", db_default="")
    possible_loss = models.TextField(blank=True, max_length=1000, default="", db_default="")
    limits = models.TextField(blank=True, max_length=1000, default="", db_default="")
    status = models.CharField(max_length=15, choices=Status.choices, default=Status.IDENTIFIED)
    # Somebody who declined or fell silent is not asked again before this day (domain 1.3).
    ask_again_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=120, blank=True)
    lawful_basis = models.CharField(max_length=20, choices=LawfulBasis.choices, blank=True, default="", db_default="")
    do_not_contact = models.BooleanField(default=False)
    relationship_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.COORDINATION)
    # The record this one was merged into; such a record is in no list and its address leads to the other.
    merged_into = TenantForeignKey("self", null=True, blank=True, editable=False, related_name="merged")
    # A person erased on request: only what statistics need is left (R-D7).
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
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
            # Row-level security lets an index answer ``=`` only: addresses are compared as they are written here.
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="stakeholders_stakeholder_email_in_lower_case"
            ),
        ]
        indexes = [
            # Carries what a list is narrowed by, so that counting a register reads the index alone, the whole of it
            # and what a filter leaves; merged records are in no list.
            models.Index(
                fields=["tenant", "sort_name", "id"],
                include=["visibility", "sector", "lawful_basis", "do_not_contact", "relationship_owner"],
                condition=models.Q(merged_into__isnull=True),
                name="stakeholder_by_name",
            ),
            # Alike for the register by town and for those in one state or of one kind.
            *(
                models.Index(
                    fields=["tenant", name, "sort_name", "id"],
                    include=["visibility", *more],
                    condition=models.Q(merged_into__isnull=True),
                    name=f"stakeholder_by_{name}",
                )
                for name, *more in (("place",), ("status",), ("kind", "sector"))
            ),
            # Not by id, whose own index the planner walks through everybody's newer rows.
            models.Index(
                fields=["tenant", "-created_at", "-id"],
                include=["visibility"],
                condition=models.Q(merged_into__isnull=True),
                name="stakeholder_newest",
            ),
            models.Index(
                fields=["tenant", "merged_into"],
                condition=models.Q(merged_into__isnull=False),
                name="stakeholder_by_merged_into",
            ),
            models.Index(fields=["tenant", "user"], condition=models.Q(user__isnull=False), name="stakeholder_by_user"),
            models.Index(fields=["tenant", "email"], condition=~models.Q(email=""), name="stakeholder_by_email"),
        ]

    def __str__(self) -> str:
        return self.name
