"""Pages of promises made elsewhere than in a task."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.models import User
from core.web.access import SpaceRequest, requires
from core.web.downloads import file_answer
from core.web.space import space_url
from partnerships.forms.commitment import CommitmentDateForm, CommitmentForm, KeptForm
from partnerships.forms.task import ReasonForm
from partnerships.models import Commitment, Partnership
from partnerships.operations.commitment import (
    CommitmentIncompleteError,
    CommitmentRefusedError,
    ask_release,
    confirm_commitment,
    decline_commitment,
    keep_commitment,
    move_commitment,
    record_commitment,
    record_first_commitment,
    release_commitment,
)
from partnerships.operations.member import MemberRefusedError
from partnerships.queries.authority import authority_over_member
from partnerships.queries.commitment import commitments_visible_to
from partnerships.queries.member import active_members
from partnerships.queries.representative import people_to_mail
from partnerships.rules.ledger import TONES, ledger_status
from partnerships.views.doors import partnership_allowing

# Several forms stand on one page.
KEPT, ASK, RELEASE, MOVE, DECLINE = "kept_%s", "ask_%s", "release_%s", "move_%s", "decline_%s"
NO_PROMISE: dict[str, str] = {Commitment.State.PROPOSED: "soon", Commitment.State.DECLINED: "idle"}


def visible_commitment(request: SpaceRequest, slug: str, number: int) -> Commitment:
    """The promise of an address; 404 when the viewer may not see it."""
    return get_object_or_404(commitments_visible_to(request.viewer), partnership__slug=slug, number=number)


@requires(Permission.PROPOSE_TASKS)
@require_http_methods(["GET", "POST"])
def commitment_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Write down what was promised in a clause, a meeting or a talk."""
    partnership = partnership_allowing(request, slug, Permission.PROPOSE_TASKS)
    form = CommitmentForm(request.POST if request.method == "POST" else None, members=active_members(partnership))
    if request.method == "POST" and form.is_valid():
        try:
            commitment = _record(partnership, form.cleaned_data, by=request.user)
        except (CommitmentRefusedError, MemberRefusedError) as refusal:
            form.add_error("member" if "member" in form.fields else "group", str(refusal))
        else:
            messages.success(request, _recorded_words(commitment))
            return redirect(space_url("commitment_detail", slug=slug, number=commitment.number))
    context = {"form": form, "partnership": partnership}
    return render(request, "partnerships/commitment_form.html", context, status=422 if form.errors else 200)


def _recorded_words(commitment: Commitment) -> str:
    if commitment.state == Commitment.State.PROPOSED:
        return _("Written down. It counts as promised when the organisation confirms it.")
    return _("The promise is in the list.")


