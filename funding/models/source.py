"""Where the means for a goal come from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.tenancy.models import TenantForeignKey, TenantModel
from goals.models import Goal
from partnerships.models import Partnership
from stakeholders.models import Stakeholder


class FundingSource(TenantModel):
    """A grant, sponsorship, in-kind gift or fundraising event: expected until it is secured (R-F14).

    ``amount_cents`` of an in-kind gift is its value, which is never added to cash (R-F15).
    """

    class Kind(models.TextChoices):
        GRANT = "grant", _("Grant")
        SPONSORSHIP = "sponsorship", _("Sponsorship")
        IN_KIND = "in_kind", _("In-kind gift")
        EVENT = "event", _("Fundraising event")

    class Status(models.TextChoices):
        EXPECTED = "expected", _("Expected")
        SECURED = "secured", _("Secured")
        LOST = "lost", _("Did not come")

    partnership = TenantForeignKey(Partnership, related_name="funding_sources")
    goal = TenantForeignKey(Goal, null=True, blank=True, related_name="funding_sources")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    name = models.CharField(max_length=160)
    giver = TenantForeignKey(Stakeholder, null=True, blank=True)
    amount_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    valued_by = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.EXPECTED)
    probability_percent = models.PositiveSmallIntegerField(default=50)
    decided_on = models.DateField(null=True, blank=True)
    # By when the giver promised it; the first date promised stays beside a later one, as for every promise.
    due_on = models.DateField(null=True, blank=True)
    first_due_on = models.DateField(null=True, blank=True, editable=False)
    # What shows that it came: a receipt, a letter, where a photo is.
    evidence = models.CharField(max_length=300, blank=True, default="", db_default="")
    note = models.CharField(max_length=500, blank=True)
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.COORDINATION)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(amount_cents__gt=0),
                name="funding_source_amount_positive",
                violation_error_message=_("Enter an amount above zero."),
            ),
            models.CheckConstraint(condition=models.Q(probability_percent__lte=100), name="funding_source_probability"),
        ]
        indexes = [models.Index(fields=["tenant", "partnership", "status"], name="source_by_partnership")]

    def __str__(self) -> str:
        return self.name
