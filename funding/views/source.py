"""The money and gifts of a partnership."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.lists import MOST_EXPORTED, csv_response
from core.web.pages import page
from core.web.space import space_url
from funding.forms.source import DecisionForm, SourceForm, initial_of
from funding.models import FundingSource
from funding.operations.source import DecisionRefusedError, add_source, change_source, decide_source
from funding.queries.source import (
    as_row,
    csv_header,
    csv_row,
    givers,
    goal_funding_of,
    goals_to_fund,
    groups_of,
    source_of,
    sources_of,
)
from funding.queries.volunteer_time import hours_to_value
from partnerships.models import Partnership
from partnerships.views.doors import partnership_allowing, visible_partnership
from partnerships.views.tabs import partnership_tabs


@requires(Permission.SEE_FUNDING)
@require_safe
def sources(request: SpaceRequest, slug: str) -> HttpResponse:
    """Secured, expected, did not come; cash and gifts in kind in two columns that are never added up (R-F15)."""
    partnership = partnership_allowing(request, slug, Permission.SEE_FUNDING)
    rows = sources_of(request.viewer, partnership)[:MOST_EXPORTED]
    if request.GET.get("format") == "csv":
        return csv_response(_("funding"), csv_header(), map(csv_row, rows), language=request.LANGUAGE_CODE)
    can_edit = request.viewer.can(Permission.EDIT_FUNDING, partnership.scope_id)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "funding_list"),
        "groups": groups_of(rows, partnership),
        "can_edit": can_edit,
        "hours_to_value": can_edit and hours_to_value(partnership).exists(),
    }
    return render(request, "funding/source_list.html", context)


@requires(Permission.SEE_FUNDING)
@require_safe
def source_detail(request: SpaceRequest, slug: str, source_id: uuid.UUID) -> HttpResponse:
    """One source."""
    partnership = partnership_allowing(request, slug, Permission.SEE_FUNDING)
    source = get_object_or_404(source_of(request.viewer, partnership, source_id))
    context = {
        "partnership": partnership,
        "source": source,
        "row": as_row(source, partnership),
        "can_edit": request.viewer.can(Permission.EDIT_FUNDING, partnership.scope_id),
    }
    return render(request, "funding/source_detail.html", context)


@requires(Permission.EDIT_FUNDING)
@require_http_methods(["GET", "POST"])
def source_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Write down a source."""
    partnership = partnership_allowing(request, slug, Permission.EDIT_FUNDING)
    form = _form(request, partnership, initial={"goal": request.GET.get("goal", "")})
    if request.method == "POST" and form.is_valid():
        try:
            source = add_source(partnership=partnership, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The source was saved."))
            return redirect(_url_of(partnership, source))
    return _form_page(request, partnership, form)


@requires(Permission.EDIT_FUNDING)
@require_http_methods(["GET", "POST"])
def source_edit(request: SpaceRequest, slug: str, source_id: uuid.UUID) -> HttpResponse:
    """Change a source."""
    partnership = partnership_allowing(request, slug, Permission.EDIT_FUNDING)
    source = get_object_or_404(source_of(request.viewer, partnership, source_id))
    form = _form(request, partnership, initial=initial_of(source), now=source.visibility)
    if request.method == "POST" and form.is_valid():
        try:
            change_source(source=source, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The source was saved."))
            return redirect(_url_of(partnership, source))
    return _form_page(request, partnership, form, source=source)


@requires(Permission.EDIT_FUNDING)
@require_http_methods(["GET", "POST"])
def source_decide(request: SpaceRequest, slug: str, source_id: uuid.UUID) -> HttpResponse:
    """Say that a source is secured, did not come, or is open again."""
    partnership = partnership_allowing(request, slug, Permission.EDIT_FUNDING)
    source = get_object_or_404(source_of(request.viewer, partnership, source_id))
    form = DecisionForm(request.POST or None, initial={"decided_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            decide_source(source=source, by=request.user, **form.cleaned_data)
        except DecisionRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down."))
            return redirect(_url_of(partnership, source))
    context = {"form": form, "partnership": partnership, "source": source}
    return render(request, "funding/source_decide.html", context, status=422 if form.errors else 200)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def goal_funding(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """What carries a goal: a part of the goal's page, or a page of its own without script."""
    partnership = visible_partnership(request, slug)
    goal = get_object_or_404(goals_to_fund(request.viewer, partnership), number=number)
    context = {
        "partnership": partnership,
        "goal": goal,
        "funding": goal_funding_of(request.viewer, goal),
        "can_edit": request.viewer.can(Permission.EDIT_FUNDING, partnership.scope_id),
    }
    return page(request, "funding/goal_funding.html", context, partial="panel")


def _url_of(partnership: Partnership, source: FundingSource) -> str:
    return space_url("funding_detail", slug=partnership.slug, source_id=source.pk)


def _form(
    request: SpaceRequest, partnership: Partnership, *, initial: dict[str, Any], now: int | None = None
) -> SourceForm:
    return SourceForm(
        request.POST or None,
        initial=initial,
        partnership=partnership,
        givers=givers(request.viewer),
        goals=goals_to_fund(request.viewer, partnership),
        currency=request.tenant.currency,
        now=now,
    )


def _form_page(
    request: SpaceRequest, partnership: Partnership, form: SourceForm, *, source: FundingSource | None = None
) -> HttpResponse:
    context = {"form": form, "partnership": partnership, "source": source}
    return render(request, "funding/source_form.html", context, status=422 if form.errors else 200)
