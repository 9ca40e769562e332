"""A tenant (one space of one community) and a person's place in it."""

from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy.keys import new_id

SLUG_SHAPE = r"^[a-z0-9]+(-[a-z0-9]+)*$"
# Words that stand in an address beside a space's slug, or that people would take for the product's own.
SMALLEST_COUNT, LARGEST_SMALLEST_COUNT = 5, 10
RESERVED_SLUGS = {"new", "admin", "api", "static", "demo", "accounts", "verify", "telaio", "www"}


@cache
def known_time_zones() -> frozenset[str]:
    """The names the time zone database has, read from the disk once."""
    return frozenset(available_timezones())


def validate_time_zone(value: str) -> None:
    """Refuse a name the time zone database does not have."""
    if value not in known_time_zones():
        raise ValidationError(_("Choose a time zone from the list."))


def default_retention() -> dict[str, int]:
    """Days personal data is kept, per class (R-D6)."""
    return {
        "resident_contact": 90,
        "assessment": 730,
        "survey_raw": 730,
        "conflict": 730,
        "volunteer": 730,
        "audit": 730,
    }


class Tenant(models.Model):
    """One space: a municipality, a foundation, a network. Its id is small because it stands in every row."""

    id = models.AutoField(primary_key=True)
    slug = models.SlugField(
        max_length=50,
        unique=True,
        validators=[RegexValidator(SLUG_SHAPE, _("Use small letters, digits and single hyphens."))],
    )
    name = models.CharField(max_length=120)
    about = models.TextField(blank=True, max_length=2000)
    contact_email = models.EmailField(blank=True)
    default_language = models.CharField(max_length=5, default="en")
    time_zone = models.CharField(max_length=50, default="Europe/Rome", validators=[validate_time_zone])
    currency = models.CharField(max_length=3, default="EUR")
    brand_colour = models.CharField(
        max_length=7,
        default="#0b6e4f",
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write a colour as #rrggbb."))],
    )
    # No key: the file is the tenant's own row, which stands behind a wall this table is outside of.
    logo_id = models.UUIDField(null=True, blank=True)
    retention_days = models.JSONField(default=default_retention)
    # Codes of classes nothing goes from for now: a dispute, an inspection (legal hold, PRI-10).
    retention_holds = models.JSONField(default=list, blank=True)
    # Counts of people below it are hidden in breakdowns (domain 14.1).
    smallest_count = models.PositiveSmallIntegerField(default=SMALLEST_COUNT)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(slug__in=sorted(RESERVED_SLUGS)), name="core_tenant_slug_not_reserved"
            ),
            models.CheckConstraint(
                condition=models.Q(default_language__in=["en", "it"]), name="core_tenant_language_known"
            ),
            models.CheckConstraint(
                condition=models.Q(smallest_count__gte=SMALLEST_COUNT, smallest_count__lte=LARGEST_SMALLEST_COUNT),
                name="core_tenant_smallest_count",
                violation_error_message=_("Choose a number from 5 to 10."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def initial(self) -> str:
        """The letter shown where there is no logo."""
        return self.name[:1].upper()


class Membership(models.Model):
    """A person's place in a tenant; what they may do there stands in grants."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey("core.User", on_delete=models.CASCADE, related_name="memberships")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "user"], name="core_membership_once_per_tenant")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.tenant_id}"
