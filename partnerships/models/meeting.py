"""Meetings and the series that make them (domain 2.2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.models import StoredFile
from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.member import PartnershipMember
from partnerships.models.partnership import Partnership
from stakeholders.models import Stakeholder


class MeetingKind(models.TextChoices):
    """What a meeting is for; a steering group decides and has stricter rules."""

    STEERING = "steering", _("Steering group")
    WORKING_GROUP = "working_group", _("Working group")
    PLENARY = "plenary", _("All partners")
    COMMUNITY = "community", _("With residents")
    ONE_TO_ONE = "one_to_one", _("One to one")
    MEDIATION = "mediation", _("Mediation")


class MeetingSeries(TenantModel):
    """A rhythm in which the same people meet; it makes the next meeting from the last."""

    class Rhythm(models.TextChoices):
        WEEKLY = "weekly", _("Every week")
        TWO_WEEKS = "two_weeks", _("Every two weeks")
        MONTHLY = "monthly", _("Every month")
        SIX_WEEKS = "six_weeks", _("Every six weeks")
        QUARTERLY = "quarterly", _("Every three months")

    partnership = TenantForeignKey(Partnership, related_name="meeting_series")
    title = models.CharField(max_length=120)
    purpose = models.CharField(max_length=200)
    kind = models.CharField(max_length=13, choices=MeetingKind.choices, default=MeetingKind.STEERING)
    rhythm = models.CharField(max_length=9, choices=Rhythm.choices, default=Rhythm.MONTHLY)
    length_minutes = models.PositiveSmallIntegerField(default=90)
    place = models.CharField(max_length=200, blank=True)
    online_link = models.URLField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "partnership", "title"],
                name="partnerships_meetingseries_title_once",
                violation_error_message=_("Another series already has this name."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Meeting(TenantModel):
    """One meeting from its draft to its approved minutes. ``sequence`` grows with each change people were told of."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        SCHEDULED = "scheduled", _("Invited")
        AGENDA_SENT = "agenda_sent", _("Agenda sent")
        HELD = "held", _("Held")
        MINUTES_DRAFT = "minutes_draft", _("Minutes being written")
        MINUTES_CIRCULATED = "minutes_circulated", _("Minutes to approve")
        MINUTES_APPROVED = "minutes_approved", _("Minutes approved")
        ARCHIVED = "archived", _("Archived")
        CANCELLED = "cancelled", _("Cancelled")

    partnership = TenantForeignKey(Partnership, related_name="meetings")
    series = TenantForeignKey(MeetingSeries, null=True, blank=True, related_name="meetings")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=13, choices=MeetingKind.choices, default=MeetingKind.STEERING)
    title = models.CharField(max_length=120)
    purpose = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    online_link = models.URLField(max_length=300, blank=True)
    chair = TenantForeignKey(Stakeholder, null=True, blank=True)
    # The organisation the chair speaks for, so that who chaired stays known when people change (R-C5).
    chair_member = TenantForeignKey(PartnershipMember, null=True, blank=True)
    note_taker = TenantForeignKey(Stakeholder, null=True, blank=True)
    accessibility = models.CharField(max_length=500, blank=True)
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.PARTNERS)
    state = models.CharField(max_length=18, choices=State.choices, default=State.DRAFT)
    cancelled_reason = models.CharField(max_length=300, blank=True)
    # Why the agenda of a steering group went out late (R-C1).
    late_reason = models.CharField(max_length=300, blank=True)
    sequence = models.PositiveSmallIntegerField(default=0)
    # Keys of suggestions for the agenda that were put aside.
    put_aside = models.JSONField(default=list, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    agenda_sent_at = models.DateTimeField(null=True, blank=True)
    agenda_pdf = TenantForeignKey(StoredFile, null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "partnership", "number"], name="partnerships_meeting_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="partnerships_meeting_ends_after_start",
                violation_error_message=_("The end must be after the start."),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "partnership", "-starts_at"], name="meeting_by_partnership")]

    def __str__(self) -> str:
        return self.title

    @property
    def length_minutes(self) -> int:
        """How long it is planned to last."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)
