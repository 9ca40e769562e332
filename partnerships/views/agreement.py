"""Pages of a partnership's agreements: reading, writing, new versions."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.documents.markdown import render_markdown
from core.web.access import SpaceRequest, requires
from core.web.lists import page_of
from core.web.space import space_url
from partnerships.forms.agreement import AgreementNewForm, AgreementTextForm, AnswerForm
from partnerships.grounds import changes_since
from partnerships.models import AgreementVersion, Signature
from partnerships.operations.agreement import (
    AgreementRefusedError,
    begin_agreement,
    change_agreement_text,
    draft_next_version,
    share_agreement_for_review,
)
from partnerships.queries.agreement import (
    agreement_list,
    as_agreement_row,
    signature_for_signing,
    signatures_of,
    version_rows,
    versions_visible_to,
)
from partnerships.queries.agreement_annex import annexes_of
from partnerships.queries.agreement_text import clause_parts, reworded_since_accepted, text_of
from partnerships.queries.authority import authority_to_sign
from partnerships.queries.clause_request import request_rows
from partnerships.queries.kit import clauses_for
from partnerships.queries.representative import acting_member
from partnerships.rules.agreement import (
    AGREED,
    DRAFT,
    SIGNING,
    can_bring_into_force,
    can_change_text,
    standing_of,
    state_on,
)
from partnerships.rules.clause import COUNTING
from partnerships.rules.clause_request import can_be_objected_to, can_be_remarked
from partnerships.rules.instrument import methods_for
from partnerships.rules.redline import redline
from partnerships.views.doors import editable_partnership, visible_partnership
from partnerships.views.tabs import partnership_tabs

State = AgreementVersion.State
LONGEST_NUMBER = 4
TEXT_FIELDS = ("text", "change_summary", "valid_from", "valid_to", "review_on")


def visible_version(request: SpaceRequest, slug: str, number: int) -> AgreementVersion:
    """The version of an address: the one of ``?version=``, else the newest the viewer may read; 404 without one."""
    rows = versions_visible_to(request.viewer).filter(agreement__partnership__slug=slug, agreement__number=number)
    wanted = request.GET.get("version", "")
    if wanted:
        rows = (
            rows.filter(number=int(wanted))
            if wanted.isascii() and wanted.isdigit() and len(wanted) <= LONGEST_NUMBER
            else rows.none()
        )
    version = rows.first()
    if version is None:
        raise Http404
    return version


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def agreements(request: SpaceRequest, slug: str) -> HttpResponse:
    """What the partners agreed on, and who has signed."""
    partnership = visible_partnership(request, slug)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "agreement_list"),
        "page": page_of(request, agreement_list(request.viewer, partnership), as_row=as_agreement_row),
        "can_edit": request.viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id),
    }
    return render(request, "partnerships/agreement_list.html", context)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def agreement_detail(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """One version: its text, its parties, and the viewer's own answer where one is awaited."""
    version = visible_version(request, slug, number)
    return render(request, "partnerships/agreement_detail.html", agreement_context(request, version))


