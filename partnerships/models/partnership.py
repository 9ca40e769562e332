"""A partnership and where it stands in its life (domain 0.4)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.access.visibility import Visibility
from core.models import AccessScope
from core.tenancy.models import TenantForeignKey, TenantModel


class Partnership(TenantModel):
    """Organisations that share a purpose in a place. Its visibility caps that of everything in it."""

    class State(models.TextChoices):
        IDEA = "idea", _("Idea")
        SCOPING = "scoping", _("Scoping")
        FORMING = "forming", _("Forming")
        ACTIVE = "active", _("Active")
        UNDER_REVIEW = "under_review", _("Under review")
        PAUSED = "paused", _("Paused")
        WINDING_DOWN = "winding_down", _("Winding down")
        CLOSED = "closed", pgettext_lazy("partnership", "Closed")

    class Mode(models.TextChoices):
        LIGHT = "light", _("Light")
        FULL = "full", _("Full")

    class Rhythm(models.TextChoices):
        NOT_SET = "", _("Not agreed yet")
        WEEKLY = "weekly", _("Every week")
        MONTHLY = "monthly", _("Every month")
        SIX_WEEKS = "six_weeks", _("Every six weeks")
        QUARTERLY = "quarterly", _("Every three months")

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=50)
    purpose = models.CharField(max_length=300, blank=True)
    territory = models.CharField(max_length=120, blank=True)
    # Why something lighter would not do (domain 0.4, scoping to forming).
    why_partnership = models.TextField(blank=True, max_length=1000)
    about_en = models.TextField(blank=True, max_length=2000)
    about_it = models.TextField(blank=True, max_length=2000)
    state = models.CharField(max_length=12, choices=State.choices, default=State.IDEA)
    # The day it came to its present state.
    state_since = models.DateField(null=True, blank=True, editable=False)
    mode = models.CharField(max_length=5, choices=Mode.choices, default=Mode.LIGHT)
    template_code = models.CharField(max_length=10, blank=True)
    template_version = models.PositiveSmallIntegerField(default=0)
    # The kit as it was when this partnership was made of it, to show what changed since (R-P2).
    template_snapshot = models.JSONField(default=dict, blank=True)
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices, blank=True, default="")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    scope = TenantForeignKey(AccessScope)
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.PARTNERS)
    # Since when not everybody reads it any more, who could before (domain 0.3).
    withdrawn_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "slug"],
                name="partnerships_partnership_slug_once",
                violation_error_message=_("Another partnership already has this short name."),
            ),
            models.UniqueConstraint(fields=["tenant", "scope"], name="partnerships_partnership_own_scope"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gt=models.F("starts_on")),
                name="partnerships_partnership_ends_after_start",
                violation_error_message=_("The end must be after the start."),
            ),
            models.CheckConstraint(
                condition=models.Q(deputy__isnull=True)
                | models.Q(coordinator__isnull=True)
                | ~models.Q(deputy=models.F("coordinator")),
                name="partnerships_partnership_deputy_is_another",
                violation_error_message=_("The deputy must be another person."),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "state", "name"], name="partnership_by_state")]

    def __str__(self) -> str:
        return self.name
