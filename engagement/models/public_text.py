"""What a partnership says of itself in a further language."""

from django.db import models

from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models import Partnership


class PublicText(TenantModel):
    """Written by people; where a machine helped, the page says so."""

    partnership = TenantForeignKey(Partnership, related_name="public_texts")
    language_code = models.CharField(max_length=8)
    title = models.CharField(max_length=160)
    about = models.TextField(max_length=3000)
    how_to_write = models.TextField(max_length=2000, blank=True)
    is_machine_helped = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "partnership", "language_code"], name="engagement_publictext_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language_code}: {self.title}"


class PublicPhrase(TenantModel):
    """One text of a partnership's public pages and forms in a further language, by the text it stands for."""

    partnership = TenantForeignKey(Partnership, related_name="public_phrases")
    language_code = models.CharField(max_length=8)
    # As the product or the partnership writes it; found by its hash, because it may be long.
    source = models.TextField(max_length=4000)
    source_key = models.CharField(max_length=64)
    text = models.TextField(max_length=4000)
    is_machine_helped = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "partnership", "language_code", "source_key"], name="engagement_publicphrase_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language_code}: {self.text[:60]}"