def agreement_context(
    request: SpaceRequest, version: AgreementVersion, form: AnswerForm | None = None
) -> dict[str, Any]:
    """What the page of a version needs, with the form a refused answer came back in."""
    partnership = version.agreement.partnership
    today = timezone.localdate()
    tone, state_label = standing_of(version, today=today)
    can_edit = request.viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id)
    signatures = signatures_of(version)
    mine = signature_for_signing(version, request.user)
    may_sign = mine is not None and authority_to_sign(mine.member, request.user).may_commit
    if may_sign and form is None:
        form = AnswerForm(version=version, name=str(request.user))
    answers = [row.signature.state for row in signatures if row.signature.is_required]
    versions = list(versions_visible_to(request.viewer).filter(agreement=version.agreement))
    has_one_in_force = any(state_on(one, today=today) == State.IN_FORCE for one in versions)
    return {
        "partnership": partnership,
        "agreement": version.agreement,
        "version": version,
        "tone": tone,
        "state_label": state_label,
        "text": render_markdown(text_of(version), top_heading=2),
        "signatures": signatures,
        "asked_count": len(signatures),
        "signed_count": sum(row.signature.state == Signature.State.SIGNED for row in signatures),
        "annexes": annexes_of(version),
        "mine": mine,
        "form": form if may_sign else None,
        "reworded": reworded_since_accepted(mine) if mine is not None and may_sign else None,
        "versions": version_rows(versions, today=today),
        "counting": COUNTING.get(version.counting_language, ""),
        "can_edit": can_edit,
        "can_change": can_edit and bool(can_change_text(state=version.state)),
        "is_draft": version.state in DRAFT,
        "is_signing": version.state in SIGNING,
        "is_in_force": state_on(version, today=today) == State.IN_FORCE,
        "is_agreed": state_on(version, today=today) in AGREED,
        "can_end": can_edit and state_on(version, today=today) in AGREED and version.terminated_on is None,
        "may_be_minor": version.state in DRAFT and has_one_in_force,
        "can_force": can_edit and bool(can_bring_into_force(state=version.state, answers=answers)),
        "can_renew": can_edit and version.state not in {*DRAFT, *SIGNING},
        "needs_file": may_sign and Signature.Method.IN_APP not in methods_for(version.agreement.instrument_type),
        "changes": _changes_since(request, version) if state_on(version, today=today) in AGREED else [],
        "is_review_due": version.review_on is not None and version.review_on <= today,
        **_remarks(request, version),
    }


def _changes_since(request: SpaceRequest, version: AgreementVersion) -> list[dict[str, Any]]:
    """What the version names and is another since it was signed, word by word."""
    return [
        {"change": change, "segments": redline(change.before, change.now)}
        for change in changes_since(request.viewer, version)
    ]


def _remarks(request: SpaceRequest, version: AgreementVersion) -> dict[str, Any]:
    """What partners said of a version, and what the viewer may say for theirs."""
    member = acting_member(request.user, version.agreement.partnership)
    today = timezone.localdate()
    objectable = can_be_objected_to(state=version.state, objections_until=version.objections_until, today=today)
    rows = request_rows(version, clause_parts(version))
    return {
        "requests": rows,
        "open_requests": sum(not row.request.answer for row in rows),
        "may_remark": member is not None and bool(can_be_remarked(state=version.state)),
        "may_object": member is not None and bool(objectable),
        "own_member": member,
    }


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def agreement_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Begin an agreement with the clauses the partnership's kit proposes, or with a text the partners have already."""
    partnership = editable_partnership(request, slug)
    initial = {"title": _("Partnership agreement"), "language": request.tenant.default_language}
    form = AgreementNewForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        version = begin_agreement(
            partnership=partnership, clauses=clauses_for(partnership), by=request.user, **form.cleaned_data
        )
        page = "clause_list" if version.is_composed else "agreement_detail"
        return redirect(space_url(page, slug=slug, number=version.agreement.number))
    context = {"form": form, "partnership": partnership, "is_new": True}
    return render(request, "partnerships/agreement_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def agreement_edit(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Change the wording or the dates of the newest version; one of clauses is changed clause by clause."""
    partnership = editable_partnership(request, slug)
    version = visible_version(request, slug, number)
    if version.is_composed:
        return redirect(space_url("clause_list", slug=slug, number=number))
    form = AgreementTextForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(version, name) for name in TEXT_FIELDS},
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_agreement_text(version=version, by=request.user, **form.cleaned_data)
        except AgreementRefusedError as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("The text was saved."))
            return redirect(space_url("agreement_detail", slug=slug, number=number))
    context = {"form": form, "partnership": partnership, "version": version, "voids": version.state in SIGNING}
    return render(request, "partnerships/agreement_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def agreement_share(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Let the partners read the draft."""
    editable_partnership(request, slug)
    try:
        share_agreement_for_review(version=visible_version(request, slug, number), by=request.user)
        messages.success(request, _("The partners can read the draft now."))
    except AgreementRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect(space_url("agreement_detail", slug=slug, number=number))


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def agreement_next(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Begin a new version with the text of the one shown."""
    editable_partnership(request, slug)
    try:
        draft_next_version(version=visible_version(request, slug, number), by=request.user)
    except AgreementRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect(space_url("agreement_detail", slug=slug, number=number))
    return redirect(space_url("agreement_edit", slug=slug, number=number))
