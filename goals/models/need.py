"""What residents need, with the evidence for it, and which goals answer it (domain 4.2)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.access.visibility import Visibility
from core.rules.bilingual import spoken
from core.tenancy.models import TenantForeignKey, TenantModel
from goals.models.goal import Goal
from partnerships.models import Partnership, PartnershipMember


class Need(TenantModel):
    """A situation people want changed: who lives it, where, and how we know."""

    class Evidence(models.TextChoices):
        STATISTIC = "statistic", _("Statistic")
        SURVEY = "survey", _("Survey")
        MEETING = "meeting", pgettext_lazy("evidence", "Meeting")
        SERVICE_DATA = "service_data", _("Figures of a service")
        LIVED_EXPERIENCE = "lived_experience", _("Lived experience")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("community need", "Open")
        IN_PROGRESS = "in_progress", pgettext_lazy("community need", "Being worked on")
        MET = "met", pgettext_lazy("community need", "Met")
        SET_ASIDE = "set_aside", pgettext_lazy("community need", "Set aside")

    partnership = TenantForeignKey(Partnership, related_name="needs")
    number = models.PositiveSmallIntegerField()
    statement_en = models.CharField(max_length=300, blank=True)
    statement_it = models.CharField(max_length=300, blank=True)
    affected_en = models.CharField(max_length=200, blank=True)
    affected_it = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=120, blank=True)
    evidence = models.CharField(max_length=16, choices=Evidence.choices, blank=True)
    source = models.CharField(max_length=300, blank=True)
    evidence_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.PARTNERS)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "partnership", "number"], name="goals_need_number_once"),
            models.CheckConstraint(
                condition=~models.Q(statement_en="", statement_it=""), name="goals_need_has_statement"
            ),
        ]

    def __str__(self) -> str:
        return self.statement

    @property
    def statement(self) -> str:
        """The need in the page's language."""
        return spoken(self, "statement")

    @property
    def affected(self) -> str:
        """Who lives it, in the page's language."""
        return spoken(self, "affected")


class NeedVote(TenantModel):
    """That a member organisation finds a need pressing; once per member, taken back by removing it."""

    need = TenantForeignKey(Need, related_name="votes")
    member = TenantForeignKey(PartnershipMember, related_name="need_votes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "need", "member"], name="goals_needvote_once"),
        ]
        indexes = [models.Index(fields=["tenant", "member"], name="needvote_by_member")]

    def __str__(self) -> str:
        return f"{self.need_id} {self.member_id}"


class GoalNeed(TenantModel):
    """That a goal answers a need."""

    goal = TenantForeignKey(Goal, related_name="need_links")
    need = TenantForeignKey(Need, related_name="goal_links")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "goal", "need"], name="goals_goalneed_once"),
        ]
        indexes = [models.Index(fields=["tenant", "need"], name="goalneed_by_need")]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.need_id}"
