"""Pages of a partnership."""

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.lists import csv_response, page_of
from core.web.pages import page
from core.web.space import space_url
from partnerships.forms.partnership import MoveForm, PartnershipForm
from partnerships.models import AgreementVersion, Partnership
from partnerships.operations.partnership import TransitionRefusedError, change_partnership, move_partnership
from partnerships.queries.agreement import has_only_lapsed
from partnerships.queries.gate import gate_rows, passed_gates
from partnerships.queries.member import members_in_short
from partnerships.queries.partnership import as_row, partnership_list
from partnerships.queries.partnership_review import review_day_of
from partnerships.queries.recent import recent_changes
from partnerships.queries.severity import rule_lines
from partnerships.queries.task import open_tasks
from partnerships.rules.partnership import TONES, next_states
from partnerships.views.doors import editable_partnership, visible_partnership
from partnerships.views.tabs import partnership_tabs

# Members and tasks on the overview; the lists have the rest.
MOST_SHOWN = 8


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def partnerships(request: SpaceRequest) -> HttpResponse:
    """The partnerships the viewer may see, with search, state and CSV."""
    state = request.GET.get("state", "")
    search = request.GET.get("q", "")[:100]
    rows = partnership_list(request.viewer, search=search, state=state if state in Partnership.State.values else "")
    if request.GET.get("format") == "csv":
        header = [_("Name"), _("Territory"), _("State"), _("Members"), _("Agreement")]
        expired = str(AgreementVersion.State.EXPIRED.label)
        cells = (
            (row.name, row.territory, row.state_label, row.member_count, expired if row.has_lapsed else "")
            for row in map(as_row, rows)
        )
        return csv_response(_("partnerships"), header, cells, language=request.LANGUAGE_CODE)
    context = {
        "page": page_of(request, rows, as_row=as_row),
        "search": search,
        "state": state,
        "states": Partnership.State.choices,
        "can_create": request.viewer.can(Permission.CREATE_PARTNERSHIPS),
    }
    return page(request, "partnerships/partnership_list.html", context, partial="results")


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def partnership_detail(request: SpaceRequest, slug: str) -> HttpResponse:
    """One partnership: where it stands, what comes next, who is in and, for coordination, what changed lately."""
    partnership = visible_partnership(request, slug)
    viewer = request.viewer
    can_edit = viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id)
    ahead = [(state, gate_rows(viewer, partnership, state)) for state in next_states(partnership.state)[:1]]
    today, review_day = timezone.localdate(), review_day_of(partnership)
    context = {
        "partnership": partnership,
        "tone": TONES[partnership.state],
        "tabs": partnership_tabs(request, partnership, "partnership_detail"),
        "ahead": ahead,
        "members": members_in_short(viewer, partnership, most=MOST_SHOWN),
        "tasks": open_tasks(viewer, partnership, most=MOST_SHOWN),
        "recent": recent_changes(partnership) if can_edit else [],
        "can_edit": can_edit,
        "can_propose": viewer.can(Permission.PROPOSE_TASKS, partnership.scope_id),
        "sees_maps": can_edit and viewer.can(Permission.ASSESS_STAKEHOLDERS),
        "passed": passed_gates(viewer, partnership) if can_edit else [],
        "is_light": partnership.mode == Partnership.Mode.LIGHT,
        "has_lapsed": has_only_lapsed(viewer, partnership, today=today),
        "review_day": review_day,
        "is_review_due": review_day is not None and review_day <= today,
    }
    return render(request, "partnerships/partnership_detail.html", context)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def partnership_edit(request: SpaceRequest, slug: str) -> HttpResponse:
    """Change what the partnership says of itself."""
    partnership = editable_partnership(request, slug)
    form = PartnershipForm(request.POST if request.method == "POST" else None, instance=partnership)
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_partnership(partnership=partnership, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The partnership was saved."))
            return redirect(space_url("partnership_detail", slug=changed.slug))
    return render(
        request,
        "partnerships/partnership_form.html",
        {"form": form, "partnership": partnership},
        status=422 if form.errors else 200,
    )


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def partnership_move(request: SpaceRequest, slug: str) -> HttpResponse:
    """Move the partnership to another state of its life."""
    partnership = editable_partnership(request, slug)
    form = MoveForm(request.POST if request.method == "POST" else None, partnership=partnership)
    if request.method == "POST" and form.is_valid():
        try:
            move_partnership(partnership=partnership, by=request.user, **form.cleaned_data)
        except TransitionRefusedError as refusal:
            form.add_error("reason" if refusal.closed else "to", str(refusal))
        else:
            messages.success(request, _("The partnership moved on."))
            return redirect(space_url("partnership_detail", slug=slug))
    ahead = [(state, gate_rows(request.viewer, partnership, state)) for state in next_states(partnership.state)]
    context = {"form": form, "partnership": partnership, "ahead": ahead}
    return render(request, "partnerships/partnership_move.html", context, status=422 if form.errors else 200)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def partnership_mode(request: SpaceRequest, slug: str) -> HttpResponse:
    """Light or full: what stops and what is only told in each, and the switch for who may use it."""
    partnership = visible_partnership(request, slug)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "partnership_detail"),
        "lines": rule_lines(),
        "is_light": partnership.mode == Partnership.Mode.LIGHT,
        "can_edit": request.viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id),
    }
    return render(request, "partnerships/partnership_mode.html", context)


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def partnership_mode_switch(request: SpaceRequest, slug: str) -> HttpResponse:
    """Make it light or full, whichever the form says; nothing written before is lost. 400 for another word."""
    partnership = editable_partnership(request, slug)
    mode = request.POST.get("mode")
    if mode not in Partnership.Mode.values:
        raise BadRequest
    change_partnership(partnership=partnership, by=request.user, mode=mode)
    messages.success(request, _("The partnership was saved."))
    return redirect(space_url("partnership_mode", slug=slug))
