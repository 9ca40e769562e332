"""Reports of a partnership, for people at work."""

import uuid
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.operations.file import read_file
from core.web.access import SpaceRequest, members, requires
from core.web.lists import page_of
from core.web.pages import page
from core.web.space import space_url
from partnerships.views.doors import partnership_allowing, visible_partnership
from partnerships.views.tabs import partnership_tabs
from reports.document import report_csv
from reports.forms.report import ReportForm, ShareForm
from reports.models import ImpactReport
from reports.operations.report import (
    ReportNotPublishableError,
    end_share,
    freeze_report,
    note_download,
    publish_report,
    share_report,
)
from reports.queries.report import downloads_of, replies_to, report_list, reports_visible_to, shares_of


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def reports(request: SpaceRequest, slug: str) -> HttpResponse:
    """A partnership's reports, newest first."""
    partnership = visible_partnership(request, slug)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "report_list"),
        "page": page_of(request, report_list(request.viewer, partnership.pk)),
        "can_prepare": request.viewer.can(Permission.PREPARE_REPORTS, partnership.scope_id),
    }
    return page(request, "reports/report_list.html", context, partial="results")


@requires(Permission.PREPARE_REPORTS)
@require_http_methods(["GET", "POST"])
def report_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Freeze the figures and have the document made."""
    partnership = partnership_allowing(request, slug, Permission.PREPARE_REPORTS)
    today = timezone.localdate()
    initial = {
        "title": _("Impact report %(year)s") % {"year": today.year},
        "period_starts_on": today - timedelta(days=365),
        "period_ends_on": today,
        "language": request.LANGUAGE_CODE,
    }
    form = ReportForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        report = freeze_report(partnership=partnership, by=request.user, **form.cleaned_data)
        return redirect(space_url("report_detail", slug=slug, number=report.number))
    context = {"form": form, "partnership": partnership}
    return render(request, "reports/report_form.html", context, status=422 if form.errors else 200)


def _report(request: SpaceRequest, slug: str, number: int) -> ImpactReport:
    return get_object_or_404(reports_visible_to(request.viewer), partnership__slug=slug, number=number)


def _prepared_report(request: SpaceRequest, slug: str, number: int) -> ImpactReport:
    partnership_allowing(request, slug, Permission.PREPARE_REPORTS)
    return _report(request, slug, number)


@members
@require_safe
def report_detail(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """One report: progress while it renders, then download, publish, share, who read it and what they wrote."""
    report = _report(request, slug, number)
    can_prepare = request.viewer.can(Permission.PREPARE_REPORTS, report.partnership.scope_id)
    context = {"report": report, "partnership": report.partnership, "can_prepare": can_prepare}
    if can_prepare:
        context |= {
            "shares": shares_of(report),
            "downloads": downloads_of(report)[:20],
            "replies": replies_to(report)[:20],
            "share_form": ShareForm(initial={"language": report.language}),
        }
    return page(request, "reports/report_detail.html", context, partial="document")


@members
@require_safe
def report_file(request: SpaceRequest, slug: str, number: int, file_format: str) -> HttpResponse:
    """The document or its figures; a reading by someone who does not prepare reports is written down."""
    report = _report(request, slug, number)
    answer = file_answer(report, file_format)
    if not request.viewer.can(Permission.PREPARE_REPORTS, report.partnership.scope_id):
        note_download(report=report, file_format=file_format, by=request.user)
    return answer


def file_answer(report: ImpactReport, file_format: str) -> HttpResponse:
    """A download of a report as ``pdf`` or ``csv``; 404 for any other ending and while the document is not ready."""
    if file_format == "csv":
        content, content_type = report_csv(report), "text/csv; charset=utf-8"
    elif file_format == "pdf" and report.pdf is not None:
        content, content_type = read_file(report.pdf), "application/pdf"
    else:
        raise Http404
    name = f"{report.partnership.slug}-{report.number}.{file_format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=content_type, headers=headers)


@requires(Permission.PREPARE_REPORTS)
@require_POST
def report_publish(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Show the report to everyone."""
    try:
        publish_report(report=_prepared_report(request, slug, number), by=request.user)
    except ReportNotPublishableError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The report is public now."))
    return redirect(space_url("report_detail", slug=slug, number=number))


@requires(Permission.PREPARE_REPORTS)
@require_POST
def report_share(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Make a link for a funder and mail it."""
    report = _prepared_report(request, slug, number)
    form = ShareForm(request.POST)
    if not form.is_valid():
        context = {
            "report": report,
            "partnership": report.partnership,
            "can_prepare": True,
            "share_form": form,
            "shares": shares_of(report),
        }
        return render(request, "reports/report_detail.html", context, status=422)
    share_report(report=report, by=request.user, **form.cleaned_data)
    messages.success(request, _("The link is on its way to %(email)s.") % {"email": form.cleaned_data["email"]})
    return redirect(space_url("report_detail", slug=slug, number=number))


@requires(Permission.PREPARE_REPORTS)
@require_POST
def report_share_end(request: SpaceRequest, slug: str, number: int, link_id: uuid.UUID) -> HttpResponse:
    """Make a link stop working."""
    report = _prepared_report(request, slug, number)
    end_share(report=report, link=get_object_or_404(shares_of(report), pk=link_id), by=request.user)
    messages.success(request, _("The link no longer works."))
    return redirect(space_url("report_detail", slug=slug, number=number))
