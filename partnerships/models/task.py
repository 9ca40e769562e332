"""A piece of work one partner promises, and each word it says about it (domain 5.4)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.member import PartnershipMember
from partnerships.models.partnership import Partnership
from stakeholders.models import Stakeholder


class Task(TenantModel):
    """A promise once the partner accepted it (R-T10). The first agreed date is kept for good (R-T11)."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        COUNTER_PROPOSED = "counter_proposed", _("Other date proposed")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        IN_PROGRESS = "in_progress", _("In progress")
        BLOCKED = "blocked", _("Blocked")
        IN_REVIEW = "in_review", _("In review")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")

    partnership = TenantForeignKey(Partnership, related_name="tasks")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    result_expected = models.CharField(max_length=500, blank=True)
    member = TenantForeignKey(PartnershipMember, null=True, blank=True, related_name="tasks")
    person = TenantForeignKey(Stakeholder, null=True, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    first_agreed_due_on = models.DateField(null=True, blank=True)
    proposed_due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.PROPOSED)
    progress_percent = models.PositiveSmallIntegerField(default=0)
    blocked_reason = models.CharField(max_length=300, blank=True)
    blocked_needs = models.CharField(max_length=120, blank=True)
    blocked_by = TenantForeignKey(PartnershipMember, null=True, blank=True)
    effort_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    needs_evidence = models.BooleanField(default=False)
    confirmed_on = models.DateField(null=True, blank=True)
    finished_on = models.DateField(null=True, blank=True)
    template_key = models.CharField(max_length=20, blank=True)
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.PARTNERS)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "partnership", "number"], name="partnerships_task_number_once"),
            models.CheckConstraint(
                condition=models.Q(progress_percent__in=[0, 25, 50, 75, 100]),
                name="partnerships_task_progress_in_quarters",
            ),
        ]
        indexes = [
            # Carries what promises are counted by, so that counting those of a whole space reads the index alone.
            models.Index(
                fields=["tenant", "partnership", "state", "due_on"],
                include=["visibility", "first_agreed_due_on", "finished_on"],
                name="task_by_partnership",
            ),
            # The order of a partnership's list, whose first page is read from here.
            models.Index(fields=["tenant", "partnership", "due_on", "number", "id"], name="task_in_order"),
            models.Index(fields=["tenant", "member", "state", "due_on"], name="task_by_member"),
            # What comes next in a whole space.
            models.Index(
                fields=["tenant", "due_on", "id"],
                condition=models.Q(
                    due_on__isnull=False,
                    state__in=["proposed", "counter_proposed", "accepted", "in_progress", "blocked", "in_review"],
                ),
                name="task_open_by_date",
            ),
            models.Index(
                fields=["tenant", "due_on"],
                condition=models.Q(state__in=["accepted", "in_progress", "blocked"]),
                name="task_promised_by_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TaskUpdate(TenantModel):
    """One word about a task, never changed afterwards."""

    class Via(models.TextChoices):
        BROWSER = "browser", _("signed in")
        LINK = "link", _("by e-mailed link")
        API = "api", "API"

    task = TenantForeignKey(Task, related_name="updates")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    person = TenantForeignKey(Stakeholder, null=True)
    via = models.CharField(max_length=8, choices=Via.choices, default=Via.BROWSER)
    state_before = models.CharField(max_length=16)
    state = models.CharField(max_length=16, choices=Task.State.choices)
    progress_percent = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=500, blank=True)
    due_on = models.DateField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["tenant", "task", "-at"], name="taskupdate_by_task")]

    def __str__(self) -> str:
        return f"{self.state} {self.at:%Y-%m-%d}"
