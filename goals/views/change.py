"""Pages of the log of changes in the community."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.lists import csv_response, page_of
from core.web.pages import page
from core.web.space import space_url
from goals.forms.change import ChangeForm
from goals.models import CommunityChange
from goals.operations.change import correct_change, note_change, remove_change
from goals.queries.change import (
    as_change_row,
    change_choices,
    change_list,
    changes_visible_to,
    goals_of,
)
from goals.queries.claim import claim_sheet, claims_visible_to
from goals.queries.goal import goals_visible_to
from goals.views.learning_views import learning_views
from metrics.forms.figure import add_refusal
from partnerships.models import Partnership
from partnerships.views.doors import partnership_allowing, visible_partnership
from partnerships.views.tabs import partnership_tabs

Kind = CommunityChange.Kind
MOST_DIGITS = 4


def visible_change(request: SpaceRequest, slug: str, number: int) -> CommunityChange:
    """The change of an address; 404 when the viewer may not see it."""
    return get_object_or_404(changes_visible_to(request.viewer), partnership__slug=slug, number=number)


def editable_change(request: SpaceRequest, slug: str, number: int) -> CommunityChange:
    """The change of an address that the viewer may correct; 404 unseen, 403 without the permission."""
    change = visible_change(request, slug, number)
    if not request.viewer.can(Permission.EDIT_GOALS, change.partnership.scope_id):
        raise PermissionDenied
    return change


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def changes(request: SpaceRequest, slug: str) -> HttpResponse:
    """What changed around a partnership, of one goal or kind when asked, also as CSV."""
    partnership = visible_partnership(request, slug)
    kind, number = request.GET.get("kind", ""), request.GET.get("goal", "")
    kind = kind if kind in Kind.values else ""
    goals = goals_visible_to(request.viewer).filter(partnership=partnership)
    is_number = number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS
    goal = goals.filter(number=int(number)).first() if is_number else None
    rows = change_list(request.viewer, partnership, goal=goal, kind=kind)
    if request.GET.get("format") == "csv":
        return _csv(request, rows)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "trend_review_list"),
        "ways": learning_views(partnership, "change_list"),
        "page": page_of(request, rows, as_row=as_change_row),
        "goal": goal,
        "kind": kind,
        "kinds": Kind.choices,
        "can_edit": request.viewer.can(Permission.EDIT_GOALS, partnership.scope_id),
    }
    return page(request, "goals/change_list.html", context, partial="results")


def _csv(request: SpaceRequest, rows: Any) -> HttpResponse:
    header = [_("Number"), _("Kind"), _("What changed"), _("Where"), _("Since"), _("Source"), _("Goals"), _("Our part")]
    cells = (
        (
            change.number,
            change.get_kind_display(),
            change.what,
            change.place,
            change.since,
            change.source,
            "; ".join(f"{goal.number}. {goal.title}" for goal in goals_of(change)),
            change.our_part,
        )
        for change in rows
    )
    return csv_response(_("changes in the community"), header, cells, language=request.LANGUAGE_CODE)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def change_detail(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """One change, the goals it belongs to, and our part in it."""
    change = visible_change(request, slug, number)
    claim = claims_visible_to(request.viewer).filter(pk=change.claim_id).first() if change.claim_id else None
    context = {
        "change": change,
        "partnership": change.partnership,
        "goals": goals_of(change),
        "sheet": claim_sheet(claim) if claim else None,
        "can_edit": request.viewer.can(Permission.EDIT_GOALS, change.partnership.scope_id),
    }
    return render(request, "goals/change_detail.html", context)


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def change_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Note a change in the community."""
    partnership = partnership_allowing(request, slug, Permission.EDIT_GOALS)
    choices = change_choices(request.viewer, partnership)
    asked = [str(goal.pk) for goal in choices.goals if str(goal.number) == request.GET.get("goal", "")]
    form = ChangeForm(request.POST or None, choices=choices, cap=partnership.visibility, initial={"goals": asked})
    if request.method == "POST" and form.is_valid():
        try:
            change = note_change(
                partnership=partnership, by=request.user, today=timezone.localdate(), **form.change_fields()
            )
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The change is in the log."))
            return redirect(space_url("change_detail", slug=slug, number=change.number))
    return _form_page(request, partnership, form, space_url("change_list", slug=slug))


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def change_edit(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Correct what was noted of a change."""
    change = editable_change(request, slug, number)
    choices = change_choices(request.viewer, change.partnership)
    form = ChangeForm(
        request.POST or None,
        choices=choices,
        cap=change.partnership.visibility,
        change=change,
        initial={"goals": [str(goal.pk) for goal in goals_of(change)]},
    )
    back = space_url("change_detail", slug=slug, number=number)
    if request.method == "POST" and form.is_valid():
        try:
            correct_change(change=change, by=request.user, today=timezone.localdate(), **form.change_fields())
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The change was corrected."))
            return redirect(back)
    return _form_page(request, change.partnership, form, back, change)


def _form_page(
    request: SpaceRequest,
    partnership: Partnership,
    form: ChangeForm,
    cancel_url: str,
    change: CommunityChange | None = None,
) -> HttpResponse:
    context = {"form": form, "partnership": partnership, "change": change, "cancel_url": cancel_url}
    return render(request, "goals/change_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_GOALS)
@require_POST
def change_remove(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Take a change out of the log."""
    remove_change(change=editable_change(request, slug, number), by=request.user)
    messages.success(request, _("Taken out."))
    return redirect(space_url("change_list", slug=slug))
