"""The risk register: the list, one risk, writing it and its life."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
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
from goals.forms.risk import RiskForm
from goals.models import Risk
from goals.operations.risk import RiskRefusedError, add_risk, change_risk, move_risk
from goals.queries.goal import goals_visible_to
from goals.queries.risk import RiskRowMaker, risk_choices, risk_list, risk_url, risks_visible_to
from goals.rules.risk import MOVES, TRANSITIONS
from metrics.forms.figure import add_refusal
from partnerships.models import Partnership
from partnerships.views.doors import partnership_allowing, visible_partnership
from partnerships.views.tabs import partnership_tabs


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def risks(request: SpaceRequest, slug: str) -> HttpResponse:
    """The register with filters, the highest risk first, also as CSV."""
    partnership, today = visible_partnership(request, slug), timezone.localdate()
    goals = list(goals_visible_to(request.viewer).filter(partnership=partnership))
    state, search = request.GET.get("state", ""), request.GET.get("q", "")[:100]
    state = state if state in {"live", *Risk.State.values} else ""
    goal = next((one for one in goals if str(one.number) == request.GET.get("goal")), None)
    overdue = bool(request.GET.get("overdue"))
    rows = risk_list(
        request.viewer, partnership, state=state, goal=goal, search=search, overdue_on=today if overdue else None
    )
    if request.GET.get("format") == "csv":
        return _csv(request, rows)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "risk_list"),
        "page": page_of(request, rows, as_row=RiskRowMaker(today=today)),
        "goals": goals,
        "goal": goal,
        "state": state,
        "search": search,
        "overdue": overdue,
        "states": Risk.State.choices,
        "is_filtered": bool(state or search or goal or overdue),
        "can_edit": request.viewer.can(Permission.EDIT_GOALS, partnership.scope_id),
    }
    return page(request, "goals/risk_list.html", context, partial="results")


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def risk_detail(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """One risk: how high it is and why, who keeps an eye on it, what is done."""
    risk = _risk(request, slug, number)
    can_edit = request.viewer.can(Permission.EDIT_GOALS, risk.partnership.scope_id)
    context = {
        "risk": risk,
        "partnership": risk.partnership,
        "row": RiskRowMaker(today=timezone.localdate())(risk),
        "moves": [(to, MOVES[to]) for to in TRANSITIONS[risk.state]] if can_edit else [],
        "can_edit": can_edit,
    }
    return render(request, "goals/risk_detail.html", context)


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def risk_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Write down a risk; ``goal`` in the address is the number of the goal it concerns."""
    partnership = partnership_allowing(request, slug, Permission.EDIT_GOALS)
    choices = risk_choices(request.viewer, partnership)
    goal = next((one for one in choices.goals if str(one.number) == request.GET.get("goal")), None)
    form = RiskForm(
        request.POST if request.method == "POST" else None,
        choices=choices,
        initial={"goal": str(goal.pk) if goal else ""},
    )
    if request.method == "POST" and form.is_valid():
        try:
            risk = add_risk(partnership=partnership, by=request.user, **form.values())
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Written down."))
            return redirect(risk_url(risk))
    return _form_page(request, form, partnership, cancel_url=space_url("risk_list", slug=slug))


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def risk_edit(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Look at a risk again."""
    risk = _editable(request, slug, number)
    form = RiskForm(
        request.POST if request.method == "POST" else None,
        choices=risk_choices(request.viewer, risk.partnership),
        now=risk.visibility,
        initial=RiskForm.initial_of(risk),
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_risk(risk=risk, by=request.user, **form.values())
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The changes were saved."))
            return redirect(risk_url(risk))
    return _form_page(request, form, risk.partnership, risk=risk, cancel_url=risk_url(risk))


@requires(Permission.EDIT_GOALS)
@require_POST
def risk_move(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Take a risk to another state."""
    risk = _editable(request, slug, number)
    try:
        move_risk(risk=risk, to=request.POST.get("to", ""), by=request.user)
    except RiskRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Written down."))
    return redirect(risk_url(risk))


def _risk(request: SpaceRequest, slug: str, number: int) -> Risk:
    """The risk of an address; 404 when the viewer may not see it."""
    return get_object_or_404(risks_visible_to(request.viewer), partnership__slug=slug, number=number)


def _editable(request: SpaceRequest, slug: str, number: int) -> Risk:
    risk = _risk(request, slug, number)
    if not request.viewer.can(Permission.EDIT_GOALS, risk.partnership.scope_id):
        raise PermissionDenied
    return risk


def _form_page(request: SpaceRequest, form: RiskForm, partnership: Partnership, **more: Any) -> HttpResponse:
    context = {"form": form, "partnership": partnership, **more}
    return render(request, "goals/risk_form.html", context, status=422 if form.errors else 200)


def _csv(request: SpaceRequest, rows: QuerySet[Risk]) -> HttpResponse:
    header = [
        _("Number"),
        _("Risk"),
        _("Goal"),
        _("Likelihood, 1 to 5"),
        _("Impact, 1 to 5"),
        _("Likelihood times impact"),
        _("How high"),
        _("Cause"),
        _("Effect"),
        _("Response"),
        _("What we do"),
        _("Who keeps an eye on it"),
        _("Look at it again on"),
        _("State"),
    ]
    cells = (
        (
            row.risk.number,
            row.risk.event,
            row.goal,
            row.risk.likelihood,
            row.risk.impact,
            row.score,
            row.height,
            row.risk.cause,
            row.risk.effect,
            row.risk.get_response_display(),
            row.risk.actions,
            row.owner,
            row.risk.review_on,
            row.state,
        )
        for row in map(RiskRowMaker(today=timezone.localdate()), rows)
    )
    return csv_response(_("risks"), header, cells, language=request.LANGUAGE_CODE)
