"""What changed in the community, seen from its goals: a new service, a policy, a practice (domain 8.4)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.rules.bilingual import spoken
from core.tenancy.models import TenantForeignKey, TenantModel
from goals.models.claim import ContributionClaim
from goals.models.goal import Goal
from partnerships.models import Partnership


class CommunityChange(TenantModel):
    """Something that is there now and was not before; our part in it uses the words its claim allows (R-I11)."""

    class Kind(models.TextChoices):
        SERVICE = "service", _("New service")
        POLICY = "policy", _("New rule or policy")
        PRACTICE = "practice", _("New way of doing things")
        OTHER = "other", _("Something else")

    partnership = TenantForeignKey(Partnership, related_name="community_changes")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.SERVICE)
    what_en = models.CharField(max_length=300, blank=True)
    what_it = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=120, blank=True)
    since = models.DateField()
    source = models.CharField(max_length=300)
    our_part_en = models.CharField(max_length=300, blank=True)
    our_part_it = models.CharField(max_length=300, blank=True)
    # How strong the words about our part may be.
    claim = TenantForeignKey(ContributionClaim, null=True, blank=True, related_name="changes")
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.PARTNERS)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "partnership", "number"], name="goals_communitychange_number_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(what_en="", what_it=""),
                name="goals_communitychange_has_words",
                violation_error_message=_("Write what changed."),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "partnership", "-since"], name="change_by_partnership"),
            models.Index(fields=["tenant", "claim"], name="change_by_claim"),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def what(self) -> str:
        """What changed, in the page's language."""
        return spoken(self, "what")

    @property
    def our_part(self) -> str:
        """Our part in it, in the page's language."""
        return spoken(self, "our_part")


class ChangeGoal(TenantModel):
    """That a change belongs to a goal."""

    change = TenantForeignKey(CommunityChange, related_name="goal_links")
    goal = TenantForeignKey(Goal, related_name="change_links")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "change", "goal"], name="goals_changegoal_once"),
        ]
        indexes = [models.Index(fields=["tenant", "goal"], name="change_by_goal")]

    def __str__(self) -> str:
        return f"{self.change_id} {self.goal_id}"
