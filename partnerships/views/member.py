"""Pages of a partnership's members."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.lists import csv_response, page_of
from core.web.pages import page
from core.web.space import space_url
from partnerships.forms.member import MemberAddForm, MemberForm, MemberMoveForm
from partnerships.models import Partnership, PartnershipMember
from partnerships.operations.member import (
    LeavesBeforeTodayError,
    MemberRefusedError,
    change_member,
    invite_member,
    move_member,
)
from partnerships.queries.agreement import has_only_lapsed
from partnerships.queries.exit import end_of_notice, is_own_exit, open_points_of
from partnerships.queries.kit import role_names
from partnerships.queries.member import as_member_row, member_list, members_visible_to, organisations_to_ask
from partnerships.queries.representative import members_told_why, own_member_ids
from partnerships.queries.task import task_rows, tasks_visible_to
from partnerships.rules.member import next_member_states
from partnerships.views.doors import editable_partnership, visible_partnership
from partnerships.views.tabs import partnership_tabs


def visible_member(request: SpaceRequest, partnership: Partnership, member_id: uuid.UUID) -> PartnershipMember:
    """A member of an address; 404 when it is of another partnership or out of sight."""
    return get_object_or_404(members_visible_to(request.viewer), partnership=partnership, pk=member_id)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def members(request: SpaceRequest, slug: str) -> HttpResponse:
    """Who is in, in which part, with how many open promises; also as CSV."""
    partnership = visible_partnership(request, slug)
    rows = member_list(request.viewer, partnership)
    if request.GET.get("format") == "csv":
        header = [_("Organisation"), _("Part"), _("State"), _("Since"), _("Open tasks")]
        found = (as_member_row(row) for row in rows)
        cells = ((row.name, row.role, row.state_label, row.member.joined_on, row.open_tasks) for row in found)
        return csv_response(_("members"), header, cells, language=request.LANGUAGE_CODE)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "member_list"),
        "page": page_of(request, rows, as_row=as_member_row),
        "can_edit": request.viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id),
        "has_lapsed": has_only_lapsed(request.viewer, partnership, today=timezone.localdate()),
    }
    return render(request, "partnerships/member_list.html", context)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def member_detail(request: SpaceRequest, slug: str, member_id: uuid.UUID) -> HttpResponse:
    """One member: its part, the people who speak for it, and what it promised."""
    partnership = visible_partnership(request, slug)
    member = get_object_or_404(member_list(request.viewer, partnership), pk=member_id)
    can_edit = request.viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id)
    tasks = tasks_visible_to(request.viewer).filter(member=member)[:50]
    context = {
        "partnership": partnership,
        "row": as_member_row(member),
        "member": member,
        "tasks": task_rows(tasks),
        "can_edit": can_edit,
        "state_reason": member.state_reason if can_edit or member.pk in members_told_why(request.user) else "",
        "sees_addresses": can_edit or member.pk in own_member_ids(request.user),
        "has_lapsed": has_only_lapsed(request.viewer, partnership, today=timezone.localdate()),
        "sees_exit": can_edit or is_own_exit(member, request.user),
        "open_points": open_points_of(member) if can_edit else 0,
        "can_move": can_edit and bool(next_member_states(member.state)),
    }
    return render(request, "partnerships/member_detail.html", context)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def member_add(request: SpaceRequest, slug: str) -> HttpResponse:
    """Search an organisation among the stakeholders and ask it to join."""
    partnership = editable_partnership(request, slug)
    search = request.GET.get("q", "")[:100]
    found = {str(one.pk): one for one in organisations_to_ask(request.viewer, partnership, search)}
    choices = [(key, f"{one.name}{f' · {one.place}' if one.place else ''}") for key, one in found.items()]
    form = MemberAddForm(request.POST if request.method == "POST" else None, choices=choices)
    if request.method == "POST" and form.is_valid():
        wanted = {**form.cleaned_data, "organisation": found[form.cleaned_data["organisation"]]}
        try:
            member = invite_member(partnership=partnership, by=request.user, **wanted)
        except MemberRefusedError as refusal:
            form.add_error("organisation", str(refusal))
        else:
            messages.success(request, _("%(name)s is in. Now name who speaks for it.") % {"name": member.organisation})
            return redirect(space_url("representative_new", slug=slug, member_id=member.pk))
    context = {
        "form": form,
        "partnership": partnership,
        "search": search,
        "found": found,
        "role_names": role_names(partnership),
    }
    return page(request, "partnerships/member_add.html", context, partial="results", status=422 if form.errors else 200)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def member_edit(request: SpaceRequest, slug: str, member_id: uuid.UUID) -> HttpResponse:
    """Change a member's part."""
    partnership = editable_partnership(request, slug)
    member = visible_member(request, partnership, member_id)
    form = MemberForm(
        request.POST if request.method == "POST" else None,
        initial={"role": member.role, "seat": member.seat, "is_lead": member.is_lead},
    )
    if request.method == "POST" and form.is_valid():
        change_member(member=member, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(space_url("member_detail", slug=slug, member_id=member_id))
    context = {"form": form, "partnership": partnership, "member": member}
    return render(request, "partnerships/member_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def member_move(request: SpaceRequest, slug: str, member_id: uuid.UUID) -> HttpResponse:
    """Change where a membership stands."""
    partnership = editable_partnership(request, slug)
    member = visible_member(request, partnership, member_id)
    ends_on = end_of_notice(partnership, today=timezone.localdate())
    form = MemberMoveForm(request.POST if request.method == "POST" else None, member=member, ends_on=ends_on)
    if request.method == "POST" and form.is_valid():
        try:
            move_member(member=member, by=request.user, **form.cleaned_data)
        except LeavesBeforeTodayError as refusal:
            form.add_error("leaves_on", str(refusal))
        except MemberRefusedError as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(space_url("member_detail", slug=slug, member_id=member_id))
    open_points = open_points_of(member)
    context = {"form": form, "partnership": partnership, "member": member, "moves": True, "open_points": open_points}
    return render(request, "partnerships/member_form.html", context, status=422 if form.errors else 200)
