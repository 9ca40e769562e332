"""A goal, its frozen versions and the tasks that serve it (domain 4.2)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.access.visibility import Visibility
from core.rules.bilingual import spoken
from core.tenancy.models import TenantForeignKey, TenantModel
from goals.models.theory import TocNode
from metrics.models import Indicator, Measurement
from partnerships.models import Decision, Partnership, PartnershipMember, Task
from stakeholders.models import Stakeholder


class Goal(TenantModel):
    """A change the partnership commits to. Its sentence is generated from these fields in both languages (P2)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PROPOSED = "proposed", _("Proposed")
        IN_ENDORSEMENT = "in_endorsement", _("Partners are asked")
        ADOPTED = "adopted", _("Adopted")
        ACTIVE = "active", pgettext_lazy("goal", "Active")
        UNDER_REVIEW = "under_review", _("Under review")
        ACHIEVED = "achieved", _("Achieved")
        PARTLY_ACHIEVED = "partly_achieved", _("Partly achieved")
        NOT_ACHIEVED = "not_achieved", _("Not achieved")
        DISCONTINUED = "discontinued", _("Discontinued")

    class ReviewEvery(models.IntegerChoices):
        """How many months lie between two reviews, as long as nobody chooses a day (R-G9)."""

        QUARTER = 3, _("every three months")
        HALF_YEAR = 6, _("every six months")
        YEAR = 12, _("every year")

    class Direction(models.TextChoices):
        INCREASE = "increase", _("Increase")
        DECREASE = "decrease", _("Reduce")
        MAINTAIN = "maintain", _("Keep")
        ESTABLISH = "establish", _("Establish")
        ACHIEVE_STANDARD = "achieve_standard", _("Bring to a standard")

    class Depth(models.TextChoices):
        """How closely the organisations work together on it; deeper is not better (domain 0.4)."""

        NETWORKING = "networking", _("We exchange news")
        COORDINATING = "coordinating", _("We agree who does what and when")
        COOPERATING = "cooperating", _("We share people, places or money")
        COLLABORATING = "collaborating", _("We answer for it together")

    partnership = TenantForeignKey(Partnership, related_name="goals")
    number = models.PositiveSmallIntegerField()
    title_en = models.CharField(max_length=160, blank=True)
    title_it = models.CharField(max_length=160, blank=True)
    direction = models.CharField(max_length=16, choices=Direction.choices, default=Direction.INCREASE)
    population_en = models.CharField(max_length=160, blank=True)
    population_it = models.CharField(max_length=160, blank=True)
    place_en = models.CharField(max_length=120, blank=True)
    place_it = models.CharField(max_length=120, blank=True)
    indicator = TenantForeignKey(Indicator, null=True, blank=True, related_name="goals")
    target_value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    owner_member = TenantForeignKey(PartnershipMember, null=True, blank=True)
    owner_person = TenantForeignKey(Stakeholder, null=True, blank=True)
    why_realistic = models.TextField(blank=True, max_length=1000)
    equity_note = models.TextField(blank=True, max_length=1000)
    need_cents = models.BigIntegerField(null=True, blank=True)
    resources_needed = models.TextField(blank=True, max_length=1000)
    joint_depth = models.CharField(max_length=13, choices=Depth.choices, blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    review_every = models.PositiveSmallIntegerField(
        choices=ReviewEvery.choices, default=ReviewEvery.HALF_YEAR, db_default=ReviewEvery.HALF_YEAR
    )
    # What this goal is a part of, and how much of it, in per cent.
    parent = TenantForeignKey("self", null=True, blank=True, related_name="parts")
    weight = models.PositiveSmallIntegerField(null=True, blank=True)
    # Codes of targets of the Sustainable Development Goals, for example "4.4".
    sdg_targets = models.JSONField(default=list, blank=True)
    outcome_node = TenantForeignKey(TocNode, null=True, blank=True, related_name="goals")
    # Since when two readings in a row are off track and nobody reviewed the goal (R-G9); looked up each night.
    off_track_since = models.DateField(null=True, blank=True)
    # Names of fields that still hold a template's example and must be confirmed before proposing (R-P1).
    examples = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.DRAFT)
    version_number = models.PositiveSmallIntegerField(default=0)
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.PARTNERS)
    # Since when not everybody reads it any more, who could before (domain 0.3).
    withdrawn_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "partnership", "number"], name="goals_goal_number_once"),
            models.CheckConstraint(condition=~models.Q(title_en="", title_it=""), name="goals_goal_has_title"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gt=models.F("starts_on")),
                name="goals_goal_ends_after_start",
                violation_error_message=_("The end must be after the start."),
            ),
            models.CheckConstraint(
                condition=models.Q(weight__isnull=True) | models.Q(weight__range=(0, 100)), name="goals_goal_weight"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "parent"], name="goal_by_parent")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the page's language."""
        return spoken(self, "title")


class GoalVersion(TenantModel):
    """A goal's fields as they were adopted or changed, with the reason."""

    goal = TenantForeignKey(Goal, related_name="versions")
    number = models.PositiveSmallIntegerField()
    fields = models.JSONField()
    reason = models.CharField(max_length=300, blank=True)
    # What the change rests on, and for the last version of a closed goal the value it ended with.
    decision = TenantForeignKey(Decision, null=True, blank=True, related_name="goal_versions")
    final_measurement = TenantForeignKey(Measurement, null=True, blank=True, related_name="+")
    adopted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    adopted_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "goal", "number"], name="goals_goalversion_number_once"),
        ]

    def __str__(self) -> str:
        return f"v{self.number}"


class GoalTask(TenantModel):
    """A task that serves a goal."""

    goal = TenantForeignKey(Goal, related_name="task_links")
    task = TenantForeignKey(Task, related_name="goal_links")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "goal", "task"], name="goals_goaltask_once"),
        ]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.task_id}"
