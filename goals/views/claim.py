"""Pages of claims of contribution: what was observed, what shows it, and what else could explain it."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from goals.forms.claim import AlternativeForm, ClaimForm, ExamineForm
from goals.models import ClaimAlternative, ContributionClaim
from goals.operations.claim import (
    ClaimRefusedError,
    add_alternative,
    change_claim,
    examine_alternative,
    make_claim,
    remove_alternative,
    withdraw_claim,
)
from goals.queries.claim import claim_sheet, claims_visible_to
from goals.queries.theory import step_of_goal
from goals.rules.claim import Strength, allowed_words
from goals.views.doors import editable_goal
from metrics.forms.figure import add_refusal


def visible_claim(request: SpaceRequest, slug: str, number: int, claim_id: uuid.UUID) -> ContributionClaim:
    """The claim of an address with its alternatives; 404 when the viewer may not see it."""
    rows = claims_visible_to(request.viewer).filter(goal__partnership__slug=slug, goal__number=number)
    return get_object_or_404(rows, pk=claim_id)


def claim_allowing(
    request: SpaceRequest, slug: str, number: int, claim_id: uuid.UUID, permission: Permission
) -> ContributionClaim:
    """The claim of an address in whose partnership the viewer holds a permission; 404 unseen, 403 without it."""
    claim = visible_claim(request, slug, number, claim_id)
    if not request.viewer.can(permission, claim.goal.partnership.scope_id):
        raise PermissionDenied
    return claim


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def claim_detail(request: SpaceRequest, slug: str, number: int, claim_id: uuid.UUID) -> HttpResponse:
    """One claim: its sentence, its rung, what the next one asks for, and the other explanations."""
    claim = visible_claim(request, slug, number, claim_id)
    return _detail(request, claim, AlternativeForm())


def _detail(request: SpaceRequest, claim: ContributionClaim, form: AlternativeForm) -> HttpResponse:
    sheet = claim_sheet(claim)
    goal, language = claim.goal, request.LANGUAGE_CODE[:2]
    words = allowed_words(sheet.strength).in_language(language)
    context = {
        "claim": claim,
        "goal": goal,
        "partnership": goal.partnership,
        "sheet": sheet,
        "rungs": [(rung, rung <= sheet.strength, rung == sheet.strength) for rung in Strength],
        "words": words,
        "step": step_of_goal(request.viewer, goal),
        "form": form,
        "can_edit": request.viewer.can(Permission.EDIT_GOALS, goal.partnership.scope_id),
        "can_take_part": request.viewer.can(Permission.TAKE_PART, goal.partnership.scope_id),
        "is_author": claim.made_by_id == request.user.pk,
    }
    return render(request, "goals/claim_detail.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def claim_new(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Claim a part in a result of a goal."""
    goal = editable_goal(request, slug, number)
    form = ClaimForm(request.POST or None, goal=goal)
    if request.method == "POST" and form.is_valid():
        try:
            claim = make_claim(goal=goal, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved. Now name what else could explain it."))
            return redirect(space_url("claim_detail", slug=slug, number=number, claim_id=claim.pk))
    back = space_url("goal_detail", slug=slug, number=number)
    context = {"form": form, "goal": goal, "partnership": goal.partnership, "cancel_url": back}
    return render(request, "goals/claim_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def claim_edit(request: SpaceRequest, slug: str, number: int, claim_id: uuid.UUID) -> HttpResponse:
    """Reword a claim or show more for it."""
    claim = claim_allowing(request, slug, number, claim_id, Permission.EDIT_GOALS)
    form = ClaimForm(request.POST or None, goal=claim.goal, claim=claim)
    back = space_url("claim_detail", slug=slug, number=number, claim_id=claim_id)
    if request.method == "POST" and form.is_valid():
        try:
            change_claim(claim=claim, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The claim was saved."))
            return redirect(back)
    partnership = claim.goal.partnership
    context = {"form": form, "goal": claim.goal, "partnership": partnership, "claim": claim, "cancel_url": back}
    return render(request, "goals/claim_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def claim_withdraw(request: SpaceRequest, slug: str, number: int, claim_id: uuid.UUID) -> HttpResponse:
    """Ask before taking a claim back, then do it."""
    claim = claim_allowing(request, slug, number, claim_id, Permission.EDIT_GOALS)
    if request.method == "POST":
        try:
            withdraw_claim(claim=claim, by=request.user)
        except ClaimRefusedError as refusal:
            messages.error(request, str(refusal))
            return redirect(space_url("claim_detail", slug=slug, number=number, claim_id=claim_id))
        messages.success(request, _("The claim was taken back."))
        return redirect(space_url("goal_detail", slug=slug, number=number))
    context = {"claim": claim, "goal": claim.goal, "partnership": claim.goal.partnership}
    context["cancel_url"] = space_url("claim_detail", slug=slug, number=number, claim_id=claim_id)
    return render(request, "goals/claim_withdraw.html", context)


@requires(Permission.TAKE_PART)
@require_POST
def alternative_new(request: SpaceRequest, slug: str, number: int, claim_id: uuid.UUID) -> HttpResponse:
    """Name something else that could explain a result."""
    claim = claim_allowing(request, slug, number, claim_id, Permission.TAKE_PART)
    form = AlternativeForm(request.POST)
    if form.is_valid():
        try:
            add_alternative(claim=claim, by=request.user, **form.cleaned_data)
        except ClaimRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down. Somebody else should look at it."))
            return redirect(space_url("claim_detail", slug=slug, number=number, claim_id=claim_id))
    return _detail(request, claim, form)


@requires(Permission.TAKE_PART)
@require_http_methods(["GET", "POST"])
def alternative_examine(
    request: SpaceRequest, slug: str, number: int, claim_id: uuid.UUID, alternative_id: uuid.UUID
) -> HttpResponse:
    """Say what was found about another explanation."""
    claim = claim_allowing(request, slug, number, claim_id, Permission.TAKE_PART)
    alternative = get_object_or_404(ClaimAlternative, claim=claim, pk=alternative_id)
    initial = {"outcome": alternative.outcome, "reason": alternative.reason}
    form = ExamineForm(request.POST or None, initial=initial)
    back = space_url("claim_detail", slug=slug, number=number, claim_id=claim_id)
    if request.method == "POST" and form.is_valid():
        try:
            examine_alternative(
                alternative=alternative, by=request.user, today=timezone.localdate(), **form.cleaned_data
            )
        except ValidationError as refusal:
            add_refusal(form, refusal)
        except ClaimRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. What you found stands with the claim."))
            return redirect(back)
    context = {"form": form, "alternative": alternative, "claim": claim, "goal": claim.goal, "cancel_url": back}
    context |= {"partnership": claim.goal.partnership, "is_author": claim.made_by_id == request.user.pk}
    return render(request, "goals/alternative_examine.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_GOALS)
@require_POST
def alternative_remove(
    request: SpaceRequest, slug: str, number: int, claim_id: uuid.UUID, alternative_id: uuid.UUID
) -> HttpResponse:
    """Take another explanation out."""
    claim = claim_allowing(request, slug, number, claim_id, Permission.EDIT_GOALS)
    alternative = get_object_or_404(ClaimAlternative, claim=claim, pk=alternative_id)
    try:
        remove_alternative(alternative=alternative, by=request.user)
    except ClaimRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken out."))
    return redirect(space_url("claim_detail", slug=slug, number=number, claim_id=claim_id))
