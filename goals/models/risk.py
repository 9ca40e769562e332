"""What could go wrong, how likely and how serious it is, and what is done about it (domain 15)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.access.visibility import Visibility
from core.tenancy.models import TenantForeignKey, TenantModel
from goals.models.goal import Goal
from partnerships.models import Partnership, PartnershipMember
from stakeholders.models import Stakeholder


class Risk(TenantModel):
    """An event that could keep a partnership, or one of its goals, from what it wants."""

    class Likelihood(models.IntegerChoices):
        VERY_UNLIKELY = 1, pgettext_lazy("risk", "Very unlikely")
        UNLIKELY = 2, pgettext_lazy("risk", "Unlikely")
        POSSIBLE = 3, pgettext_lazy("risk", "Possible")
        LIKELY = 4, pgettext_lazy("risk", "Likely")
        ALMOST_CERTAIN = 5, pgettext_lazy("risk", "Almost certain")

    class Impact(models.IntegerChoices):
        HARDLY_FELT = 1, pgettext_lazy("risk", "Hardly felt")
        SMALL = 2, pgettext_lazy("risk", "Small")
        NOTICEABLE = 3, pgettext_lazy("risk", "Noticeable")
        SERIOUS = 4, pgettext_lazy("risk", "Serious")
        VERY_SERIOUS = 5, pgettext_lazy("risk", "Very serious")

    class Response(models.TextChoices):
        AVOID = "avoid", pgettext_lazy("risk", "Avoid it")
        REDUCE = "reduce", pgettext_lazy("risk", "Reduce it")
        SHARE = "share", pgettext_lazy("risk", "Share it with others")
        ACCEPT = "accept", pgettext_lazy("risk", "Accept it")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("risk", "Open")
        TREATED = "treated", pgettext_lazy("risk", "Being dealt with")
        CLOSED = "closed", pgettext_lazy("risk", "Over")
        OCCURRED = "occurred", pgettext_lazy("risk", "It happened")

    partnership = TenantForeignKey(Partnership, related_name="risks")
    goal = TenantForeignKey(Goal, null=True, blank=True, related_name="risks")
    number = models.PositiveSmallIntegerField()
    event = models.CharField(max_length=200)
    cause = models.TextField(blank=True, max_length=500)
    effect = models.TextField(blank=True, max_length=500)
    likelihood = models.PositiveSmallIntegerField(choices=Likelihood.choices, default=Likelihood.POSSIBLE)
    impact = models.PositiveSmallIntegerField(choices=Impact.choices, default=Impact.NOTICEABLE)
    owner_member = TenantForeignKey(PartnershipMember, null=True, blank=True, related_name="risks")
    owner_person = TenantForeignKey(Stakeholder, null=True, blank=True, related_name="risks")
    response = models.CharField(max_length=6, choices=Response.choices, blank=True)
    actions = models.TextField(blank=True, max_length=1000)
    review_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.PARTNERS)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "partnership", "number"], name="goals_risk_number_once"),
            models.CheckConstraint(
                condition=models.Q(likelihood__range=(1, 5), impact__range=(1, 5)),
                name="goals_risk_on_the_scale",
                violation_error_message=_("Choose from one to five."),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "goal"], name="risk_by_goal"),
            models.Index(fields=["tenant", "owner_member"], name="risk_by_owner"),
            models.Index(fields=["tenant", "owner_person"], name="risk_by_person"),
        ]

    def __str__(self) -> str:
        return self.event
