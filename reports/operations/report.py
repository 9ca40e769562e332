"""Freezing, rendering, publishing and sharing impact reports."""

import uuid
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access.visibility import Visibility
from core.jobs import enqueue
from core.models import AccessLink, User
from core.operations.audit import record
from core.operations.file import store_bytes
from core.operations.link import make_link, revoke_link
from core.operations.mail import write_mail
from core.queries.tenant import tenant_at_work
from core.rules.membership import Verdict
from core.web.space import absolute, space_url
from partnerships.models import Partnership
from partnerships.queries.agreement import has_agreement_in_force
from reports.document import report_html, report_pdf
from reports.models import ImpactReport, ReportDownload, ReportReply
from reports.queries.report import SHARE
from reports.queries.snapshot import take_snapshot
from reports.rules.report import SHARE_DAYS, can_publish_report
from reports.rules.snapshot import new_code, snapshot_hash


class ReportNotPublishableError(Exception):
    """The report may not be published; ``verdict.reason`` says why."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(str(verdict.reason))
        self.verdict = verdict


class PeriodError(ValueError):
    """The period ends before it starts."""


@transaction.atomic
def freeze_report(
    *,
    partnership: Partnership,
    title: str,
    language: str,
    period_starts_on: date,
    period_ends_on: date,
    summary: str,
    not_working: str,
    by: User | None,
) -> ImpactReport:
    """Freeze the figures of a period as they stand now and ask a worker for the document.

    Figures not verified by a second person are in it, marked as provisional (R-F28). Raises PeriodError.
    """
    if period_ends_on <= period_starts_on:
        raise PeriodError(_("The period must end after it starts."))
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    snapshot = take_snapshot(
        partnership, starts_on=period_starts_on, ends_on=period_ends_on, summary=summary, not_working=not_working
    )
    newest = ImpactReport.objects.filter(partnership=partnership).aggregate(newest=Max("number"))["newest"] or 0
    report = ImpactReport.objects.create(
        partnership=partnership,
        number=newest + 1,
        title=title,
        language=language,
        period_starts_on=period_starts_on,
        period_ends_on=period_ends_on,
        summary=summary,
        not_working=not_working,
        snapshot=snapshot,
        snapshot_sha256=snapshot_hash(snapshot),
        code=new_code(),
        frozen_by=by,
    )
    report.job = enqueue("reports.render_impact_report", dedup_key=f"report:{report.pk}", report_id=report.pk)
    report.save(update_fields=["job"])
    record("report.frozen", report, by=by, scope_id=partnership.scope_id, changes={"sha256": report.snapshot_sha256})
    return report


@transaction.atomic
def render_report(*, report_id: uuid.UUID | str) -> ImpactReport:
    """Make the document of a frozen report; when it is there already, nothing happens (P4: a second run is free)."""
    report = ImpactReport.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=report_id)
    if report.pdf_id is not None:
        return report
    content = report_pdf(report_html(report))
    report.pdf = store_bytes(
        content=content,
        name=f"{report.partnership.slug}-{report.number}-{report.language}.pdf",
        content_type="application/pdf",
        extension=".pdf",
        purpose="report",
        by=None,
        scope_id=report.partnership.scope_id,
        visibility=Visibility(report.visibility),
    )
    report.state = ImpactReport.State.READY
    report.save(update_fields=["pdf", "state"])
    record("report.rendered", report, by=None, scope_id=report.partnership.scope_id, actor_label="worker")
    return report


@transaction.atomic
def publish_report(*, report: ImpactReport, by: User) -> ImpactReport:
    """Show a report to everyone; the partnership's earlier published report is marked as replaced and stays readable.

    Raises ReportNotPublishableError.
    """
    locked = ImpactReport.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=report.pk)
    in_force = has_agreement_in_force(locked.partnership_id, today=timezone.localdate())
    if not (verdict := can_publish_report(locked, agreement_in_force=in_force, mode=locked.partnership.mode)):
        raise ReportNotPublishableError(verdict)
    earlier = ImpactReport.objects.filter(partnership_id=locked.partnership_id, state=ImpactReport.State.PUBLISHED)
    earlier.exclude(pk=locked.pk).update(state=ImpactReport.State.SUPERSEDED)
    locked.state, locked.visibility, locked.published_at = (
        ImpactReport.State.PUBLISHED,
        Visibility.PUBLIC,
        timezone.now(),
    )
    locked.save(update_fields=["state", "visibility", "published_at"])
    record("report.published", locked, by=by, scope_id=locked.partnership.scope_id)
    return locked


@transaction.atomic
def share_report(
    *, report: ImpactReport, email: str, label: str, days: int, language: str, by: User
) -> tuple[AccessLink, str]:
    """A link that opens this report for one funder, mailed to them; returns the link and its address.

    At most 90 days. It can be revoked at once, and each download through it is written down.
    """
    link, token = make_link(
        purpose=SHARE,
        subject_id=report.pk,
        lasts=timedelta(days=min(days, SHARE_DAYS)),
        by=by,
        recipient_email=email.strip().lower(),
        label=label,
    )
    url = absolute(space_url("report_shared", token=token))
    if email:
        write_mail(
            to=email,
            kind="report_share",
            dedup_key=f"share:{link.pk}",
            language=language,
            template="report_share",
            context={
                "report": report,
                "partnership": report.partnership,
                "sender": str(by),
                "space_name": tenant_at_work().name,
                "url": url,
                "expires_on": timezone.localdate(link.expires_at),
            },
        )
    record(
        "report.shared",
        report,
        by=by,
        scope_id=report.partnership.scope_id,
        changes={"link": str(link.pk), "days": days},
    )
    return link, url


@transaction.atomic
def end_share(*, report: ImpactReport, link: AccessLink, by: User) -> None:
    """Revoke a link to a report."""
    revoke_link(link=link)
    record("report.share_ended", report, by=by, scope_id=report.partnership.scope_id, changes={"link": str(link.pk)})


@transaction.atomic
def note_download(
    *, report: ImpactReport, file_format: str, link: AccessLink | None = None, by: User | None = None
) -> None:
    """Write down that a report was read, and by whom as far as the door tells."""
    ReportDownload.objects.create(report=report, link=link, user=by, format=file_format)


@transaction.atomic
def add_reply(*, report: ImpactReport, text: str, contact_email: str) -> ReportReply:
    """Keep what a reader wrote back about a report; the time is kept to the hour."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    reply = ReportReply.objects.create(report=report, text=text, contact_email=contact_email, received_hour=hour)
    record("report.replied", report, by=None, scope_id=report.partnership.scope_id, actor_label="reader")
    return reply
