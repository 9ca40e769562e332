"""Comparing versions, remarks on a text, minor changes, and later partners."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from partnerships.forms.clause_request import AccedeForm, MinorForm, ObjectionForm, RequestForm
from partnerships.models import AgreementVersion
from partnerships.operations.accession import ask_to_accede
from partnerships.operations.agreement import AgreementRefusedError
from partnerships.operations.agreement_minor import declare_minor_change, object_to_minor_change
from partnerships.operations.clause_request import (
    ClauseRequestRefusedError,
    answer_clause_request,
    make_clause_request,
)
from partnerships.queries.agreement import live_signatures, version_rows, versions_visible_to
from partnerships.queries.agreement_annex import annexes_of
from partnerships.queries.agreement_text import clause_parts, text_of
from partnerships.queries.clause_request import requests_of
from partnerships.queries.member import active_members
from partnerships.queries.representative import acting_member
from partnerships.rules.annex import compare_annexes
from partnerships.rules.redline import has_changes, redline
from partnerships.rules.redline_short import changed_paragraphs
from partnerships.views.agreement import LONGEST_NUMBER, visible_version
from partnerships.views.doors import editable_partnership


def _back(slug: str, number: int, anchor: str = "") -> HttpResponse:
    return redirect(space_url("agreement_detail", slug=slug, number=number) + anchor)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def agreement_compare(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """What changed between two versions, word by word: ``?old=`` and ``?new=``, else the newest and the one before.

    Only the paragraphs that changed, or with ``?whole=1`` the whole text.
    """
    newest = visible_version(request, slug, number)
    versions = list(versions_visible_to(request.viewer).filter(agreement=newest.agreement))
    new = _chosen(versions, request.GET.get("new", "")) or newest
    old = _chosen(versions, request.GET.get("old", "")) or _one_before(versions, new)
    segments = redline(text_of(old), text_of(new))
    context = {
        "partnership": newest.agreement.partnership,
        "agreement": newest.agreement,
        "versions": version_rows(versions, today=timezone.localdate()),
        "old": old,
        "new": new,
        "segments": segments,
        "has_changes": has_changes(segments),
        "paragraphs": [] if request.GET.get("whole") else changed_paragraphs(segments),
        "annex_changes": compare_annexes(annexes_of(old), annexes_of(new)),
    }
    return render(request, "partnerships/agreement_compare.html", context)


def _chosen(versions: list[AgreementVersion], wanted: str) -> AgreementVersion | None:
    if not wanted:
        return None
    is_number = wanted.isascii() and wanted.isdigit() and len(wanted) <= LONGEST_NUMBER
    found = next((one for one in versions if is_number and one.number == int(wanted)), None)
    if found is None:
        raise Http404
    return found


def _one_before(versions: list[AgreementVersion], new: AgreementVersion) -> AgreementVersion:
    based_on = next((one for one in versions if one.pk == new.based_on_id), None)
    return based_on or next((one for one in versions if one.number < new.number), new)


@requires(Permission.SEE_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def clause_request_new(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Remark on a text for one's own organisation; 404 for whoever speaks for none."""
    version = visible_version(request, slug, number)
    member = acting_member(request.user, version.agreement.partnership)
    if member is None:
        raise Http404
    form = RequestForm(request.POST if request.method == "POST" else None, parts=clause_parts(version))
    if request.method == "POST" and form.is_valid():
        try:
            make_clause_request(version=version, member=member, by=request.user, **form.cleaned_data)
        except ClauseRequestRefusedError as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("Thank you. The coordination will answer."))
            return _back(slug, number, "#requests")
    return step_page(request, version, form, title=_("Your remark"), action=_("Send it"))


@requires(Permission.SEE_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def agreement_object(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Object to a minor change for one's own organisation; 404 for whoever speaks for none."""
    version = visible_version(request, slug, number)
    member = acting_member(request.user, version.agreement.partnership)
    if member is None:
        raise Http404
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            object_to_minor_change(version=version, member=member, by=request.user, **form.cleaned_data)
        except ClauseRequestRefusedError as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("The version before is in force again. All parties must sign the change."))
            return _back(slug, number)
    return step_page(
        request, version, form, title=_("Object to the minor change"), action=_("Object"), lede=_LEDES["object"]()
    )


_LEDES = {
    "object": lambda: _("With your objection the version before is in force again, and all must sign the change."),
    "minor": lambda: _(
        "The version comes into force at once, with the signatures of the version before. All parties get a mail and"
        " may object for ten working days; then all must sign."
    ),
    "accede": lambda: _("The partner signs a form of accession to the version in force, and is a member then."),
}


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def clause_request_answer(request: SpaceRequest, slug: str, number: int, clause_request_id: uuid.UUID) -> HttpResponse:
    """Say what becomes of a remark."""
    editable_partnership(request, slug)
    version = visible_version(request, slug, number)
    found = get_object_or_404(requests_of(version), pk=clause_request_id)
    answer, reason = request.POST.get("answer", "")[:8], request.POST.get("reason", "")[:500]
    try:
        answer_clause_request(remark=found, answer=answer, reason=reason, by=request.user)
        messages.success(request, _("The answer was stored."))
    except ClauseRequestRefusedError as refusal:
        messages.error(request, str(refusal))
    return _back(slug, number, f"?version={version.number}#requests")


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def agreement_minor(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Put a draft in force as a minor change, with the signatures of the version before."""
    editable_partnership(request, slug)
    version = visible_version(request, slug, number)
    form = MinorForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            declare_minor_change(version=version, by=request.user, **form.cleaned_data)
        except AgreementRefusedError as refusal:
            form.add_error("reason", str(refusal))
        except ValidationError as error:
            form.add_error("reason", error.messages)
        else:
            messages.success(request, _("The version is in force, and all parties have mail."))
            return _back(slug, number)
    return step_page(
        request, version, form, title=_("A minor change"), action=_("Put it in force"), lede=_LEDES["minor"]()
    )


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def agreement_accede(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Ask a later partner to join the version in force."""
    partnership = editable_partnership(request, slug)
    version = visible_version(request, slug, number)
    asked = live_signatures().filter(version=version).values("member_id")
    form = AccedeForm(
        request.POST if request.method == "POST" else None,
        members=active_members(partnership).exclude(pk__in=asked.order_by()),
    )
    if request.method == "POST" and form.is_valid():
        try:
            ask_to_accede(version=version, by=request.user, **form.cleaned_data)
        except AgreementRefusedError as refusal:
            form.add_error("member", str(refusal))
        else:
            messages.success(request, _("The form of accession is on its way."))
            return _back(slug, number, f"?version={version.number}")
    return step_page(
        request, version, form, title=_("A later partner joins"), action=_("Ask it to sign"), lede=_LEDES["accede"]()
    )


def step_page(
    request: SpaceRequest, version: AgreementVersion, form: Any, *, title: str, action: str, lede: str = ""
) -> HttpResponse:
    """The page of one step about a version, with its form."""
    context = {
        "form": form,
        "version": version,
        "partnership": version.agreement.partnership,
        "title": title,
        "action": action,
        "lede": lede,
    }
    return render(request, "partnerships/agreement_step.html", context, status=422 if form.errors else 200)
