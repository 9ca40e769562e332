"""Reports for readers: by share link, published, and the proof that a document is genuine."""

import hashlib

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access.visibility import Visibility
from core.models import AccessLink
from core.operations.link import LinkExpiredError, LinkUnknownError, count_use, open_link
from core.operations.rate import TooOftenError, count_use_of
from core.web.access import SpaceRequest, by_link, public
from core.web.space import absolute, space_url
from engagement.queries.volunteer import certificate_with_code
from engagement.rules.linked_data import Linked
from engagement.rules.linked_data import report as linked_report
from engagement.rules.volunteer import total_in_words
from engagement.views.public_frame import in_chosen_language, linked_organisation, network_of, public_page_response
from reports.document import report_page
from reports.forms.report import ReplyForm, VerifyForm
from reports.models import ImpactReport
from reports.operations.report import add_reply, note_download
from reports.queries.report import SHARE, report_with_code
from reports.rules.limits import REPLIES
from reports.rules.snapshot import tidy_code
from reports.views.report import file_answer

LARGEST_DOCUMENT = 30 * 1024 * 1024


class LinkOverError(Exception):
    """The link was good once."""


def _shared(token: str) -> tuple[AccessLink, ImpactReport]:
    try:
        link = open_link(token, purpose=SHARE)
    except LinkUnknownError as error:
        raise Http404 from error
    except LinkExpiredError as error:
        raise LinkOverError from error
    return link, get_object_or_404(ImpactReport.objects.select_related("partnership", "pdf"), pk=link.subject_id)


@by_link
@require_http_methods(["GET", "POST"])
@in_chosen_language
def report_shared(request: SpaceRequest, token: str) -> HttpResponse:
    """The report a link opens, with its downloads and a reply form."""
    try:
        _link, report = _shared(token)
    except LinkOverError:
        return render(request, "reports/link_over.html", status=410)
    # Nothing of it is told to machines, and no address of it to other sites.
    return _reading_page(request, report, {"token": token, "frame": "layouts/public.html"})


@by_link
@require_safe
def report_shared_file(request: SpaceRequest, token: str, file_format: str) -> HttpResponse:
    """A download through a link, written down."""
    try:
        link, report = _shared(token)
    except LinkOverError:
        return render(request, "reports/link_over.html", status=410)
    answer = file_answer(report, file_format)
    count_use(link)
    note_download(report=report, file_format=file_format, link=link)
    return answer


def _published(slug: str, number: int) -> ImpactReport:
    published = [ImpactReport.State.PUBLISHED, ImpactReport.State.SUPERSEDED]
    return get_object_or_404(
        ImpactReport.objects.select_related("partnership", "pdf"),
        partnership__slug=slug,
        partnership__visibility=Visibility.PUBLIC,
        visibility=Visibility.PUBLIC,
        state__in=published,
        number=number,
    )


@public
@require_http_methods(["GET", "POST"])
@in_chosen_language
def report_public(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """A published report as a page, with its downloads and a reply form."""
    report = _published(slug, number)
    return _reading_page(request, report, {"linked": _linked(request, report)})


@public
@require_safe
def report_public_file(request: SpaceRequest, slug: str, number: int, file_format: str) -> HttpResponse:
    """A download of a published report; nobody is written down."""
    return file_answer(_published(slug, number), file_format)


def _reading_page(request: SpaceRequest, report: ImpactReport, context: dict[str, object]) -> HttpResponse:
    form = ReplyForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            count_use_of(f"report-reply:{network_of(request)}", **REPLIES)
        except TooOftenError:
            form.add_error(None, _("Many messages came from here within the hour. Please try again later."))
        else:
            if not form.is_machine:
                values = form.cleaned_data
                add_reply(report=report, text=values["text"], contact_email=values["contact_email"])
            context["thanks"] = True
    if form.errors:
        status = 422
    page = {
        "report": report,
        "partnership": report.partnership,
        "form": form,
        "body": report_page(report),
        "is_wide": True,
    }
    return public_page_response(request, "reports/report_public.html", {**page, **context}, status=status)


def _linked(request: SpaceRequest, report: ImpactReport) -> Linked:
    partnership = report.partnership
    where = {"slug": partnership.slug, "number": report.number}
    kinds = {"text/csv": "csv"} | ({"application/pdf": "pdf"} if report.pdf_id else {})
    return linked_report(
        name=report.title,
        url=absolute(space_url("report_public", **where)),
        about=str(report.snapshot["summary"]),
        language=report.language,
        starts_on=report.period_starts_on,
        ends_on=report.period_ends_on,
        published_on=timezone.localdate(report.published_at) if report.published_at else None,
        publisher=linked_organisation(request, partnership),
        files={
            kind: absolute(space_url("report_public_file", **where, file_format=ending))
            for kind, ending in kinds.items()
        },
    )


@public
@require_http_methods(["GET", "POST"])
def verify(request: SpaceRequest, code: str) -> HttpResponse:
    """Say whether a code belongs to a report or a certificate, and whether a report is the one we made."""
    report = report_with_code(tidy_code(code))
    form = VerifyForm(request.POST or None, request.FILES or None)
    verdict = None
    if request.method == "POST" and form.is_valid() and report is not None:
        upload = form.cleaned_data["document"]
        same = report.pdf is not None and upload.size <= LARGEST_DOCUMENT
        verdict = same and hashlib.sha256(upload.read()).hexdigest() == report.pdf.sha256
    certificate = None if report else certificate_with_code(tidy_code(code))
    context = {
        "report": report,
        "certificate": certificate,
        "hours": total_in_words(certificate.hours) if certificate else "",
        "code": code,
        "form": form,
        "verdict": verdict,
        "asked": request.method == "POST" and form.is_valid(),
    }
    return render(request, "reports/verify.html", context, status=200 if report or certificate else 404)
