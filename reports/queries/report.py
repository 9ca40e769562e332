"""Reading reports: who sees which."""

import uuid

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from core.access.permissions import Permission
from core.access.viewer import Viewer, visible_records
from core.models import AccessLink
from reports.models import ImpactReport, ReportDownload, ReportReply

SHARE = "report"


def live_shares() -> QuerySet[AccessLink]:
    """Links to reports that still open."""
    return AccessLink.objects.filter(purpose=SHARE, revoked_at=None, expires_at__gt=timezone.now())


def reports_visible_to(viewer: Viewer) -> QuerySet[ImpactReport]:
    """What a viewer may read: what its level shows, and what was shared with the viewer's own address (TEN-14)."""
    seen = visible_records(viewer, scope="partnership__scope_id", chain=["visibility", "partnership__visibility"])
    if viewer.user is not None and viewer.can(Permission.READ_SHARED_REPORTS):
        shared = live_shares().filter(subject_id=OuterRef("pk"), recipient_email=viewer.user.email)
        seen |= Q(Exists(shared))
    return ImpactReport.objects.filter(seen).select_related("partnership", "pdf", "job").order_by("-frozen_at", "-id")


def shares_of(report: ImpactReport) -> QuerySet[AccessLink]:
    """All links ever made to a report, newest first."""
    return AccessLink.objects.filter(purpose=SHARE, subject_id=report.pk).order_by("-created_at", "-id")


def downloads_of(report: ImpactReport) -> QuerySet[ReportDownload]:
    """Who read a report, newest first."""
    return report.downloads.select_related("link", "user").order_by("-at", "-id")


def replies_to(report: ImpactReport) -> QuerySet[ReportReply]:
    """What readers wrote back, newest first."""
    return report.replies.order_by("-received_hour", "-id")


def report_list(viewer: Viewer, partnership_id: uuid.UUID) -> QuerySet[ImpactReport]:
    """A partnership's reports with how often each was read."""
    return reports_visible_to(viewer).filter(partnership_id=partnership_id).annotate(download_count=Count("downloads"))


def report_with_code(code: str) -> ImpactReport | None:
    """The report whose document carries a code."""
    return ImpactReport.objects.select_related("partnership", "pdf").filter(code=code).first()
