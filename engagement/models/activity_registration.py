"""Who comes to an activity, without an account (domain 7.2)."""

from django.db import models
from django.utils.translation import pgettext_lazy

from core.tenancy.keys import new_anonymous_id
from core.tenancy.models import TenantForeignKey, TenantModel
from engagement.models.activity import EngagementActivity


class ActivityRegistration(TenantModel):
    """A place for one or several people, or a place on the waiting list. ``position`` is the order of arrival.

    Kept without address of the network, browser or exact time. The door code is stored as a hash.
    """

    class State(models.TextChoices):
        GOING = "going", pgettext_lazy("registration", "Comes")
        WAITING = "waiting", pgettext_lazy("registration", "On the waiting list")
        OFFERED = "offered", pgettext_lazy("registration", "A place is offered")
        LAPSED = "lapsed", pgettext_lazy("registration", "Did not take the place")
        CANCELLED = "cancelled", pgettext_lazy("registration", "Cancelled")

    id = models.UUIDField(primary_key=True, default=new_anonymous_id, editable=False)
    activity = TenantForeignKey(EngagementActivity, related_name="registrations")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    people = models.PositiveSmallIntegerField(default=1)
    language = models.CharField(max_length=8)
    state = models.CharField(max_length=9, choices=State.choices)
    offered_until = models.DateTimeField(null=True, blank=True)
    code_hash = models.CharField(max_length=64)
    people_came = models.PositiveSmallIntegerField(null=True, blank=True)
    # Somebody under 14, with a parent or guardian who agrees (PRI-03).
    has_guardian = models.BooleanField(default=False, db_default=False)
    notice_version = models.PositiveSmallIntegerField()
    registered_hour = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "activity", "position"], name="engagement_registration_position_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="offered") | models.Q(offered_until__isnull=False),
                name="engagement_registration_offer_ends",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "activity", "state", "position"], name="registration_by_state"),
            models.Index(fields=["tenant", "activity", "code_hash"], name="registration_by_code"),
        ]

    def __str__(self) -> str:
        return f"registration {self.position}"


class RegistrationNeed(TenantModel):
    """What somebody needs to take part; apart from the registration, and deleted once the activity is over."""

    id = models.UUIDField(primary_key=True, default=new_anonymous_id, editable=False)
    registration = TenantForeignKey(ActivityRegistration, related_name="needs")
    text = models.CharField(max_length=300)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "registration"], name="engagement_registrationneed_once"),
        ]

    def __str__(self) -> str:
        return "need"


class CardCount(TenantModel):
    """How many cards without a name said one thing. Only counts are kept, no card and no link to anybody (R-S9).

    ``label`` empty is "not stated". The community's figures are copied, so that a comparison stays as it was made.
    """

    class Dimension(models.TextChoices):
        AGE = "age_band"
        AREA = "neighbourhood"

    activity = TenantForeignKey(EngagementActivity, related_name="card_counts")
    dimension = models.CharField(max_length=13, choices=Dimension.choices)
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=80, blank=True)
    population_count = models.PositiveIntegerField(default=0)
    community = models.CharField(max_length=360, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "activity", "dimension", "position"], name="engagement_cardcount_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dimension} {self.position}"
