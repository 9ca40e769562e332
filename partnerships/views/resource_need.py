"""What a partnership needs, and who could bring it."""

import uuid

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.lists import page_of
from core.web.space import space_url
from partnerships.forms.resource_need import FIELDS, ResourceNeedForm
from partnerships.models import ResourceNeed
from partnerships.operations.resource_need import (
    NeedRefusedError,
    change_resource_need,
    drop_resource_need,
    meet_resource_need,
    open_resource_need,
    reopen_resource_need,
)
from partnerships.queries.resource_need import (
    candidates_for_need,
    need_rows,
    needs_of,
    needs_visible_to,
    open_needs,
    when_needed,
)
from partnerships.views.doors import editable_partnership, visible_partnership
from partnerships.views.tabs import partnership_tabs
from stakeholders.models import Asset
from stakeholders.queries.asset import assets_visible_to
from stakeholders.views.tabs import section_tabs

PER_PAGE = 25


@requires(Permission.SEE_STAKEHOLDERS)
@require_safe
def needs(request: SpaceRequest) -> HttpResponse:
    """Everything the space's partnerships still look for."""
    found = page_of(request, open_needs(request.viewer), per_page=PER_PAGE)
    rows = need_rows(request.viewer, found.rows, today=timezone.localdate())
    # Nobody reads a list to its end: what has no holder comes first on each page.
    rows.sort(key=lambda row: row.has_holder)
    context = {"tabs": section_tabs(request, "open_need_list"), "page": found, "rows": rows}
    return render(request, "partnerships/open_need_list.html", context)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def resource_needs(request: SpaceRequest, slug: str) -> HttpResponse:
    """What one partnership needs, open first, with who could bring it."""
    partnership = visible_partnership(request, slug)
    found = page_of(request, needs_of(request.viewer, partnership), per_page=PER_PAGE)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "resource_need_list"),
        "page": found,
        "rows": need_rows(request.viewer, found.rows, today=timezone.localdate()),
        "can_edit": request.viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id),
        "coordinates": request.viewer.can(Permission.SEE_STAKEHOLDERS),
    }
    return render(request, "partnerships/resource_need_list.html", context)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def resource_need_detail(request: SpaceRequest, slug: str, resource_need_id: uuid.UUID) -> HttpResponse:
    """One need with who could bring it and why."""
    need = _need(request, slug, resource_need_id)
    is_open = need.state == ResourceNeed.State.OPEN
    context = {
        "partnership": need.partnership,
        "need": need,
        "when": when_needed(need),
        "answer": candidates_for_need(request.viewer, need, today=timezone.localdate()) if is_open else None,
        "can_edit": request.viewer.can(Permission.EDIT_PARTNERSHIP, need.partnership.scope_id),
        "coordinates": request.viewer.can(Permission.SEE_STAKEHOLDERS),
    }
    return render(request, "partnerships/resource_need_detail.html", context)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def resource_need_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Write down that something is needed."""
    partnership = editable_partnership(request, slug)
    form = ResourceNeedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            need = open_resource_need(partnership=partnership, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Written down. Below is who could bring it."))
            return redirect(space_url("resource_need_detail", slug=slug, resource_need_id=need.pk))
    context = {"form": form, "partnership": partnership}
    return render(request, "partnerships/resource_need_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def resource_need_edit(request: SpaceRequest, slug: str, resource_need_id: uuid.UUID) -> HttpResponse:
    """Say more exactly what is needed."""
    partnership = editable_partnership(request, slug)
    need = _need(request, slug, resource_need_id)
    initial = {name: getattr(need, name) for name in FIELDS}
    form = ResourceNeedForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_resource_need(need=need, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        except NeedRefusedError as refusal:
            form.add_error("kind", str(refusal))
        else:
            messages.success(request, _("The changes were saved."))
            return redirect(space_url("resource_need_detail", slug=slug, resource_need_id=need.pk))
    context = {"form": form, "partnership": partnership, "need": need}
    return render(request, "partnerships/resource_need_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def resource_need_move(request: SpaceRequest, slug: str, resource_need_id: uuid.UUID) -> HttpResponse:
    """Have it met (``asset`` names by what), dropped or asked for again, as ``to`` says."""
    editable_partnership(request, slug)
    need = _need(request, slug, resource_need_id)
    try:
        if request.POST.get("to") == ResourceNeed.State.MET:
            meet_resource_need(need=need, by=request.user, asset=_asset(request))
        elif request.POST.get("to") == ResourceNeed.State.DROPPED:
            drop_resource_need(need=need, by=request.user)
        else:
            reopen_resource_need(need=need, by=request.user)
    except NeedRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Noted."))
    return redirect(space_url("resource_need_detail", slug=slug, resource_need_id=need.pk))


def _asset(request: SpaceRequest) -> Asset | None:
    if not (wanted := request.POST.get("asset", "")):
        return None
    try:
        return get_object_or_404(assets_visible_to(request.viewer), pk=uuid.UUID(wanted))
    except ValueError as error:
        raise BadRequest from error


def _need(request: SpaceRequest, slug: str, resource_need_id: uuid.UUID) -> ResourceNeed:
    rows = needs_visible_to(request.viewer)
    return get_object_or_404(rows, partnership__slug=slug, pk=resource_need_id)
