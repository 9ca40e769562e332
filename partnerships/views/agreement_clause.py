"""Writing an agreement clause by clause, and the terms beside its text."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.documents.markdown import render_markdown
from core.web.access import SpaceRequest, requires
from core.web.pages import page
from core.web.space import space_url
from partnerships.clauses.library import LIBRARY
from partnerships.forms.agreement_clause import ClauseForm, TermsForm
from partnerships.models import AgreementClause, AgreementVersion
from partnerships.operations.agreement import AgreementRefusedError, change_agreement_terms
from partnerships.operations.agreement_clause import add_clause, change_clause, move_clause, remove_own_clause
from partnerships.queries.agreement_clause import clause_preview, clause_report, clause_words, own_words
from partnerships.queries.agreement_text import whole_text
from partnerships.rules.agreement import SIGNING, can_change_text
from partnerships.rules.clause import Part, facts_of, required_clauses
from partnerships.views.agreement import visible_version
from partnerships.views.doors import editable_partnership


def _written_version(request: SpaceRequest, slug: str, number: int) -> AgreementVersion:
    """The newest version of an agreement the viewer may edit, if it is written clause by clause; else 404."""
    editable_partnership(request, slug)
    version = visible_version(request, slug, number)
    if not version.is_composed:
        raise Http404
    return version


def _clause(version: AgreementVersion, clause_id: uuid.UUID) -> AgreementClause:
    return get_object_or_404(AgreementClause.objects.select_related("version"), version=version, pk=clause_id)


@requires(Permission.EDIT_PARTNERSHIP)
@require_safe
def clause_list(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """The clauses in use with how far each is, what is missing, and the others folded away."""
    version = _written_version(request, slug, number)
    report = clause_report(version)
    context = {
        "partnership": version.agreement.partnership,
        "agreement": version.agreement,
        "version": version,
        "report": report,
        "text": render_markdown(whole_text(version, report.parts), top_heading=3),
        "can_change": bool(can_change_text(state=version.state)),
        "voids": version.state in SIGNING,
    }
    return render(request, "partnerships/clause_list.html", context)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def clause_edit(request: SpaceRequest, slug: str, number: int, clause_id: uuid.UUID) -> HttpResponse:
    """Change one clause with guidance and preview beside it; ``preview`` shows without saving."""
    version = _written_version(request, slug, number)
    clause = _clause(version, clause_id)
    form = ClauseForm(
        request.POST if request.method == "POST" else None,
        initial=clause_words(clause, version),
        has_second=bool(version.second_language),
    )
    if request.method == "POST" and form.is_valid():
        words = own_words(clause, version, form.cleaned_data)
        if "preview" in request.POST:
            for name, text in words.items():
                setattr(clause, name, text)
        else:
            try:
                change_clause(clause=clause, by=request.user, is_on=True, **words)
            except AgreementRefusedError as refusal:
                form.add_error("body", str(refusal))
            else:
                messages.success(request, _("The clause was saved."))
                return redirect(space_url("clause_list", slug=slug, number=number) + f"#clause-{clause.pk}")
    return _clause_page(request, version, clause, form)


def _clause_page(
    request: SpaceRequest, version: AgreementVersion, clause: AgreementClause, form: ClauseForm
) -> HttpResponse:
    part = clause_preview(version, clause)
    known = LIBRARY.get(clause.code)
    context = {
        "partnership": version.agreement.partnership,
        "agreement": version.agreement,
        "version": version,
        "clause": clause,
        "known": known,
        "title": part.title or _("A clause of your own"),
        "is_required": known is not None and known in required_clauses(facts_of(version.agreement)),
        "form": form,
        "preview": _preview(part),
        "voids": version.state in SIGNING,
    }
    status = 422 if form.errors else 200
    return page(request, "partnerships/clause_form.html", context, partial="preview", status=status)


def _preview(part: Part) -> dict[str, Any]:
    return {"title": part.title, "text": render_markdown(part.text, top_heading=4), "missing": part.missing}


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def clause_add(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Write a clause of one's own."""
    version = _written_version(request, slug, number)
    form = ClauseForm(request.POST if request.method == "POST" else None, has_second=False)
    if request.method == "POST" and form.is_valid():
        try:
            clause = add_clause(version=version, by=request.user, **form.cleaned_data)
        except AgreementRefusedError as refusal:
            form.add_error("body", str(refusal))
        else:
            messages.success(request, _("The clause was added."))
            return redirect(space_url("clause_list", slug=slug, number=number) + f"#clause-{clause.pk}")
    context = {"form": form, "partnership": version.agreement.partnership, "version": version, "is_new": True}
    return render(request, "partnerships/clause_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def clause_act(request: SpaceRequest, slug: str, number: int, clause_id: uuid.UUID) -> HttpResponse:
    """Move a clause, switch it on or off, take its proposed text again, or take out one's own."""
    clause = _clause(_written_version(request, slug, number), clause_id)
    try:
        said = _act(clause, request.POST.get("act", ""), request)
    except AgreementRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(space_url("clause_list", slug=slug, number=number) + f"#clause-{clause.pk}")


def _act(clause: AgreementClause, act: str, request: SpaceRequest) -> str:
    by = request.user
    match act:
        case "up" | "down":
            move_clause(clause=clause, up=act == "up", by=by)
            return _("The clause was moved.")
        case "on":
            change_clause(clause=clause, is_on=True, by=by)
            return _("The clause is in the agreement now.")
        case "off":
            change_clause(clause=clause, is_on=False, by=by)
            return _("The clause was left out. Its words are kept.")
        case "reset":
            change_clause(clause=clause, title="", body="", second_title="", second_body="", by=by)
            return _("The proposed text is back.")
        case "remove":
            remove_own_clause(clause=clause, by=by)
            return _("The clause was taken out.")
    raise Http404


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def agreement_terms(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Kind, facts, dates, notice, quorum and ways of deciding."""
    partnership = editable_partnership(request, slug)
    version = visible_version(request, slug, number)
    form = TermsForm(request.POST if request.method == "POST" else None, version=version)
    if request.method == "POST" and form.is_valid():
        try:
            change_agreement_terms(version=version, by=request.user, **form.cleaned_data)
        except AgreementRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The terms were saved."))
            return redirect(space_url("agreement_detail", slug=slug, number=number))
    context = {"form": form, "partnership": partnership, "version": version, "voids": version.state in SIGNING}
    return render(request, "partnerships/agreement_terms.html", context, status=422 if form.errors else 200)
