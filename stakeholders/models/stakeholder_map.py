"""A map of who matters for one issue in one place, and its rounds of assessment (domain 1.1-1.4)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy.models import TenantForeignKey, TenantModel
from stakeholders.models.stakeholder import Stakeholder


class StakeholderMap(TenantModel):
    """Made before a partnership or for one; what the raters say of others is for the coordination only."""

    title = models.CharField(max_length=120)
    issue = models.CharField(max_length=300)
    place = models.CharField(max_length=120, blank=True)
    is_archived = models.BooleanField(default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["tenant", "is_archived", "-created_at"], name="stakeholdermap_recent")]

    def __str__(self) -> str:
        return self.title


class MapEntry(TenantModel):
    """A stakeholder on a map. Ring 1 is the centre: people who live the issue, not the project team."""

    class Ring(models.IntegerChoices):
        LIVING_IT = 1, _("People living the issue")
        DELIVERING = 2, _("Organisations at work on it every day")
        DECIDING = 3, _("Organisations that decide, fund or regulate")
        WIDER = 4, _("Wider public, media")

    map = TenantForeignKey(StakeholderMap, related_name="entries")
    stakeholder = TenantForeignKey(Stakeholder, related_name="map_entries")
    ring = models.PositiveSmallIntegerField(choices=Ring.choices, null=True, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "map", "stakeholder"],
                name="stakeholders_mapentry_once",
                violation_error_message=_("This stakeholder is on the map already."),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "stakeholder"], name="mapentry_by_stakeholder")]

    def __str__(self) -> str:
        return str(self.stakeholder_id)


class MapTie(TenantModel):
    """What was said of somebody on a map by hand: that a need is theirs or a public promise is made to them, or not.

    ``about`` is the id of the need or the promise, which higher apps keep. Where nothing was said, words decide.
    """

    entry = TenantForeignKey(MapEntry, related_name="ties", on_delete=models.CASCADE)
    about = models.UUIDField()
    holds = models.BooleanField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "entry", "about"], name="stakeholders_maptie_once"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.about}"


class MapRound(TenantModel):
    """One time the raters look at everybody; closed with two raters and somebody in ring 1 (R-S4)."""

    map = TenantForeignKey(StakeholderMap, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "map", "number"], name="stakeholders_mapround_number_once"),
            models.UniqueConstraint(
                fields=["tenant", "map"],
                condition=models.Q(closed_on__isnull=True),
                name="stakeholders_mapround_one_open",
                violation_error_message=_("A round is open already."),
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.number}"


class MapRater(TenantModel):
    """Somebody asked to rate: a person with an account, or one who gets a link by e-mail."""

    map = TenantForeignKey(StakeholderMap, related_name="raters")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    person = TenantForeignKey(Stakeholder, null=True, blank=True)
    invited_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "map", "user"],
                condition=models.Q(user__isnull=False),
                name="stakeholders_maprater_user_once",
            ),
            models.UniqueConstraint(
                fields=["tenant", "map", "person"],
                condition=models.Q(person__isnull=False),
                name="stakeholders_maprater_person_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "person"], condition=models.Q(person__isnull=False), name="maprater_by_person"
            )
        ]

    def __str__(self) -> str:
        return str(self.user_id or self.person_id)
