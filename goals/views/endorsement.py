"""Pages on which partners stand behind a goal: answering, what groups said, and the table over all goals."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.models import User
from core.web.access import SpaceRequest, requires
from core.web.lists import csv_response
from core.web.space import space_url
from goals.forms.endorsement import StandForm, VoiceForm
from goals.models import Endorsement, EndorsementRound, Goal
from goals.operations.endorsement import EndorsementRefusedError, answer_endorsement, record_voice
from goals.operations.endorsement_link import mail_endorsement_request
from goals.operations.endorsement_round import ask_newcomers
from goals.queries.endorsement import (
    HOLDING,
    adoption_findings_of,
    groups_to_hear,
    members_endorsed_by,
    newcomers_to,
    open_round,
    places_in_open_rounds,
    round_sheets,
    sees_endorsement,
)
from goals.queries.endorsement_matrix import endorsement_matrix
from goals.queries.rewording import rewording_of
from goals.views.doors import editable_goal, visible_goal
from metrics.forms.figure import add_refusal
from partnerships.queries.decision import voting_members
from partnerships.rules.authority import LinkHolder
from partnerships.views.doors import visible_partnership
from partnerships.views.tabs import partnership_tabs


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def endorsements(request: SpaceRequest, slug: str) -> HttpResponse:
    """Who stands where on all goals, also as CSV and to print."""
    partnership = visible_partnership(request, slug)
    if not sees_endorsement(request.viewer, partnership):
        raise Http404
    matrix = endorsement_matrix(request.viewer, partnership)
    if request.GET.get("format") == "csv":
        header = [_("Number"), _("Goal"), _("State"), _("Version"), _("Asked on"), *matrix.columns]
        cells = (
            (row.number, row.title, row.state, row.version or "", row.asked_on, *(cell.sentence for cell in row.cells))
            for row in matrix.rows
        )
        return csv_response(_("who-stands-where"), header, cells, language=request.LANGUAGE_CODE[:2])
    tabs = partnership_tabs(request, partnership, "goal_list")
    context = {"partnership": partnership, "tabs": tabs, "matrix": matrix}
    return render(request, "goals/endorsement_matrix.html", context)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def endorsement_detail(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Where everybody stands on one goal, round by round, with the wording each round was about."""
    goal = _goal_within(request, slug, number)
    return render(request, "goals/endorsement_detail.html", _context(request, goal))


