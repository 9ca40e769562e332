"""Annexes of a version: adding, taking out, and reading them, signed in or by an e-mailed link."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.operations.link import LinkUnknownError
from core.rules.upload_content import UploadError
from core.web.access import SpaceRequest, by_link, requires
from core.web.downloads import file_answer
from core.web.space import space_url
from partnerships.forms.agreement_annex import AnnexForm
from partnerships.models import AgreementAnnex, AgreementVersion
from partnerships.operations.agreement import AgreementRefusedError
from partnerships.operations.agreement_annex import add_annex, remove_annex
from partnerships.operations.review_link import ReviewLinkGoneError, open_review_link
from partnerships.operations.signature_link import SignatureLinkGoneError, open_signature_link
from partnerships.queries.agreement import versions_visible_to
from partnerships.views.agreement import visible_version
from partnerships.views.agreement_review import step_page
from partnerships.views.doors import editable_partnership


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def annex_new(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Annex a file to the version being written."""
    editable_partnership(request, slug)
    version = visible_version(request, slug, number)
    is_sent = request.method == "POST"
    form = AnnexForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid() and _added(form, version, request):
        messages.success(request, _("The file is annexed, and the text names its fingerprint."))
        return redirect(space_url("agreement_detail", slug=slug, number=number) + "#annexes")
    return step_page(
        request,
        version,
        form,
        title=_("Annex a file"),
        action=_("Annex it"),
        lede=_("The text names the file with its fingerprint, so who signs the text signs the file too."),
    )


def _added(form: AnnexForm, version: AgreementVersion, request: SpaceRequest) -> bool:
    try:
        add_annex(version=version, by=request.user, **form.cleaned_data)
    except UploadError as error:
        form.add_error("upload", str(error))
    except ValidationError as error:
        form.add_error("title", error.messages)
    except AgreementRefusedError as refusal:
        form.add_error("upload", str(refusal))
    else:
        return True
    return False


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def annex_remove(request: SpaceRequest, slug: str, number: int, annex_id: uuid.UUID) -> HttpResponse:
    """Take a file out of the version being written."""
    editable_partnership(request, slug)
    annex = _annex(request, slug, number, annex_id)
    try:
        remove_annex(annex=annex, by=request.user)
        messages.success(request, _("The annex was taken out."))
    except AgreementRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect(space_url("agreement_detail", slug=slug, number=number) + "#annexes")


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def annex_file(request: SpaceRequest, slug: str, number: int, annex_id: uuid.UUID) -> HttpResponse:
    """The file, for whoever may read the version."""
    return file_answer(_annex(request, slug, number, annex_id).file)


def _annex(request: SpaceRequest, slug: str, number: int, annex_id: uuid.UUID) -> AgreementAnnex:
    versions = versions_visible_to(request.viewer)
    readable = versions.filter(agreement__partnership__slug=slug, agreement__number=number).order_by()
    rows = AgreementAnnex.objects.filter(version__in=readable.values("pk")).select_related("file", "version__agreement")
    found: AgreementAnnex = get_object_or_404(rows, pk=annex_id)
    return found


def _of_version(version: AgreementVersion, annex_id: uuid.UUID) -> HttpResponse:
    rows = AgreementAnnex.objects.filter(version=version).select_related("file")
    return file_answer(get_object_or_404(rows, pk=annex_id).file)


@by_link
@require_safe
def agreement_link_annex(request: SpaceRequest, token: str, annex_id: uuid.UUID) -> HttpResponse:
    """An annex of the version a signature link is for; 404 when the link has ended."""
    try:
        signature, _holder = open_signature_link(token)
    except (LinkUnknownError, SignatureLinkGoneError) as error:
        raise Http404 from error
    return _of_version(signature.version, annex_id)


@by_link
@require_safe
def review_link_annex(request: SpaceRequest, token: str, annex_id: uuid.UUID) -> HttpResponse:
    """An annex of the version a link to read is for; 404 when the link has ended."""
    try:
        version, _representative, _holder = open_review_link(token)
    except (LinkUnknownError, ReviewLinkGoneError) as error:
        raise Http404 from error
    return _of_version(version, annex_id)
