"""The register of decisions, one decision, and taking, reviewing and replacing it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
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
from partnerships.forms.decision import (
    AudienceForm,
    CommunicatedForm,
    DecisionForm,
    PositionsForm,
    ReviewForm,
    ShownForm,
)
from partnerships.models import Decision, Meeting, Partnership
from partnerships.operations.decision import (
    DecisionRefusedError,
    change_decision,
    findings_of_decision,
    note_communicated,
    record_decision,
    review_decision,
    revoke_decision,
    show_decision_to,
    take_decision,
)
from partnerships.queries.decision import (
    DecisionRowMaker,
    decision_list,
    decision_url,
    decisions_visible_to,
    positions_of,
    voice_words,
    voting_members,
)
from partnerships.queries.decision_audience import affected_by, audience_rows, groups_to_choose, told_of
from partnerships.queries.governance import governance_of
from partnerships.queries.meeting import meetings_visible_to
from partnerships.rules.decision import (
    TONES,
    Audience,
    Quorum,
    can_edit_decision,
    can_revoke,
    can_supersede,
    dissent_of,
    is_review_due,
)
from partnerships.views.doors import editable_partnership, visible_partnership
from partnerships.views.tabs import partnership_tabs

FILTERS = {"valid", "review", *Decision.State.values}


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def decisions(request: SpaceRequest, slug: str) -> HttpResponse:
    """The register with filters, also as CSV."""
    partnership = visible_partnership(request, slug)
    state, search = request.GET.get("state", ""), request.GET.get("q", "")[:100]
    today = timezone.localdate()
    rows = decision_list(
        request.viewer, partnership, state=state if state in FILTERS else "", search=search, today=today
    )
    if request.GET.get("format") == "csv":
        return _csv(request, rows)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "decision_list"),
        "page": page_of(request, rows, as_row=DecisionRowMaker(today=today)),
        "state": state,
        "search": search,
        "states": Decision.State.choices,
        "is_filtered": bool(state or search),
        "can_edit": request.viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id),
    }
    return page(request, "partnerships/decision_list.html", context, partial="results")


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def decision_detail(request: SpaceRequest, slug: str, year: int, number: int) -> HttpResponse:
    """One decision: what, why, who stood where, who was there."""
    decision = _decision(request, slug, year, number)
    return render(request, "partnerships/decision_detail.html", _context(request, decision))


def _context(request: SpaceRequest, decision: Decision, **forms: Any) -> dict[str, Any]:
    can_edit = request.viewer.can(Permission.EDIT_PARTNERSHIP, decision.partnership.scope_id)
    positions = list(positions_of(decision))
    entitled = decision.entitled_count
    quorum = Quorum(decision.present_count or 0, entitled, decision.quorum_percent) if entitled is not None else None
    is_proposal = bool(can_edit_decision(state=decision.state))
    is_taken = not is_proposal
    due = is_review_due(state=decision.state, review_on=decision.review_on, today=timezone.localdate())
    reviews = can_edit and bool(can_revoke(state=decision.state))
    take_form = PositionsForm(members=voting_members(decision.partnership), given=positions, may_stay_open=False)
    return {
        "decision": decision,
        "partnership": decision.partnership,
        "tone": TONES[decision.state],
        "positions": positions,
        "dissent": dissent_of(one.position for one in positions),
        "quorum": quorum,
        "voices": voice_words(decision),
        "replaced_by": decisions_visible_to(request.viewer).filter(supersedes=decision).first(),
        "findings": findings_of_decision(decision) if can_edit else [],
        "can_edit": can_edit,
        "can_change": can_edit and is_proposal,
        "can_supersede": can_edit and bool(can_supersede(state=decision.state)),
        "is_review_due": due,
        "take_form": forms.get("take_form") or (take_form if can_edit and is_proposal else None),
        "review_form": ReviewForm() if reviews else None,
        "shown_form": forms.get("shown_form") or (_shown_form(decision) if can_edit and is_taken else None),
        "meeting": _seen_meeting(request, decision),
        "audience": audience_rows(decision),
        "told_form": forms.get("told_form") or (_told_form(decision) if can_edit and is_taken else None),
    }


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def decision_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Write a decision; ``replaces`` in the address names the one whose place it takes."""
    partnership = editable_partnership(request, slug)
    before = _replaced(request, partnership)
    initial = _initial_of(before) if before else {}
    form = _form(request, partnership, initial=initial | {"decided_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            decision = record_decision(
                partnership=partnership, by=request.user, supersedes=before,
                outcome=form.cleaned_data["outcome"], positions=form.positions(), affected=form.audience(),
                **form.values(),
            )  # fmt: skip
        except (ValidationError, DecisionRefusedError) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        else:
            messages.success(request, _("The decision is in the register."))
            return redirect(decision_url(decision))
    context = {"form": form, "partnership": partnership, "before": before}
    return render(request, "partnerships/decision_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def decision_edit(request: SpaceRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Reword a proposal."""
    partnership = editable_partnership(request, slug)
    decision = _decision(request, slug, year, number)
    form = _form(request, partnership, initial=_initial_of(decision), decision=decision)
    if request.method == "POST" and form.is_valid():
        try:
            change_decision(
                decision=decision, by=request.user, positions=form.positions(), affected=form.audience(),
                **form.values(),
            )  # fmt: skip
        except (ValidationError, DecisionRefusedError) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        else:
            messages.success(request, _("The changes were saved."))
            return redirect(decision_url(decision))
    context = {"form": form, "partnership": partnership, "decision": decision}
    return render(request, "partnerships/decision_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def decision_take(request: SpaceRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Write down what a proposal came to."""
    partnership = editable_partnership(request, slug)
    decision = _decision(request, slug, year, number)
    form = PositionsForm(request.POST, members=voting_members(partnership), may_stay_open=False)
    if form.is_valid():
        try:
            outcome = form.cleaned_data["outcome"]
            take_decision(decision=decision, by=request.user, outcome=outcome, positions=form.positions())
        except DecisionRefusedError as refusal:
            form.add_error("outcome", str(refusal))
        else:
            messages.success(request, _("Written down."))
            return redirect(decision_url(decision))
    context = _context(request, decision, take_form=form)
    return render(request, "partnerships/decision_detail.html", context, status=422)


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def decision_review(request: SpaceRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Keep a decision after looking at it again."""
    form = ReviewForm(request.POST)
    day = form.cleaned_data["review_on"] if form.is_valid() else None
    return _acted(
        request, slug, year, number, lambda one: review_decision(decision=one, by=request.user, review_on=day)
    )


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def decision_revoke(request: SpaceRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Take a decision back."""
    return _acted(request, slug, year, number, lambda one: revoke_decision(decision=one, by=request.user))


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def decision_told(request: SpaceRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Write down when those it concerns were told."""
    partnership = editable_partnership(request, slug)
    decision = _decision(request, slug, year, number)
    form = CommunicatedForm(request.POST, groups=groups_to_choose(partnership))
    if form.is_valid():
        said = form.cleaned_data
        try:
            note_communicated(decision=decision, by=request.user, on=said["on"], to=said["to"], told=form.audience())
        except DecisionRefusedError as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, _("Written down."))
            return redirect(decision_url(decision))
    context = _context(request, decision, told_form=form)
    return render(request, "partnerships/decision_detail.html", context, status=422)


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def decision_shown(request: SpaceRequest, slug: str, year: int, number: int) -> HttpResponse:
    """Choose who may see a decision."""
    partnership = editable_partnership(request, slug)
    decision = _decision(request, slug, year, number)
    form = ShownForm(request.POST, cap=partnership.visibility, now=decision.visibility)
    if form.is_valid():
        try:
            show_decision_to(decision=decision, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The changes were saved."))
            return redirect(decision_url(decision))
    context = _context(request, decision, shown_form=form)
    return render(request, "partnerships/decision_detail.html", context, status=422)


def _initial_of(decision: Decision) -> dict[str, Any]:
    return DecisionForm.initial_of(decision) | AudienceForm.ticked(affected_by(decision))


def _told_form(decision: Decision) -> CommunicatedForm:
    """Who is affected is ticked until they were told."""
    affected, told = affected_by(decision), told_of(decision)
    left = Audience(affected.sectors - told.sectors, affected.groups - told.groups)
    words = "" if decision.communicated_on else decision.affects
    initial = {"on": timezone.localdate(), "to": words, **AudienceForm.ticked(left)}
    return CommunicatedForm(groups=groups_to_choose(decision.partnership), initial=initial)


def _shown_form(decision: Decision) -> ShownForm:
    return ShownForm(cap=decision.partnership.visibility, now=decision.visibility)


def _seen_meeting(request: SpaceRequest, decision: Decision) -> Meeting | None:
    """The meeting it was taken in, for who may see that as well."""
    if decision.meeting_id is None:
        return None
    return meetings_visible_to(request.viewer).filter(pk=decision.meeting_id).first()


def _acted(request: SpaceRequest, slug: str, year: int, number: int, act: Callable[[Decision], object]) -> HttpResponse:
    editable_partnership(request, slug)
    decision = _decision(request, slug, year, number)
    try:
        act(decision)
    except DecisionRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Written down."))
    return redirect(decision_url(decision))


def _decision(request: SpaceRequest, slug: str, year: int, number: int) -> Decision:
    """The decision of an address; 404 when the viewer may not see it."""
    rows = decisions_visible_to(request.viewer)
    return get_object_or_404(rows, partnership__slug=slug, year=year, number=number)


def _replaced(request: SpaceRequest, partnership: Partnership) -> Decision | None:
    year, _slash, number = request.GET.get("replaces", "").partition("/")
    if not (year.isascii() and year.isdigit() and number.isascii() and number.isdigit()):
        return None
    return _decision(request, partnership.slug, int(year), int(number))


def _form(
    request: SpaceRequest, partnership: Partnership, *, initial: dict[str, Any], decision: Decision | None = None
) -> DecisionForm:
    return DecisionForm(
        request.POST if request.method == "POST" else None,
        members=voting_members(partnership),
        governance=governance_of(partnership),
        groups=groups_to_choose(partnership),
        cap=partnership.visibility,
        now=decision.visibility if decision else None,
        given=positions_of(decision) if decision else (),
        initial=initial,
    )


def _csv(request: SpaceRequest, rows: QuerySet[Decision]) -> HttpResponse:
    header = [_("No."), _("Decision"), _("Decided on"), _("State"), _("How it was decided"), _("Look at it again on")]
    cells = (
        (row.label, row.title, row.decided_on, row.get_state_display(), row.get_method_display(), row.review_on)
        for row in rows
    )
    return csv_response(_("decisions"), header, cells, language=request.LANGUAGE_CODE)
