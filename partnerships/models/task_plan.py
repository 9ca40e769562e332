"""What a task consists of and waits for, and what shows that it is done (domain 5.4)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile
from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models.task import Task
from stakeholders.models import Stakeholder


class TaskDependency(TenantModel):
    """A task cannot be finished well before another one is; never in a circle (R-T14)."""

    task = TenantForeignKey(Task, related_name="dependencies")
    waits_for = TenantForeignKey(Task, related_name="successors")

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "task", "waits_for"], name="partnerships_dependency_once"),
            models.CheckConstraint(
                condition=~models.Q(task=models.F("waits_for")),
                name="partnerships_dependency_on_another",
                violation_error_message=_("A task cannot wait for itself."),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "waits_for"], name="dependency_by_first")]

    def __str__(self) -> str:
        return f"{self.task} ← {self.waits_for}"


class TaskCheck(TenantModel):
    """One step of a task, ticked when it is made."""

    task = TenantForeignKey(Task, related_name="checks")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    is_done = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["tenant", "task", "position"], name="check_by_task")]

    def __str__(self) -> str:
        return self.text


class TaskEvidence(TenantModel):
    """What shows that a task is done: a line, an address, a file, or all of them; never changed afterwards."""

    task = TenantForeignKey(Task, related_name="evidence")
    note = models.CharField(max_length=500, blank=True)
    link = models.URLField(max_length=500, blank=True)
    file = TenantForeignKey(StoredFile, null=True, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    person = TenantForeignKey(Stakeholder, null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(note="") | ~models.Q(link="") | models.Q(file__isnull=False),
                name="partnerships_taskevidence_says_something",
                violation_error_message=_("Write a line, give an address or choose a file."),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "task", "-at"], name="evidence_by_task")]

    def __str__(self) -> str:
        return self.note or self.link or str(self.file)
