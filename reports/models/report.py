"""Impact reports: a frozen snapshot, its document, who may read it and who did."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.models import AccessLink, Job, StoredFile
from core.tenancy.models import TenantForeignKey, TenantModel
from partnerships.models import Partnership


class ImpactReport(TenantModel):
    """Numbers frozen at one moment; rendering it again gives the same document (R-R1, R-F29).

    ``code`` is printed in the document; with ``snapshot_sha256`` it lets anyone check that the document is genuine.
    """

    class State(models.TextChoices):
        FROZEN = "frozen", _("Frozen, not yet a document")
        READY = "ready", _("Ready")
        PUBLISHED = "published", _("Published")
        SUPERSEDED = "superseded", _("Replaced by a newer one")

    partnership = TenantForeignKey(Partnership, related_name="reports")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    language = models.CharField(max_length=5)
    period_starts_on = models.DateField()
    period_ends_on = models.DateField()
    summary = models.TextField(blank=True, max_length=3000)
    not_working = models.TextField(blank=True, max_length=2000)
    snapshot = models.JSONField()
    snapshot_sha256 = models.CharField(max_length=64)
    code = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State.choices, default=State.FROZEN)
    pdf = TenantForeignKey(StoredFile, null=True)
    job = TenantForeignKey(Job, null=True)
    visibility = models.PositiveSmallIntegerField(choices=Visibility.choices, default=Visibility.COORDINATION)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    frozen_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "partnership", "number"], name="reports_report_number_once"),
            models.UniqueConstraint(fields=["tenant", "code"], name="reports_report_code_once"),
        ]

    def __str__(self) -> str:
        return self.title


class ReportDownload(TenantModel):
    """One reading of a report by a share link or a funder's account, visible to the coordinator (R-R3)."""

    report = TenantForeignKey(ImpactReport, related_name="downloads")
    link = TenantForeignKey(AccessLink, null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    format = models.CharField(max_length=5)
    at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["tenant", "report", "-at"], name="download_by_report")]

    def __str__(self) -> str:
        return f"{self.format} {self.at:%Y-%m-%d}"


class ReportReply(TenantModel):
    """What a reader of a published report wrote back."""

    report = TenantForeignKey(ImpactReport, related_name="replies")
    text = models.TextField(max_length=2000)
    contact_email = models.EmailField(blank=True)
    received_hour = models.DateTimeField()

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["tenant", "report", "-received_hour"], name="reportreply_by_report")]

    def __str__(self) -> str:
        return f"reply {self.received_hour:%Y-%m-%d}"
