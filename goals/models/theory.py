"""What must happen so that something changes: results, activities, means, and what leads to what (domain 4.2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.rules.bilingual import spoken
from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models import Partnership


class TocNode(TenantModel):
    """A step on the way, from what is put in to what many bring about together."""

    class Level(models.TextChoices):
        IMPACT = "impact", _("The long view, shared with many others")
        LONG_OUTCOME = "long_outcome", _("What is different after some years")
        OUTCOME = "outcome", _("What changes for people")
        OUTPUT = "output", _("What is there in the end")
        ACTIVITY = "activity", _("What we do")
        INPUT = "input", _("What we put in")

    partnership = TenantForeignKey(Partnership, related_name="toc_nodes")
    level = models.CharField(max_length=12, choices=Level.choices)
    text_en = models.CharField(max_length=200, blank=True)
    text_it = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=120, blank=True)
    time = models.CharField(max_length=80, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(condition=~models.Q(text_en="", text_it=""), name="goals_tocnode_has_text"),
        ]
        indexes = [models.Index(fields=["tenant", "partnership", "order"], name="tocnode_by_partnership")]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The text in the page's language."""
        return spoken(self, "text")


class TocLink(TenantModel):
    """That one step leads to another, under an assumption, as far as somebody knows."""

    class Strength(models.TextChoices):
        NONE = "none", pgettext_lazy("evidence", "Nothing yet: we believe it")
        WEAK = "weak", pgettext_lazy("evidence", "Weak: single cases")
        MODERATE = "moderate", pgettext_lazy("evidence", "Moderate: seen several times")
        STRONG = "strong", pgettext_lazy("evidence", "Strong: studied and confirmed")

    partnership = TenantForeignKey(Partnership, related_name="toc_links")
    source = TenantForeignKey(TocNode, related_name="links_up")
    target = TenantForeignKey(TocNode, related_name="links_down")
    assumption = models.TextField(blank=True, max_length=500)
    strength = models.CharField(max_length=8, choices=Strength.choices, default=Strength.NONE)
    outside = models.TextField(blank=True, max_length=500)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "source", "target"],
                name="goals_toclink_once",
                violation_error_message=_("This link is there already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")),
                name="goals_toclink_two_ends",
                violation_error_message=_("A step does not lead to itself."),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "partnership"], name="toclink_by_partnership"),
            models.Index(fields=["tenant", "target"], name="toclink_by_target"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.target_id}"
