"""Pages of an audit of who sits in a body: the list, one audit, its counts and its end."""

import uuid
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access.permissions import Permission
from core.charts import bars
from core.queries.places import place_names, places_with
from core.web.access import SpaceRequest, requires
from core.web.lists import csv_response, page_of
from core.web.pages import page
from core.web.space import space_url
from stakeholders.forms.representation import ActionForm, AuditForm, AuditPlaceForm, CloseForm, CountsForm
from stakeholders.models import RepresentationAudit
from stakeholders.operations.representation import (
    AuditStateError,
    change_representation_action,
    close_representation_audit,
    count_by_hand,
    delete_representation_audit,
    open_representation_audit,
    place_representation_audit,
)
from stakeholders.queries.representation import (
    audits_visible_to,
    bodies_known,
    categories_of,
    counts_by_hand,
    profiles_visible_to,
    round_of,
    sheet_for,
)
from stakeholders.rules.representation import Method, Sheet, State, is_hidden_where_small
from stakeholders.rules.representation_picture import cells_of, chart_of, table_header, table_of
from stakeholders.rules.representation_words import finding_in_each_language, finding_of
from stakeholders.views.sent import sent
from stakeholders.views.tabs import section_tabs


@requires(Permission.SEE_STAKEHOLDERS)
@require_safe
def representation_list(request: SpaceRequest) -> HttpResponse:
    """Bodies looked at, the newest first, with what waits."""
    found = page_of(request, audits_visible_to(request.viewer))
    names = place_names() if any(audit.scope_id for audit in found.rows) else {}
    for audit in found.rows:
        audit.place = names.get(audit.scope_id, "")
    context = {
        "tabs": section_tabs(request, "representation_list"),
        "page": found,
        "today": timezone.localdate(),
        "can_edit": request.viewer.can(Permission.EDIT_STAKEHOLDERS),
    }
    return page(request, "stakeholders/representation_list.html", context)


