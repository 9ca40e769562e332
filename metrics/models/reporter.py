"""Which partners are asked for the values of an indicator."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy.models import TenantForeignKey, TenantModel
from metrics.models.indicator import Indicator
from partnerships.models import PartnershipMember


class Reporter(TenantModel):
    """An organisation asked for an indicator's values, for the periods that end from one day to another.

    Without ``until`` it still is. One that is asked again later gets another row, so that earlier periods keep the
    number of those who were asked then.
    """

    indicator = TenantForeignKey(Indicator, related_name="reporters")
    member = TenantForeignKey(PartnershipMember, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "indicator", "member"],
                condition=models.Q(until__isnull=True),
                name="metrics_reporter_once",
                violation_error_message=_("This organisation is asked already."),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "indicator", "since"], name="reporter_by_indicator")]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.member}"
