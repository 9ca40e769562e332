"""Pages of early-warning signals."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from partnerships.forms.signal import ActionForm, DismissForm
from partnerships.models import Partnership, Signal
from partnerships.operations.signal import (
    SignalRefusedError,
    choose_action,
    dismiss_signal,
    look_for_signals,
    see_signal,
)
from partnerships.queries.member import active_members
from partnerships.queries.signal import (
    SignalRow,
    cleared_signals,
    dismissed_signals,
    open_signals,
    signal_row,
    signal_rows,
)
from partnerships.rules.signal import can_see_signal
from partnerships.views.doors import editable_partnership, visible_partnership
from partnerships.views.tabs import partnership_tabs

# Three volunteers look at three things; the rest is folded.
MOST_WHEN_LIGHT = 3
MOST_SHOWN = 200
MOST_OVER = 50


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def signals(request: SpaceRequest, slug: str) -> HttpResponse:
    """What may be starting to go wrong, how it was found, and what helps."""
    return _page(request, visible_partnership(request, slug))


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def signals_look(request: SpaceRequest, slug: str) -> HttpResponse:
    """Look again now."""
    partnership = editable_partnership(request, slug)
    looked = look_for_signals(today=timezone.localdate(), partnership=partnership, by=request.user)
    said = _("Looked again: %(new)d new, %(over)d over.")
    messages.success(request, said % {"new": looked.raised + looked.raised_again, "over": looked.cleared})
    return redirect(space_url("signal_list", slug=slug))


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def signal_step(request: SpaceRequest, slug: str, signal_id: uuid.UUID) -> HttpResponse:
    """Seen, something is done, or put aside with a reason, as ``step`` says."""
    partnership = editable_partnership(request, slug)
    row = signal_row(request.viewer, partnership, signal_id)
    if row is None:
        raise Http404
    step = request.POST.get("step", "")
    form = _form(step, row.signal, partnership, request)
    if form is not None and row.is_open and not form.is_valid():
        return _page(request, partnership, at=row.signal, form=form)
    try:
        _do(step, row, form, request)
    except SignalRefusedError as refusal:
        if form is not None and row.is_open and refusal.field in form.fields:
            form.add_error(refusal.field, str(refusal))
            return _page(request, partnership, at=row.signal, form=form)
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Noted."))
    return redirect(space_url("signal_list", slug=slug))


def _form(step: str, signal: Signal, partnership: Partnership, request: SpaceRequest) -> Any:
    if step == "choose":
        return ActionForm(request.POST, members=list(active_members(partnership)), auto_id=f"{signal.pk}-%s")
    if step == "dismiss":
        return DismissForm(request.POST, auto_id=f"{signal.pk}-%s")
    if step == "seen":
        return None
    raise BadRequest


def _do(step: str, row: SignalRow, form: Any, request: SpaceRequest) -> None:
    signal, by = row.signal, request.user
    # Of what is put aside or over the form was not looked at: the operation refuses it whatever was written.
    fields = form.cleaned_data if form is not None and row.is_open else {}
    if step == "choose":
        wish = form.wish if row.is_open else None
        choose_action(signal=signal, action=fields.get("action", ""), task=wish, by=by)
    elif step == "dismiss":
        dismiss_signal(signal=signal, reason=fields.get("reason", ""), by=by)
    else:
        see_signal(signal=signal, by=by)


def _page(
    request: SpaceRequest, partnership: Partnership, *, at: Signal | None = None, form: Any = None
) -> HttpResponse:
    viewer = request.viewer
    can_edit = viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id)
    members = list(active_members(partnership)) if can_edit else []
    rows = signal_rows(viewer, open_signals(viewer, partnership)[:MOST_SHOWN])
    cards = [
        _card(row, members, can_edit=can_edit, form=form if at and at.pk == row.signal.pk else None) for row in rows
    ]
    first = MOST_WHEN_LIGHT if partnership.mode == Partnership.Mode.LIGHT else len(cards)
    over = cleared_signals(viewer, partnership, today=timezone.localdate())[:MOST_OVER]
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "signal_list"),
        "cards": cards[:first],
        "more": cards[first:],
        "is_more_open": any(card["form"] for card in cards[first:]),
        "dismissed": signal_rows(viewer, dismissed_signals(viewer, partnership)[:MOST_SHOWN]),
        "over": signal_rows(viewer, over),
        "can_edit": can_edit,
        "is_light": partnership.mode == Partnership.Mode.LIGHT,
    }
    return render(request, "partnerships/signal_list.html", context, status=422 if form else 200)


def _card(row: SignalRow, members: list[Any], *, can_edit: bool, form: Any) -> dict[str, Any]:
    """A row with what can be done about it; ``form`` is the one that was sent and refused."""
    card: dict[str, Any] = {"row": row, "form": form}
    if can_edit and row.is_open:
        ids = f"{row.signal.pk}-%s"
        first = {"action": row.signal.action}
        card["can_see"] = bool(can_see_signal(state=row.signal.state))
        card["action"] = (
            form if isinstance(form, ActionForm) else ActionForm(members=members, initial=first, auto_id=ids)
        )
        card["dismiss"] = form if isinstance(form, DismissForm) else DismissForm(auto_id=ids)
    return card