def _record(partnership: Partnership, said: dict[str, Any], *, by: User) -> Commitment:
    if "group" in said:
        return record_first_commitment(partnership=partnership, by=by, **said)
    return record_commitment(by=by, **said)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def commitment_detail(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """One promise, and what the viewer may say about it."""
    return render(
        request, "partnerships/commitment_detail.html", _context(request, visible_commitment(request, slug, number))
    )


def _context(request: SpaceRequest, commitment: Commitment, **forms: Any) -> dict[str, Any]:
    authority = authority_over_member(commitment.member, request.user)
    is_open = commitment.state == Commitment.State.OPEN
    is_proposed = commitment.state == Commitment.State.PROPOSED
    answers = is_proposed and authority.may_commit
    people = people_to_mail(commitment.member) if (is_open or is_proposed) and authority.coordinates else []
    return {
        "commitment": commitment,
        "partnership": commitment.partnership,
        **badge_of(commitment),
        "can_edit": authority.coordinates,
        "is_proposed": is_proposed,
        "can_confirm": answers,
        "lacks_people": is_proposed and authority.coordinates and not any(one.can_commit for one in people),
        "people": [one for one in people if one.can_commit] if is_proposed else people,
        "decline_form": forms.get("decline_form") or (ReasonForm(auto_id=DECLINE) if answers else None),
        "kept_form": forms.get("kept_form") or (KeptForm(auto_id=KEPT) if is_open and authority.is_own else None),
        "ask_form": forms.get("ask_form") or (ReasonForm(auto_id=ASK) if is_open and authority.may_commit else None),
        "release_form": forms.get("release_form")
        or (_release_form(commitment) if (is_open or is_proposed) and authority.coordinates else None),
        "date_form": forms.get("date_form")
        or (
            CommitmentDateForm(auto_id=MOVE)
            if (is_open or is_proposed) and (authority.coordinates or authority.may_commit)
            else None
        ),
    }


def _release_form(commitment: Commitment) -> ReasonForm:
    return ReasonForm(initial={"reason": commitment.release_asked}, auto_id=RELEASE)


def badge_of(commitment: Commitment) -> dict[str, str]:
    """Tone and word of how a promise stands, or that it is none yet, or never was."""
    if commitment.state in NO_PROMISE:
        return {"tone": NO_PROMISE[commitment.state], "badge": commitment.get_state_display()}
    status = ledger_status(
        due_on=commitment.due_on,
        first_agreed_on=commitment.first_agreed_on,
        kept_on=commitment.kept_on,
        is_released=commitment.state == Commitment.State.RELEASED,
        today=timezone.localdate(),
    )
    return {"tone": TONES[status], "badge": str(status.label)}


@requires(Permission.SEE_PARTNERSHIP)
@require_POST
def commitment_kept(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Say that a promise is kept; for another organisation's the address does not exist."""
    form = KeptForm(request.POST, request.FILES, auto_id=KEPT)
    return _say(request, slug, number, name="kept_form", form=form, operation=keep_commitment)


@requires(Permission.SEE_PARTNERSHIP)
@require_POST
def commitment_confirm(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Say for one's organisation that what was written down is its promise."""
    return _say(request, slug, number, name="", form=None, operation=confirm_commitment)


@requires(Permission.SEE_PARTNERSHIP)
@require_POST
def commitment_decline(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Say for one's organisation that it did not promise this."""
    form = ReasonForm(request.POST, auto_id=DECLINE)
    return _say(request, slug, number, name="decline_form", form=form, operation=decline_commitment)


@requires(Permission.SEE_PARTNERSHIP)
@require_POST
def commitment_ask_release(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Ask to be released from a promise."""
    form = ReasonForm(request.POST, auto_id=ASK)
    return _say(request, slug, number, name="ask_form", form=form, operation=ask_release)


@requires(Permission.PROPOSE_TASKS)
@require_POST
def commitment_release(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Release an organisation from a promise, with the reason."""
    form = ReasonForm(request.POST, auto_id=RELEASE)
    return _say(request, slug, number, name="release_form", form=form, operation=release_commitment)


@requires(Permission.SEE_PARTNERSHIP)
@require_POST
def commitment_move(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Agree on another date for a promise."""
    form = CommitmentDateForm(request.POST, auto_id=MOVE)
    return _say(request, slug, number, name="date_form", form=form, operation=move_commitment)


def _say(request: SpaceRequest, slug: str, number: int, *, name: str, form: Any, operation: Any) -> HttpResponse:
    """One word about a promise by one operation, with the page again when it is refused."""
    commitment = visible_commitment(request, slug, number)
    authority = authority_over_member(commitment.member, request.user)
    if not authority.is_own and not authority.coordinates:
        raise Http404
    if form is None or form.is_valid():
        try:
            operation(commitment=commitment, by=request.user, **(form.cleaned_data if form else {}))
        except CommitmentIncompleteError as missing:
            for field, message in missing.fields.items():
                form.add_error(field, message)
        except CommitmentRefusedError as refusal:
            messages.error(request, str(refusal))
            return redirect(space_url("commitment_detail", slug=slug, number=number))
        else:
            messages.success(request, _("Thank you. Everybody sees it now."))
            return redirect(space_url("commitment_detail", slug=slug, number=number))
    context = _context(request, commitment, **{name: form})
    return render(request, "partnerships/commitment_detail.html", context, status=422)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def commitment_file(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """The file that shows a promise was kept."""
    commitment = visible_commitment(request, slug, number)
    if commitment.evidence_file is None:
        raise Http404
    return file_answer(commitment.evidence_file)
