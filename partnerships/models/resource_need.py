"""What a partnership needs that somebody could bring (domain 1.2, asset mapping)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.access.visibility import Visibility
from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.partnership import Partnership
from stakeholders.models import Asset


class ResourceNeed(TenantModel):
    """A skill, a place, a van, money: open until an asset answers it or nobody needs it any more."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("need", "Open")
        MET = "met", pgettext_lazy("need", "Met")
        DROPPED = "dropped", pgettext_lazy("need", "Not needed any more")

    partnership = TenantForeignKey(Partnership, related_name="resource_needs")
    kind = models.CharField(max_length=15, choices=Asset.Kind.choices)
    title = models.CharField(max_length=120)
    description = models.TextField(blank=True, max_length=1000)
    place = models.CharField(max_length=120, blank=True)
    needed_from = models.DateField(null=True, blank=True)
    needed_until = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    met_by = TenantForeignKey(Asset, null=True, blank=True, related_name="needs_met")
    template_key = models.CharField(max_length=20, blank=True)
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.PARTNERS)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(needed_until__isnull=True)
                | models.Q(needed_from__isnull=True)
                | models.Q(needed_until__gte=models.F("needed_from")),
                name="partnerships_resourceneed_ends_after_start",
                violation_error_message=_("The last day must not be before the first."),
            ),
            models.CheckConstraint(
                condition=models.Q(met_by__isnull=True) | models.Q(state="met"),
                name="partnerships_resourceneed_met_by_when_met",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "partnership", "state"], name="resourceneed_by_partnership")]

    def __str__(self) -> str:
        return self.title