@requires(Permission.SEE_STAKEHOLDERS)
@require_safe
def representation_detail(request: SpaceRequest, audit_id: uuid.UUID) -> HttpResponse:
    """One body beside its community; nothing of what was said before the round is over. CSV with the same words."""
    audit = _audit(request, audit_id)
    counting = round_of(audit)
    sheet = None if counting.is_open else sheet_for(audit)
    rows = table_of(sheet) if sheet else []
    if request.GET.get("format") == "csv" and rows:
        name = f"{audit.body} {audit.profile.get_dimension_display()}"
        return csv_response(name, table_header(), cells_of(rows), language=request.LANGUAGE_CODE)
    context = {
        "audit": audit,
        "place": place_names().get(audit.scope_id, "") if audit.scope_id else "",
        "counting": counting,
        "sheet": sheet,
        "groups": rows,
        "finding": finding_of(sheet) if sheet else "",
        "drawn": _drawn(request, sheet) if sheet else None,
        "is_hidden": is_hidden_where_small(dimension=audit.profile.dimension, method=audit.method),
        "is_anonymous": audit.method == Method.ANONYMOUS,
        "may_ask_again": sheet is not None and sheet.state is State.TOO_FEW,
        "is_overdue": _is_overdue(audit, today=timezone.localdate()),
        "can_edit": request.viewer.can(Permission.EDIT_STAKEHOLDERS),
        "can_place": request.viewer.can_everywhere(Permission.EDIT_STAKEHOLDERS),
    }
    return render(request, "stakeholders/representation_detail.html", context)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def representation_new(request: SpaceRequest) -> HttpResponse:
    """Begin to look at a body."""
    profiles = list(profiles_visible_to(request.viewer))
    asked = {
        name: request.GET.get(name, "") for name in ("body", "place", "profile", "method") if request.GET.get(name)
    }
    form = AuditForm(
        sent(request),
        profiles=profiles,
        places=places_with(request.viewer, Permission.EDIT_STAKEHOLDERS),
        has_whole=request.viewer.can_everywhere(Permission.EDIT_STAKEHOLDERS),
        initial={"audited_on": timezone.localdate()} | asked,
    )
    if request.method == "POST" and form.is_valid():
        try:
            audit = open_representation_audit(by=request.user, **form.facts())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Opened. Now count."))
            return redirect(_url_of(audit))
    context = {"form": form, "has_profiles": bool(profiles), "bodies": bodies_known(request.viewer)}
    return render(request, "stakeholders/representation_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def representation_counts(request: SpaceRequest, audit_id: uuid.UUID) -> HttpResponse:
    """Type in how many belong to each group."""
    audit = _audit(request, audit_id)
    groups = categories_of(audit.profile)
    initial = _typed(audit, [one.pk for one in groups])
    form = CountsForm(sent(request), audit=audit, groups=groups, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            count_by_hand(audit=audit, by=request.user, **form.facts())
        except ValidationError as error:
            form.add_error(None, error)
        except AuditStateError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Counted."))
            return redirect(_url_of(audit))
    context = {"form": form, "audit": audit}
    return render(request, "stakeholders/representation_counts.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def representation_close(request: SpaceRequest, audit_id: uuid.UUID) -> HttpResponse:
    """Say who is missing, what is done and by when."""
    audit = _audit(request, audit_id)
    counting = round_of(audit)
    told = {} if counting.is_open else finding_in_each_language(sheet_for(audit))
    finding = told.pop(request.LANGUAGE_CODE, "")
    form = CloseForm(sent(request), initial={"missing_voices": finding})
    if request.method == "POST" and form.is_valid():
        try:
            close_representation_audit(audit=audit, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        except AuditStateError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Closed. The start page reminds you on the day."))
            return redirect(_url_of(audit))
    others = [{"code": code, "text": text} for code, text in told.items()]
    context = {"form": form, "audit": audit, "finding": finding, "others": others}
    return render(request, "stakeholders/representation_close.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def representation_action(request: SpaceRequest, audit_id: uuid.UUID) -> HttpResponse:
    """Say anew what is done, or by when."""
    audit = _audit(request, audit_id)
    form = ActionForm(sent(request), initial={"action": audit.action, "action_on": audit.action_on})
    if request.method == "POST" and form.is_valid():
        try:
            change_representation_action(audit=audit, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        except AuditStateError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The changes were saved."))
            return redirect(_url_of(audit))
    context = {"form": form, "audit": audit}
    return render(request, "stakeholders/representation_action.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def representation_place(request: SpaceRequest, audit_id: uuid.UUID) -> HttpResponse:
    """Say whose body it is; for whoever coordinates the whole space."""
    audit = _audit(request, audit_id)
    if not request.viewer.can_everywhere(Permission.EDIT_STAKEHOLDERS):
        raise PermissionDenied
    places = places_with(request.viewer, Permission.EDIT_STAKEHOLDERS)
    form = AuditPlaceForm(sent(request), places=places, initial={"place": str(audit.scope_id or "")})
    if request.method == "POST" and form.is_valid():
        try:
            place_representation_audit(audit=audit, by=request.user, **form.facts())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The changes were saved."))
            return redirect(_url_of(audit))
    context = {"form": form, "audit": audit}
    return render(request, "stakeholders/representation_place.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def representation_delete(request: SpaceRequest, audit_id: uuid.UUID) -> HttpResponse:
    """Take an open audit back after asking once."""
    audit = _audit(request, audit_id)
    if request.method == "POST":
        try:
            delete_representation_audit(audit=audit, by=request.user)
        except AuditStateError as refusal:
            messages.error(request, str(refusal))
            return redirect(_url_of(audit))
        messages.success(request, _("The audit was deleted."))
        return redirect(space_url("representation_list"))
    context = {
        "title": _("Delete “%(title)s”?") % {"title": audit.body},
        "text": _("What was counted goes too, and unused slips end."),
        "action": _("Delete it"),
        "back": _url_of(audit),
    }
    return render(request, "core/confirm.html", context)


def _audit(request: SpaceRequest, audit_id: uuid.UUID) -> RepresentationAudit:
    return get_object_or_404(audits_visible_to(request.viewer), pk=audit_id)


def _url_of(audit: RepresentationAudit) -> str:
    return space_url("representation_detail", audit_id=audit.pk)


def _is_overdue(audit: RepresentationAudit, *, today: date) -> bool:
    is_followed: bool = audit.is_followed  # type: ignore[attr-defined]  # annotated by audits_visible_to
    return bool(audit.closed_on and audit.action_on and audit.action_on < today and not is_followed)


def _drawn(request: SpaceRequest, sheet: Sheet) -> dict[str, str] | None:
    chart = chart_of(sheet)
    if chart is None:
        return None
    brand = request.tenant.brand_colour
    return {"wide": bars(chart, brand=brand), "compact": bars(chart, compact=True, brand=brand)}


def _typed(audit: RepresentationAudit, groups: list[uuid.UUID]) -> dict[str, int]:
    known = counts_by_hand(audit)
    typed = {f"count_{number}": known[pk] for number, pk in enumerate(groups) if pk in known}
    return typed | ({"not_stated": audit.not_stated_count} if known else {})