@requires(Permission.ENDORSE_GOALS)
@require_http_methods(["GET", "POST"])
def endorsement_answer(request: SpaceRequest, slug: str, number: int, endorsement_id: uuid.UUID) -> HttpResponse:
    """Say where one's own organisation stands; for another's the address does not exist."""
    goal = _goal_within(request, slug, number)
    own = places_in_open_rounds().filter(member_id__in=members_endorsed_by(request.user, goal.partnership))
    place = get_object_or_404(own, round__goal=goal, pk=endorsement_id)
    form = StandForm(request.POST if request.method == "POST" else None, initial=said_before(place))
    if request.method == "POST" and form.is_valid() and answered(form, place, by=request.user):
        messages.success(request, _("Thank you. Your answer was stored; you can change it while the question is open."))
        return redirect(space_url("endorsement_detail", slug=slug, number=number))
    context = {"form": form, "goal": goal, "place": place, "partnership": goal.partnership}
    context |= reworded(request, place.round, place)
    context["cancel_url"] = space_url("endorsement_detail", slug=slug, number=number)
    return render(request, "goals/endorsement_answer.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_GOALS)
@require_http_methods(["GET", "POST"])
def endorsement_voice(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Write down what a group of people affected said, by whom, when and how."""
    goal = editable_goal(request, slug, number)
    if open_round(goal) is None:
        raise Http404
    today = timezone.localdate()
    groups = groups_to_hear(request.viewer, goal.partnership)
    form = VoiceForm(request.POST if request.method == "POST" else None, groups=groups, initial={"heard_on": today})
    back = space_url("endorsement_detail", slug=slug, number=number)
    if request.method == "POST" and form.is_valid():
        try:
            record_voice(goal=goal, by=request.user, today=today, **form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        except EndorsementRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("What they said was written down."))
            return redirect(back)
    context = {"form": form, "goal": goal, "groups": groups, "partnership": goal.partnership, "cancel_url": back}
    return render(request, "goals/endorsement_voice.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_GOALS)
@require_POST
def endorsement_remind(request: SpaceRequest, slug: str, number: int, endorsement_id: uuid.UUID) -> HttpResponse:
    """Mail those who may answer for a member once more."""
    goal = editable_goal(request, slug, number)
    place = get_object_or_404(places_in_open_rounds(), round__goal=goal, pk=endorsement_id)
    written = mail_endorsement_request(endorsement=place, by=request.user)
    if written:
        words = ngettext("One mail is on its way.", "%(count)s mails are on their way.", written)
        messages.success(request, words % {"count": written})
    else:
        messages.error(request, _("Nobody there can be reached: name a person who may commit, with an e-mail address."))
    return redirect(space_url("endorsement_detail", slug=slug, number=number))


@requires(Permission.EDIT_GOALS)
@require_POST
def endorsement_newcomers(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Ask also the members that joined since the question was put."""
    goal = editable_goal(request, slug, number)
    ask_newcomers(goal=goal, by=request.user, today=timezone.localdate())
    messages.success(request, _("They are asked now as well."))
    return redirect(space_url("endorsement_detail", slug=slug, number=number))


def answered(form: StandForm, place: Endorsement, *, by: User | LinkHolder) -> bool:
    """Whether the answer of a valid form was stored; a refusal stands at its field."""
    try:
        answer_endorsement(endorsement=place, by=by, **form.cleaned_data)
    except ValidationError as refusal:
        add_refusal(form, refusal)
    except EndorsementRefusedError as refusal:
        form.add_error(None, str(refusal))
    else:
        return True
    return False


def reworded(request: SpaceRequest, found: EndorsementRound, place: Endorsement | None = None) -> dict[str, Any]:
    """What is different from the wording asked about before, and where the one who answers stood on that."""
    rewording = rewording_of(found)
    if rewording is None:
        return {}
    return {
        "rewording": rewording,
        "changed": rewording.segments(request.LANGUAGE_CODE[:2]),
        "said": rewording.said_by(place) if place else None,
        "organisation": place.member.organisation.name if place and place.member else "",
    }


def said_before(place: Endorsement) -> dict[str, Any]:
    """The answer that holds, for a form to begin with."""
    held = place.answers.filter(HOLDING).first()
    return {"position": held.position, "comment": held.comment} if held else {}


def _goal_within(request: SpaceRequest, slug: str, number: int) -> Goal:
    goal = visible_goal(request, slug, number)
    if not sees_endorsement(request.viewer, goal.partnership):
        raise Http404
    return goal


def _context(request: SpaceRequest, goal: Goal) -> dict[str, Any]:
    sheets = round_sheets(goal)
    current = sheets[0] if sheets and sheets[0].round.is_open else None
    can_edit = request.viewer.can(Permission.EDIT_GOALS, goal.partnership.scope_id)
    findings = adoption_findings_of(goal, today=timezone.localdate()) if goal.state == Goal.State.IN_ENDORSEMENT else []
    newcomers = newcomers_to(current.round, voting_members(goal.partnership)) if current and can_edit else []
    return {
        "goal": goal,
        "partnership": goal.partnership,
        "current": current,
        "earlier": sheets[1:] if current else sheets,
        "own": members_endorsed_by(request.user, goal.partnership) if current else set(),
        "findings": findings,
        "newcomers": newcomers,
        **(reworded(request, current.round) if current else {}),
        "can_edit": can_edit and current is not None,
    }
