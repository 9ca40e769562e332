"""That residents speak of a need: themes and the needs they show (domain 4.2, 7.4)."""

from django.db import models

from core.tenancy.models import TenantForeignKey, TenantModel
from engagement.models.theme import Theme
from goals.models import Need


class ThemeNeed(TenantModel):
    """A theme in which residents speak of a need."""

    theme = TenantForeignKey(Theme, related_name="need_links")
    need = TenantForeignKey(Need, related_name="theme_links")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "theme", "need"], name="engagement_themeneed_once"),
        ]
        indexes = [models.Index(fields=["tenant", "need"], name="themeneed_by_need")]

    def __str__(self) -> str:
        return f"{self.theme_id} {self.need_id}"
