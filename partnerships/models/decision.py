"""Decisions and where each member stood (domain 2.3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.access.visibility import Visibility
from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.agenda import AgendaItem
from partnerships.models.governance import DecisionMethod, DecisionSubject, Position
from partnerships.models.meeting import Meeting
from partnerships.models.member import PartnershipMember
from partnerships.models.partnership import Partnership
from stakeholders.models import Stakeholder


class Decision(TenantModel):
    """What was decided, when and why. Once taken it is never edited: another one takes its place (R-C6)."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        DECIDED = "decided", _("Decided")
        RECOMMENDED = "recommended", _("Recommendation: too few were there")
        REJECTED = "rejected", _("Rejected")
        DEFERRED = "deferred", _("Put off")
        IN_FORCE = "in_force", _("In force")
        REVIEWED = "reviewed", _("Reviewed and kept")
        SUPERSEDED = "superseded", pgettext_lazy("decision", "Replaced")
        REVOKED = "revoked", _("Revoked")

    class About(models.TextChoices):
        ANYTHING = "", _("The work")
        REVIEW = "review", _("What follows from the review of the partnership")
        ENDING = "ending", _("Ending the partnership")

    partnership = TenantForeignKey(Partnership, related_name="decisions")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(max_length=5000, blank=True)
    context = models.TextField(max_length=3000, blank=True)
    options = models.JSONField(default=list, blank=True)
    reasons = models.TextField(max_length=3000, blank=True)
    # A decision of the partnership about itself opens the way to its next state (domain 0.4).
    about = models.CharField(max_length=6, choices=About.choices, blank=True, default="", db_default="")
    # Which of the agreement's subjects it is; the agreement may allow other methods for it (R-C8).
    subject = models.CharField(max_length=9, choices=DecisionSubject.choices, blank=True, default="", db_default="")
    method = models.CharField(max_length=18, choices=DecisionMethod.choices, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    effective_from = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    # Whom it affects beside those named in ``audience``, in words; residents are asked for apart: they are told.
    affects = models.CharField(max_length=300, blank=True, default="", db_default="")
    affects_residents = models.BooleanField(default=False)
    public_note = models.TextField(max_length=1000, blank=True)
    not_public_reason = models.CharField(max_length=300, blank=True)
    supersedes = TenantForeignKey("self", null=True, blank=True, related_name="superseded_by")
    meeting = TenantForeignKey(Meeting, null=True, blank=True, related_name="decisions")
    item = TenantForeignKey(AgendaItem, null=True, blank=True, related_name="decisions")
    state = models.CharField(max_length=11, choices=State.choices, default=State.PROPOSED)
    # How many members took part of how many who may decide, and the quorum then (R-C4).
    present_count = models.PositiveSmallIntegerField(null=True, blank=True)
    entitled_count = models.PositiveSmallIntegerField(null=True, blank=True)
    quorum_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    # Which sectors and affected groups were there, heard or missing when it was taken.
    voices = models.JSONField(default=dict, blank=True)
    communicated_on = models.DateField(null=True, blank=True)
    communicated_to = models.CharField(max_length=300, blank=True, default="", db_default="")
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.PARTNERS)
    # Since when what everybody could read is not for everybody any more; the public page says so.
    withdrawn_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "partnership", "year", "number"], name="partnerships_decision_number_once"
            ),
            models.UniqueConstraint(
                fields=["tenant", "supersedes"],
                condition=models.Q(supersedes__isnull=False),
                name="partnerships_decision_superseded_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "partnership", "review_on"],
                condition=models.Q(state="in_force", review_on__isnull=False),
                name="decision_to_review",
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    @property
    def label(self) -> str:
        """Its number as people say it: "2026/3"."""
        return f"{self.year}/{self.number}"


class DecisionPosition(TenantModel):
    """Where a member stood when a decision was taken; ``position`` None means it gave no answer."""

    decision = TenantForeignKey(Decision, related_name="positions")
    member = TenantForeignKey(PartnershipMember)
    position = models.PositiveSmallIntegerField(choices=Position.choices, null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "decision", "member"], name="partnerships_decisionposition_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.position or ''}"


class DecisionAudience(TenantModel):
    """A sector, an organisation or a group that a decision affects, that was told of it, or both. Never a person."""

    decision = TenantForeignKey(Decision, related_name="audience")
    stakeholder = TenantForeignKey(Stakeholder, null=True, blank=True)
    sector = models.CharField(max_length=30, choices=Stakeholder.Sector.choices, blank=True, default="")
    is_affected = models.BooleanField(default=False)
    told_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "decision", "stakeholder"],
                condition=models.Q(stakeholder__isnull=False),
                name="partnerships_decisionaudience_group_once",
            ),
            models.UniqueConstraint(
                fields=["tenant", "decision", "sector"],
                condition=models.Q(stakeholder__isnull=True),
                name="partnerships_decisionaudience_sector_once",
            ),
            models.CheckConstraint(
                condition=models.Q(stakeholder__isnull=True) ^ models.Q(sector=""),
                name="partnerships_decisionaudience_group_or_sector",
            ),
        ]

    def __str__(self) -> str:
        return str(self.stakeholder or self.get_sector_display())
