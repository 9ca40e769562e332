"""What residents need: the list, one need, writing it, its life and who finds it pressing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.lists import csv_response, page_of
from core.web.pages import page
from core.web.space import space_url
from goals.forms.need import NeedForm
from goals.models import Need
from goals.operations.need import (
    NeedRefusedError,
    add_need,
    change_need,
    move_need,
    support_need,
    withdraw_support,
)
from goals.queries.need import as_need_row, members_to_speak_for, need_list, need_url, needs_in_full
from goals.rules.need import MOVES, TONES, TRANSITIONS, can_support_need, is_dated
from goals.voices import voices_on
from metrics.forms.figure import add_refusal
from partnerships.models import Partnership
from partnerships.views.doors import partnership_allowing, visible_partnership
from partnerships.views.tabs import partnership_tabs


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def needs(request: SpaceRequest, slug: str) -> HttpResponse:
    """A partnership's needs with filters, also as CSV."""
    partnership = visible_partnership(request, slug)
    state, evidence = request.GET.get("state", ""), request.GET.get("evidence", "")
    search = request.GET.get("q", "")[:100]
    state = state if state in Need.State.values else ""
    evidence = evidence if evidence in Need.Evidence.values else ""
    rows = need_list(request.viewer, partnership, state=state, evidence=evidence, search=search)
    if request.GET.get("format") == "csv":
        return _csv(request, rows)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "need_list"),
        "page": page_of(request, rows, as_row=as_need_row),
        "state": state,
        "evidence": evidence,
        "search": search,
        "states": Need.State.choices,
        "kinds": Need.Evidence.choices,
        "is_filtered": bool(state or evidence or search),
        "can_edit": request.viewer.can(Permission.EDIT_GOALS, partnership.scope_id),
    }
    return page(request, "goals/need_list.html", context, partial="results")


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def need_detail(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """One need: who lives it, how it is known, who finds it pressing, what residents say, which goals answer."""
    need = _need(request, slug, number)
    supporting = {vote.member_id for vote in need.votes.all()}
    members = members_to_speak_for(request.viewer, need.partnership)
    is_open = bool(can_support_need(state=need.state))
    can_edit = request.viewer.can(Permission.EDIT_GOALS, need.partnership.scope_id)
    context = {
        "need": need,
        "partnership": need.partnership,
        "tone": TONES[need.state],
        "is_dated": is_dated(evidence=need.evidence, source=need.source, evidence_on=need.evidence_on),
        "votes": list(need.votes.all()),
        "joining": [member for member in members if is_open and member.pk not in supporting],
        "leaving": [member for member in members if member.pk in supporting],
        "goals": [link.goal for link in need.goal_links.all()],
        "voices": voices_on(request.viewer, need),
        "moves": [(to, MOVES[to]) for to in TRANSITIONS[need.state]] if can_edit else [],
        "can_edit": can_edit,
    }
    return render(request, "goals/need_detail.html", context)


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def need_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Write down a need."""
    partnership = partnership_allowing(request, slug, Permission.EDIT_GOALS)
    form = NeedForm(request.POST if request.method == "POST" else None, cap=partnership.visibility)
    if request.method == "POST" and form.is_valid():
        try:
            need = add_need(partnership=partnership, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Written down."))
            return redirect(need_url(need))
    return _form_page(request, form, partnership, cancel_url=space_url("need_list", slug=slug))


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def need_edit(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Say a need more exactly."""
    need = _editable(request, slug, number)
    form = NeedForm(
        request.POST if request.method == "POST" else None,
        cap=need.partnership.visibility,
        now=need.visibility,
        initial=NeedForm.initial_of(need),
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_need(need=need, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The changes were saved."))
            return redirect(need_url(need))
    return _form_page(request, form, need.partnership, need=need, cancel_url=need_url(need))


@requires(Permission.EDIT_GOALS)
@require_POST
def need_move(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Take a need to another state."""
    need = _editable(request, slug, number)
    try:
        move_need(need=need, to=request.POST.get("to", ""), by=request.user)
    except NeedRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Written down."))
    return redirect(need_url(need))


@requires(Permission.TAKE_PART)
@require_POST
def need_support(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Say for a member that a need is pressing, or with ``back`` take it back."""
    need = _need(request, slug, number)
    key = request.POST.get("member", "")
    offered = members_to_speak_for(request.viewer, need.partnership)
    if not offered:
        raise PermissionDenied
    member = next((one for one in offered if str(one.pk) == key), None)
    if member is None:
        raise BadRequest
    act = withdraw_support if request.POST.get("back") else support_need
    try:
        act(need=need, member=member, by=request.user)
    except NeedRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Written down."))
    return redirect(need_url(need))


def _need(request: SpaceRequest, slug: str, number: int) -> Need:
    """The need of an address; 404 when the viewer may not see it."""
    return get_object_or_404(needs_in_full(request.viewer), partnership__slug=slug, number=number)


def _editable(request: SpaceRequest, slug: str, number: int) -> Need:
    need = _need(request, slug, number)
    if not request.viewer.can(Permission.EDIT_GOALS, need.partnership.scope_id):
        raise PermissionDenied
    return need


def _form_page(request: SpaceRequest, form: NeedForm, partnership: Partnership, **more: Any) -> HttpResponse:
    context = {"form": form, "partnership": partnership, **more}
    return render(request, "goals/need_form.html", context, status=422 if form.errors else 200)


def _csv(request: SpaceRequest, rows: QuerySet[Need]) -> HttpResponse:
    header = [
        _("Number"),
        _("Need"),
        _("Who lives it"),
        _("Where"),
        _("How we know"),
        _("Source"),
        _("Of which day"),
        _("Organisations that find it pressing"),
        _("State"),
    ]
    cells = (
        (
            row.number,
            row.statement,
            row.affected,
            row.place,
            row.evidence,
            row.source,
            row.evidence_on,
            row.votes,
            row.state,
        )
        for row in map(as_need_row, rows)
    )
    return csv_response(_("community needs"), header, cells, language=request.LANGUAGE_CODE)
