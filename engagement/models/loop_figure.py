"""Which indicators of a partnership tell how residents are answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy.models import TenantForeignKey, TenantModel
from metrics.models import Indicator
from partnerships.models import Partnership


class LoopFigure(TenantModel):
    """A figure the space counts by itself and records as a measurement each quarter. It tells of communication only."""

    class Kind(models.TextChoices):
        THEMES = "themes", _("Share of residents' themes that were answered")
        RATE = "rate", _("Share of an area's messages that were answered")
        DAYS = "days", _("Days until residents were answered, median")

    partnership = TenantForeignKey(Partnership, related_name="loop_figures")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    # The area it is about, as residents name it; empty for the whole partnership.
    place = models.CharField(max_length=120, blank=True, db_default="")
    indicator = TenantForeignKey(Indicator, related_name="loop_figures")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "partnership", "kind", "place"], name="engagement_loopfigure_once"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
