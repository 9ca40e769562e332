"""What a meeting talks about, and the promises made there (domain 2.2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile
from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.meeting import Meeting
from partnerships.models.member import PartnershipMember
from partnerships.models.task import Task
from stakeholders.models import Stakeholder


class AgendaItem(TenantModel):
    """One subject of a meeting, with what was agreed on it and why: not who said what."""

    class Kind(models.TextChoices):
        INFORM = "inform", _("To inform")
        DISCUSS = "discuss", _("To discuss")
        DECIDE = "decide", _("To decide")
        CHECK_IN = "check_in", _("Check-in round")

    class State(models.TextChoices):
        OPEN = "open", _("Not dealt with yet")
        DONE = "done", _("Dealt with")
        PARKED = "parked", _("Parked")

    meeting = TenantForeignKey(Meeting, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.DISCUSS)
    minutes_planned = models.PositiveSmallIntegerField(default=10)
    owner_member = TenantForeignKey(PartnershipMember, null=True, blank=True)
    owner_person = TenantForeignKey(Stakeholder, null=True, blank=True)
    proposed_by = TenantForeignKey(PartnershipMember, null=True, blank=True)
    desired_outcome = models.CharField(max_length=300, blank=True)
    paper_link = models.URLField(max_length=300, blank=True)
    paper_file = TenantForeignKey(StoredFile, null=True, blank=True)
    summary = models.TextField(max_length=5000, blank=True)
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    carried_from = TenantForeignKey("self", null=True, blank=True)
    task = TenantForeignKey(Task, null=True, blank=True)
    # The suggestion it was taken from; empty for one written by hand.
    source_code = models.CharField(max_length=80, blank=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["tenant", "meeting", "position"], name="agendaitem_in_order")]

    def __str__(self) -> str:
        return self.title

    @property
    def has_paper(self) -> bool:
        """Whether there is something to read before."""
        return bool(self.paper_link or self.paper_file_id)


class MeetingAction(TenantModel):
    """A promise made in a meeting: it is a task from the moment it is written (R-C2)."""

    meeting = TenantForeignKey(Meeting, related_name="actions")
    item = TenantForeignKey(AgendaItem, null=True, blank=True, related_name="actions")
    task = TenantForeignKey(Task)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "task"], name="partnerships_meetingaction_task_once"),
        ]
        indexes = [models.Index(fields=["tenant", "meeting"], name="action_by_meeting")]

    def __str__(self) -> str:
        return str(self.task)
