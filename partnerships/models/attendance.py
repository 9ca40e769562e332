"""Who is asked to a meeting, who was there, and for whom (domain 2.2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.agenda import AgendaItem
from partnerships.models.meeting import Meeting
from partnerships.models.member import PartnershipMember
from stakeholders.models import Stakeholder


class Attendance(TenantModel):
    """One person at one meeting. ``member`` is the organisation they speak for, none for a guest."""

    class Answer(models.TextChoices):
        INVITED = "invited", _("No answer yet")
        YES = "yes", _("Comes")
        NO = "no", _("Cannot come")
        MAYBE = "maybe", _("Does not know yet")

    class Presence(models.TextChoices):
        UNKNOWN = "", _("Not noted yet")
        PRESENT = "present", _("Present")
        APOLOGIES = "apologies", _("Sent apologies")
        ABSENT = "absent", _("Absent")

    meeting = TenantForeignKey(Meeting, related_name="attendances")
    person = TenantForeignKey(Stakeholder)
    member = TenantForeignKey(PartnershipMember, null=True, blank=True)
    answer = models.CharField(max_length=7, choices=Answer.choices, default=Answer.INVITED)
    answered_at = models.DateTimeField(null=True, blank=True)
    presence = models.CharField(max_length=9, choices=Presence.choices, blank=True, default="")
    # What somebody needs to take part; only coordination reads it.
    access_needs = models.CharField(max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "meeting", "person"], name="partnerships_attendance_once"),
        ]
        indexes = [models.Index(fields=["tenant", "person"], name="attendance_by_person")]

    def __str__(self) -> str:
        return str(self.person)


class ConflictOfInterest(TenantModel):
    """An interest somebody declared in one item, and how it was dealt with."""

    class Handling(models.TextChoices):
        LEFT_ROOM = "left_room", _("Left the room")
        SPOKE_NO_VOTE = "spoke_no_vote", _("Spoke, did not vote")
        NONE = "none", _("Nothing was needed")

    attendance = TenantForeignKey(Attendance, related_name="conflicts")
    item = TenantForeignKey(AgendaItem, related_name="conflicts")
    handling = models.CharField(max_length=13, choices=Handling.choices)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "attendance", "item"], name="partnerships_conflictofinterest_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attendance} {self.handling}"


class HeardBack(TenantModel):
    """What the others understood of what an organisation said, until that organisation confirms it (domain 2.5)."""

    meeting = TenantForeignKey(Meeting, related_name="heard")
    member = TenantForeignKey(PartnershipMember)
    item = TenantForeignKey(AgendaItem, null=True, blank=True)
    text = models.TextField(max_length=1000)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    correction = models.TextField(max_length=1000, blank=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["tenant", "meeting"], name="heard_by_meeting")]

    def __str__(self) -> str:
        return f"{self.member}: {self.text[:60]}"
