"""Where the partners and the people affected stand on one wording of a goal (domain 4.2, R-G7)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.tenancy.models import TenantForeignKey, TenantModel
from goals.models.goal import Goal
from partnerships.models import PartnershipMember, Position
from stakeholders.models import Stakeholder


class EndorsementRound(TenantModel):
    """One time the partners are asked about one wording, which ``fields`` keeps as ``GoalVersion`` does.

    Another wording is another round; the old one and its answers stay.
    """

    class Outcome(models.TextChoices):
        OPEN = "open", pgettext_lazy("endorsement", "Open")
        ADOPTED = "adopted", _("Adopted")
        WITHDRAWN = "withdrawn", _("Back to draft")
        REWORDED = "reworded", _("The wording changed")
        ENDED = "ended", _("The goal ended")

    goal = TenantForeignKey(Goal, related_name="endorsement_rounds")
    number = models.PositiveSmallIntegerField()
    # The version that has this wording, or will have it when the goal is adopted.
    version_number = models.PositiveSmallIntegerField()
    fields = models.JSONField(default=dict)
    asked_on = models.DateField()
    answer_by = models.DateField()
    outcome = models.CharField(max_length=9, choices=Outcome.choices, default=Outcome.OPEN)
    ended_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "goal", "number"], name="goals_endorsementround_number_once"),
            models.UniqueConstraint(
                fields=["tenant", "goal"], condition=models.Q(outcome="open"), name="goals_endorsementround_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal} {self.number}"

    @property
    def is_open(self) -> bool:
        """Whether answers are still given and changed."""
        return self.outcome == self.Outcome.OPEN


class Endorsement(TenantModel):
    """Somebody's place in a round: a member that was asked, or a group of people affected.

    Without an answer it gave none: silence is never consent.
    """

    round = TenantForeignKey(EndorsementRound, related_name="endorsements")
    member = TenantForeignKey(PartnershipMember, null=True, blank=True, related_name="endorsements")
    group = TenantForeignKey(Stakeholder, null=True, blank=True, related_name="endorsements")
    asked_on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(member__isnull=False, group__isnull=True)
                | models.Q(member__isnull=True, group__isnull=False),
                name="goals_endorsement_of_member_or_group",
            ),
            models.UniqueConstraint(
                fields=["tenant", "round", "member"],
                condition=models.Q(member__isnull=False),
                name="goals_endorsement_member_once",
            ),
            models.UniqueConstraint(
                fields=["tenant", "round", "group"],
                condition=models.Q(group__isnull=False),
                name="goals_endorsement_group_once",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "member"], name="endorsement_by_member")]

    def __str__(self) -> str:
        return str(self.member or self.group)


class EndorsementAnswer(TenantModel):
    """Where somebody stands, who said so and when. Another answer takes its place; nothing is written over.

    For a group of people affected somebody in coordination writes down who said it, on which day and how.
    """

    class How(models.TextChoices):
        MEETING = "meeting", _("In a meeting")
        TALK = "talk", _("In a talk")
        PHONE = "phone", _("By phone")
        WRITING = "writing", _("In writing")

    endorsement = TenantForeignKey(Endorsement, related_name="answers")
    position = models.PositiveSmallIntegerField(choices=Position.choices)
    comment = models.CharField(max_length=1000, blank=True)
    name = models.CharField(max_length=120, blank=True)
    person = TenantForeignKey(Stakeholder, null=True, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    heard_on = models.DateField(null=True, blank=True)
    heard_how = models.CharField(max_length=7, choices=How.choices, blank=True)
    answered_at = models.DateTimeField(auto_now_add=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "endorsement"],
                condition=models.Q(replaced_at__isnull=True),
                name="goals_endorsementanswer_one_holds",
            ),
            models.CheckConstraint(
                condition=models.Q(position__range=(1, 5)), name="goals_endorsementanswer_on_the_scale"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "endorsement", "-answered_at"], name="endorsement_answer")]

    def __str__(self) -> str:
        return f"{self.position}"
