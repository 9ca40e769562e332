"""Updates: what a partnership tells, and the steps until it is told."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.access.visibility import Visibility
from core.operations.link import LinkExpiredError, LinkUnknownError, open_link
from core.web.access import SpaceRequest, by_link, requires
from core.web.lists import page_of
from core.web.space import space_url
from partnerships.forms.communication import UPDATE_FIELDS, CorrectionForm, UpdateForm
from partnerships.models import Update
from partnerships.operations.communication import (
    STOP_LINK,
    UpdateRefusedError,
    approve_update,
    change_update,
    correct_update,
    publish_update,
    stop_updates,
    update_from_data,
    withdraw_update,
    write_update,
)
from partnerships.queries.communication import as_update_row, missed_rhythm_of, people_to_tell, updates_visible_to
from partnerships.rules.communication import (
    can_approve_update,
    can_edit_update,
    can_publish_update,
    can_take_back_update,
)
from partnerships.views.doors import editable_partnership, visible_partnership
from partnerships.views.tabs import partnership_tabs
from stakeholders.models import Stakeholder


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def updates(request: SpaceRequest, slug: str) -> HttpResponse:
    """What a partnership told, newest first; for coordination also what is being written."""
    partnership = visible_partnership(request, slug)
    can_edit = request.viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id)
    rows = updates_visible_to(request.viewer).filter(partnership=partnership)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "update_list"),
        "page": page_of(request, rows, as_row=as_update_row),
        "can_edit": can_edit,
        "missed": missed_rhythm_of(partnership, today=timezone.localdate()) if can_edit else None,
    }
    return render(request, "partnerships/update_list.html", context)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def update_detail(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """One update; for coordination with what can be done with it."""
    update = _update(request, slug, number)
    return render(request, "partnerships/update_detail.html", _context(request, update))


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def update_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Write an update; ``?from=data`` begins it with the facts since the last one."""
    partnership = editable_partnership(request, slug)
    initial: dict[str, Any] = {"visibility": Visibility.PARTNERS.value}
    if request.method == "GET" and request.GET.get("from") == "data":
        today = timezone.localdate()
        initial |= update_from_data(partnership=partnership, level=Visibility.PARTNERS, today=today)
    form = UpdateForm(request.POST if request.method == "POST" else None, cap=partnership.visibility, initial=initial)
    if request.method == "POST" and form.is_valid():
        update = write_update(partnership=partnership, by=request.user, **form.cleaned_data)
        messages.success(request, _("The draft is kept. Nobody else was told yet."))
        return redirect(space_url("update_detail", slug=slug, number=update.number))
    context = {"form": form, "partnership": partnership}
    return render(request, "partnerships/update_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def update_edit(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Reword what nobody read yet."""
    partnership = editable_partnership(request, slug)
    update = _update(request, slug, number)
    initial = {name: getattr(update, name) for name in UPDATE_FIELDS}
    form = UpdateForm(request.POST if request.method == "POST" else None, cap=partnership.visibility, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_update(update=update, by=request.user, **form.cleaned_data)
        except UpdateRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The changes were saved."))
            return redirect(space_url("update_detail", slug=slug, number=number))
    context = {"form": form, "partnership": partnership, "update": update}
    return render(request, "partnerships/update_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def update_step(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Approve, publish or withdraw it, as ``step`` says."""
    editable_partnership(request, slug)
    update = _update(request, slug, number)
    try:
        messages.success(request, _stepped(request, update, request.POST.get("step", "")))
    except UpdateRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect(space_url("update_detail", slug=slug, number=number))


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def update_correct(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Say what was wrong in what was published."""
    editable_partnership(request, slug)
    update = _update(request, slug, number)
    form = CorrectionForm(request.POST)
    if form.is_valid():
        try:
            correct_update(update=update, note=form.cleaned_data["note"], by=request.user)
        except UpdateRefusedError as refusal:
            form.add_error("note", str(refusal))
        else:
            told = _("The correction stands on top and is mailed to whoever the update is mailed to.")
            messages.success(request, told)
            return redirect(space_url("update_detail", slug=slug, number=number))
    return render(request, "partnerships/update_detail.html", _context(request, update, form), status=422)


@csrf_exempt
@by_link
@require_http_methods(["GET", "POST"])
def update_stop(request: SpaceRequest, token: str) -> HttpResponse:
    """Stop updates by mail, or begin again. A mail program's one-click request stops them (RFC 8058).

    Without CSRF protection because that request comes from mail programs; the secret in the address is the proof.
    """
    try:
        link = open_link(token, purpose=STOP_LINK)
    except (LinkUnknownError, LinkExpiredError) as error:
        raise Http404 from error
    person = get_object_or_404(Stakeholder, pk=link.subject_id)
    if request.method == "POST":
        stop_updates(person=person, is_stopped=request.POST.get("again") != "1")
    context = {"is_stopped": request.method == "POST" and request.POST.get("again") != "1", "person": person}
    return render(request, "partnerships/update_stop.html", {**context, "is_done": request.method == "POST"})


def _stepped(request: SpaceRequest, update: Update, step: str) -> str:
    if step == "approve":
        approve_update(update=update, by=request.user)
        return _("Approved. It can be published now.")
    if step == "publish":
        told = publish_update(update=update, by=request.user)
        return ngettext("Published and mailed to %d person.", "Published and mailed to %d people.", told) % told
    if step == "withdraw":
        withdraw_update(update=update, by=request.user)
        return _("Withdrawn. In its place it says so.")
    raise BadRequest


def _context(request: SpaceRequest, update: Update, form: CorrectionForm | None = None) -> dict[str, Any]:
    partnership = update.partnership
    can_edit = request.viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id)
    can_take_back = can_edit and bool(can_take_back_update(update))
    publishing = can_publish_update(update, mode=partnership.mode)
    return {
        "partnership": partnership,
        "update": update,
        "row": as_update_row(update),
        "can_change": can_edit and bool(can_edit_update(update)),
        "can_approve": can_edit and bool(can_approve_update(update, by_id=request.user.pk)),
        "can_publish": can_edit and bool(publishing),
        "why_not": "" if publishing or not can_edit or not can_edit_update(update) else publishing.reason,
        "told": len(people_to_tell(update)) if can_edit and can_edit_update(update) else 0,
        "form": form or (CorrectionForm() if can_take_back else None),
        "can_take_back": can_take_back,
        "is_gone": update.state == Update.State.WITHDRAWN,
    }


def _update(request: SpaceRequest, slug: str, number: int) -> Update:
    return get_object_or_404(updates_visible_to(request.viewer), partnership__slug=slug, number=number)
