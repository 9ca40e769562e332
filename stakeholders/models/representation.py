"""Who sits in a body, compared with the community it should reflect (domain 1.5)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import AccessScope
from core.tenancy.models import TenantForeignKey, TenantModel


class ReferenceProfile(TenantModel):
    """A community counted along one dimension: source, year and area are part of the figure."""

    class Dimension(models.TextChoices):
        AGE = "age_band", _("Age")
        GENDER = "gender", _("Gender")
        NEIGHBOURHOOD = "neighbourhood", _("Neighbourhood")
        LANGUAGE = "language", _("Language")
        DISABILITY = "disability", _("Disability")
        MIGRATION = "migration", _("Migration background")
        EMPLOYMENT = "employment", _("Employment")
        LIVED_EXPERIENCE = "lived_experience", _("Lived experience of the issue")
        SECTOR = "sector", _("Sector")
        SIZE = "organisation_size", _("Size of organisation")

    dimension = models.CharField(max_length=17, choices=Dimension.choices)
    area = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "dimension", "area", "year"],
                name="stakeholders_referenceprofile_once",
                violation_error_message=_("This area is already described for that year."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.year}"


class ReferenceCategory(TenantModel):
    """One group of a reference profile and how many people it has."""

    profile = TenantForeignKey(ReferenceProfile, related_name="categories")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=80)
    population_count = models.PositiveIntegerField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "profile", "label"],
                name="stakeholders_referencecategory_once",
                violation_error_message=_("This group is named twice."),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class RepresentationAudit(TenantModel):
    """Counts of one body on one day; open until it says who is missing and what is done about it (R-S11).

    ``scope`` is of the partnership whose body it is, None for a body of the whole space.
    """

    class Method(models.TextChoices):
        ANONYMOUS = "self_declared_anonymous", _("They said so themselves, anonymously")
        KNOWN_ROLE = "known_role", _("Known from their role")

    profile = TenantForeignKey(ReferenceProfile, related_name="audits")
    scope = TenantForeignKey(AccessScope, null=True, blank=True)
    body = models.CharField(max_length=120)
    audited_on = models.DateField()
    method = models.CharField(max_length=24, choices=Method.choices, default=Method.ANONYMOUS)
    not_stated_count = models.PositiveIntegerField(default=0)
    missing_voices = models.CharField(max_length=300, blank=True)
    action = models.CharField(max_length=300, blank=True)
    action_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True)
                | (~models.Q(missing_voices="") & ~models.Q(action="") & models.Q(action_on__isnull=False)),
                name="stakeholders_representationaudit_closed_with_action",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "-audited_on"], name="representationaudit_recent")]

    def __str__(self) -> str:
        return f"{self.body} {self.audited_on}"


class AuditCount(TenantModel):
    """How many of a body belong to one group. No link to any person (R-S9)."""

    audit = TenantForeignKey(RepresentationAudit, related_name="counts")
    category = TenantForeignKey(ReferenceCategory)
    count = models.PositiveIntegerField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "audit", "category"], name="stakeholders_auditcount_once"),
        ]

    def __str__(self) -> str:
        return str(self.count)
