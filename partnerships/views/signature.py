"""Signing: putting a version before its parties, answering it, bringing it into force."""

import uuid
from contextlib import suppress

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from core.access.permissions import Permission
from core.models import User
from core.rules.upload_content import UploadError
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from partnerships.forms.agreement import AnswerForm, ForceForm, OpenForSigningForm
from partnerships.models import Signature
from partnerships.operations.agreement import AgreementRefusedError
from partnerships.operations.agreement_signing import (
    TextUnreadError,
    bring_agreement_into_force,
    open_agreement_for_signing,
    withdraw_signature_request,
)
from partnerships.operations.signature import (
    SignatureIncompleteError,
    SignatureRefusedError,
    answer_signature,
    note_viewed,
)
from partnerships.operations.signature_link import mail_signature_request
from partnerships.queries.agreement import asked_before, live_signatures, signature_for_signing
from partnerships.queries.member import active_members
from partnerships.rules.agreement import standing_of
from partnerships.rules.authority import LinkHolder
from partnerships.rules.clause import facts_of, required_clauses
from partnerships.rules.severity import Severity, severity_of
from partnerships.views.agreement import agreement_context, visible_version
from partnerships.views.doors import editable_partnership


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def agreement_open(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Choose who signs, fix the text and mail them."""
    partnership = editable_partnership(request, slug)
    version = visible_version(request, slug, number)
    must_read = not version.is_composed and severity_of("R-A1 own text", partnership.mode) is Severity.BLOCKS
    form = OpenForSigningForm(
        request.POST if request.method == "POST" else None,
        members=active_members(partnership),
        asked=asked_before(version),
        must_read=must_read,
    )
    if request.method == "POST" and form.is_valid():
        try:
            open_agreement_for_signing(version=version, by=request.user, **form.parties())
        except TextUnreadError as refusal:
            form.add_error("is_read" if must_read else None, str(refusal))
        except AgreementRefusedError as refusal:
            form.add_error("members", str(refusal))
        else:
            messages.success(request, _("The text is fixed, and those who can sign have mail."))
            return redirect(space_url("agreement_detail", slug=slug, number=number))
    needed = () if version.is_composed else required_clauses(facts_of(version.agreement))
    context = {"form": form, "partnership": partnership, "version": version, "needed": needed}
    return render(request, "partnerships/agreement_open.html", context, status=422 if form.errors else 200)


def answer_from(form: AnswerForm, signature: Signature, *, by: User | LinkHolder) -> Signature | None:
    """The answer a valid form gives; None when it was refused, with the words at the field."""
    try:
        return answer_signature(signature=signature, by=by, **form.answer_given())
    except SignatureIncompleteError as missing:
        for name, message in missing.fields.items():
            form.add_error(name if name in form.fields else None, message)
    except SignatureRefusedError as refusal:
        form.add_error("answer", str(refusal))
    except UploadError as error:
        form.add_error("delegation", str(error))
    return None


@requires(Permission.SIGN_AGREEMENT)
@require_POST
def agreement_answer(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Accept or decline for one's own organisation; without a request to it the address does not exist."""
    version = visible_version(request, slug, number)
    signature = signature_for_signing(version, request.user)
    if signature is None:
        raise Http404
    if "viewed" in request.POST:
        return _note_viewed(request, signature)
    form = AnswerForm(request.POST, request.FILES, version=version, name=str(request.user))
    if form.is_valid():
        answered = answer_from(form, signature, by=request.user)
        if answered is not None:
            messages.success(request, _("Thank you. Your answer was stored."))
            return redirect(space_url("agreement_detail", slug=slug, number=number))
    return render(request, "partnerships/agreement_detail.html", agreement_context(request, version, form), status=422)


def _note_viewed(request: SpaceRequest, signature: Signature) -> HttpResponse:
    with suppress(SignatureRefusedError):
        note_viewed(signature=signature, by=request.user)
    if request.htmx:
        return HttpResponse(status=204)
    messages.success(request, _("Noted. You can answer here at any time."))
    agreement = signature.version.agreement
    return redirect(space_url("agreement_detail", slug=agreement.partnership.slug, number=agreement.number))


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def agreement_force(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Bring a version into force that every party asked has signed."""
    partnership = editable_partnership(request, slug)
    version = visible_version(request, slug, number)
    form = ForceForm(
        request.POST if request.method == "POST" else None,
        initial={"valid_from": version.valid_from or timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            forced = bring_agreement_into_force(version=version, by=request.user, **form.cleaned_data)
        except AgreementRefusedError as refusal:
            form.add_error("valid_from", str(refusal))
        else:
            messages.success(request, standing_of(forced, today=timezone.localdate())[1])
            return redirect(space_url("agreement_detail", slug=slug, number=number))
    context = {"form": form, "partnership": partnership, "version": version, "forces": True}
    return render(request, "partnerships/agreement_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def signature_remind(request: SpaceRequest, slug: str, number: int, signature_id: uuid.UUID) -> HttpResponse:
    """Mail those who may sign for a party once more."""
    signature = _open_request(request, slug, number, signature_id)
    if signature.state != Signature.State.REQUESTED:
        raise Http404
    written = mail_signature_request(signature=signature, by=request.user)
    if written:
        messages.success(
            request,
            ngettext("One mail is on its way.", "%(count)s mails are on their way.", written) % {"count": written},
        )
    else:
        messages.error(request, _("Nobody there can be reached: name a person who may commit, with an e-mail address."))
    return redirect(space_url("agreement_detail", slug=slug, number=number))


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def signature_withdraw(request: SpaceRequest, slug: str, number: int, signature_id: uuid.UUID) -> HttpResponse:
    """Take back the request to a party."""
    signature = _open_request(request, slug, number, signature_id)
    try:
        withdraw_signature_request(signature=signature, by=request.user)
        messages.success(request, _("The request was taken back."))
    except AgreementRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect(space_url("agreement_detail", slug=slug, number=number))


def _open_request(request: SpaceRequest, slug: str, number: int, signature_id: uuid.UUID) -> Signature:
    editable_partnership(request, slug)
    version = visible_version(request, slug, number)
    open_ones = live_signatures().exclude(state=Signature.State.SIGNED)
    return get_object_or_404(open_ones, version=version, pk=signature_id)
