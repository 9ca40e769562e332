"""Files of signatures, and the document of a version."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.models import User
from core.operations.link import LinkUnknownError
from core.rules.upload_content import UploadError
from core.web.access import SpaceRequest, by_link, requires
from core.web.downloads import file_answer
from core.web.pages import page
from core.web.space import space_url
from partnerships.forms.clause_request import SignedFileForm
from partnerships.models import AgreementVersion, Signature
from partnerships.operations.agreement_document import ask_for_agreement_pdf
from partnerships.operations.review_link import ReviewLinkGoneError, open_review_link
from partnerships.operations.signature import SignatureIncompleteError, SignatureRefusedError, record_signed_file
from partnerships.operations.signature_link import SignatureLinkGoneError, open_signature_link
from partnerships.queries.agreement import live_signatures
from partnerships.queries.authority import authority_to_sign
from partnerships.rules.authority import LinkHolder
from partnerships.views.agreement import visible_version
from partnerships.views.doors import editable_partnership


def _own_signature(
    request: SpaceRequest, slug: str, number: int, signature_id: uuid.UUID
) -> tuple[AgreementVersion, Signature]:
    """A signature whose files the viewer may bring and read: coordination and the party's own people; else 404."""
    version = visible_version(request, slug, number)
    rows = live_signatures().select_related("file", "delegation", "member__partnership")
    signature = get_object_or_404(rows, version__agreement=version.agreement, pk=signature_id)
    rights = authority_to_sign(signature.member, request.user)
    if not (rights.coordinates or rights.is_own):
        raise Http404
    return version, signature


@requires(Permission.SEE_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def signature_upload(request: SpaceRequest, slug: str, number: int, signature_id: uuid.UUID) -> HttpResponse:
    """Bring what a party signed on paper or in a file."""
    version, signature = _own_signature(request, slug, number, signature_id)
    is_sent = request.method == "POST"
    form = SignedFileForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        version=version,
    )
    if is_sent and form.is_valid() and _kept(form, signature, by=request.user):
        messages.success(request, _("The signed file is kept, with its fingerprint."))
        return redirect(space_url("agreement_detail", slug=slug, number=number))
    context = {"form": form, "version": version, "partnership": version.agreement.partnership, "signature": signature}
    return render(request, "partnerships/signature_upload.html", context, status=422 if form.errors else 200)


def _kept(form: SignedFileForm, signature: Signature, *, by: User | LinkHolder) -> bool:
    try:
        record_signed_file(signature=signature, by=by, **form.cleaned_data)
    except SignatureIncompleteError as missing:
        for name, message in missing.fields.items():
            form.add_error(name, message)
    except SignatureRefusedError as refusal:
        form.add_error("method", str(refusal))
    except UploadError as error:
        form.add_error("upload", str(error))
    else:
        return True
    return False


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def signature_file(request: SpaceRequest, slug: str, number: int, signature_id: uuid.UUID) -> HttpResponse:
    """The signed file, for coordination and the party's own people."""
    _version, signature = _own_signature(request, slug, number, signature_id)
    return file_answer(signature.file)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def signature_delegation(request: SpaceRequest, slug: str, number: int, signature_id: uuid.UUID) -> HttpResponse:
    """The delegation of who signed, for coordination and the party's own people."""
    _version, signature = _own_signature(request, slug, number, signature_id)
    return file_answer(signature.delegation)


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def agreement_document(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Have the document made as text and signatures stand now."""
    editable_partnership(request, slug)
    version = visible_version(request, slug, number)
    ask_for_agreement_pdf(version=version, by=request.user)
    return redirect(space_url("agreement_pdf", slug=slug, number=number) + f"?version={version.number}")


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def agreement_pdf(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """How far the document is, and the way to it."""
    version = visible_version(request, slug, number)
    job = version.job
    context = {
        "version": version,
        "agreement": version.agreement,
        "partnership": version.agreement.partnership,
        "can_edit": request.viewer.can(Permission.EDIT_PARTNERSHIP, version.agreement.partnership.scope_id),
        "is_made": job is not None and job.state in {"waiting", "running"},
        "has_failed": job is not None and job.state == "failed",
    }
    return page(request, "partnerships/agreement_pdf.html", context, partial="document")


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def agreement_pdf_file(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """The document as it was made last; 404 before that."""
    version = visible_version(request, slug, number)
    return file_answer(version.pdf)


@by_link
@require_http_methods(["GET", "POST"])
def agreement_link_file(request: SpaceRequest, token: str) -> HttpResponse:
    """Bring what one's organisation signed on paper or in a file, by the link that asks for the signature."""
    try:
        signature, holder = open_signature_link(token)
    except LinkUnknownError as error:
        raise Http404 from error
    except SignatureLinkGoneError:
        return render(request, "partnerships/agreement_link_gone.html", {"token": token, "words": ""}, status=410)
    version, is_sent = signature.version, request.method == "POST"
    form = SignedFileForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        version=version,
        initial={"name": holder.person.name},
    )
    if is_sent and form.is_valid() and _kept(form, signature, by=holder):
        context = {"signature": Signature.objects.get(pk=signature.pk), "version": version}
        return render(request, "partnerships/agreement_link_done.html", context)
    context = {
        "form": form,
        "token": token,
        "version": version,
        "organisation": signature.member.organisation.name,
        "person": holder.person,
    }
    return render(request, "partnerships/agreement_link_file.html", context, status=422 if form.errors else 200)


@by_link
@require_safe
def agreement_link_pdf(request: SpaceRequest, token: str) -> HttpResponse:
    """The document of the version a signature link is for; 404 when the link has ended, and before it was made."""
    try:
        signature, _holder = open_signature_link(token)
    except (LinkUnknownError, SignatureLinkGoneError) as error:
        raise Http404 from error
    return file_answer(signature.version.pdf)


@by_link
@require_safe
def review_link_pdf(request: SpaceRequest, token: str) -> HttpResponse:
    """The document of the version a link to read is for; 404 when the link has ended, and before it was made."""
    try:
        version, _representative, _holder = open_review_link(token)
    except (LinkUnknownError, ReviewLinkGoneError) as error:
        raise Http404 from error
    return file_answer(version.pdf if version.text_sha256 else None)
