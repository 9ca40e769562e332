"""The pages of an e-mailed link to a promise: no password, and a GET never changes anything."""

import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access.permissions import Permission
from core.operations.link import LinkUnknownError
from core.operations.rate import TooOftenError
from core.web.access import SpaceRequest, by_link, requires
from core.web.forms import KitForm
from core.web.space import space_url
from partnerships.forms.commitment import KeptForm
from partnerships.forms.task import ReasonForm
from partnerships.models import Commitment
from partnerships.operations.commitment import (
    CommitmentIncompleteError,
    CommitmentRefusedError,
    ask_release,
    confirm_commitment,
    decline_commitment,
    keep_commitment,
)
from partnerships.operations.commitment_link import (
    CommitmentLinkGoneError,
    CommitmentLinkRefusedError,
    open_commitment_link,
    renew_commitment_link,
    send_commitment_link,
)
from partnerships.queries.authority import authority_over_member
from partnerships.queries.representative import active_representatives
from partnerships.rules.authority import LinkHolder
from partnerships.views.commitment import ASK, DECLINE, KEPT, badge_of, visible_commitment
from partnerships.views.doors import partnership_allowing


@by_link
@require_http_methods(["GET", "POST"])
def commitment_link(request: SpaceRequest, token: str) -> HttpResponse:
    """The promise, and what its people may say: whether it is theirs, that it is kept, that they ask to be released."""
    try:
        commitment, holder = open_commitment_link(token)
    except LinkUnknownError as error:
        raise Http404 from error
    except CommitmentLinkGoneError:
        return render(request, "partnerships/commitment_link_gone.html", {"token": token}, status=410)
    word = WORDS.get(request.POST.get("word", ""), WORDS["kept"])
    form: Any = word.form(request) if request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            said = word.operation(commitment=commitment, by=holder, **form.cleaned_data)
        except CommitmentIncompleteError as missing:
            for field, message in missing.fields.items():
                form.add_error(field, message)
        except CommitmentRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            context = {**badge_of(said), "commitment": said, "person": holder.person, "token": token}
            return render(request, "partnerships/commitment_link_done.html", context)
    context = _page(commitment, holder, token) | ({word.name: form} if form else {})
    return render(request, "partnerships/commitment_link.html", context, status=422 if form else 200)


@dataclass(frozen=True)
class Word:
    """One thing the people of a promise may say: the name of its form on the page, the form sent, the operation."""

    name: str
    form: Callable[[SpaceRequest], Any]
    operation: Callable[..., Commitment]


WORDS = {
    "kept": Word("kept_form", lambda request: KeptForm(request.POST, request.FILES, auto_id=KEPT), keep_commitment),
    "ask": Word("ask_form", lambda request: ReasonForm(request.POST, auto_id=ASK), ask_release),
    "confirm": Word("confirm_form", lambda request: KitForm(request.POST), confirm_commitment),
    "decline": Word("decline_form", lambda request: ReasonForm(request.POST, auto_id=DECLINE), decline_commitment),
}


def _page(commitment: Commitment, holder: LinkHolder, token: str) -> dict[str, object]:
    is_open = commitment.state == Commitment.State.OPEN
    is_proposed = commitment.state == Commitment.State.PROPOSED
    may_commit = authority_over_member(commitment.member, holder).may_commit
    return {
        **badge_of(commitment),
        "commitment": commitment,
        "person": holder.person,
        "token": token,
        "is_proposed": is_proposed,
        "confirm_form": KitForm() if is_proposed and may_commit else None,
        "decline_form": ReasonForm(auto_id=DECLINE) if is_proposed and may_commit else None,
        "kept_form": KeptForm(auto_id=KEPT) if is_open else None,
        "ask_form": ReasonForm(auto_id=ASK) if is_open and may_commit else None,
    }


@by_link
@require_POST
def commitment_link_renew(request: SpaceRequest, token: str) -> HttpResponse:
    """Mail a new link; the answer is the same whatever happened."""
    with suppress(TooOftenError):
        renew_commitment_link(token=token)
    return render(request, "partnerships/link_renewed.html")


@requires(Permission.PROPOSE_TASKS)
@require_POST
def commitment_send_link(request: SpaceRequest, slug: str, number: int, representative_id: uuid.UUID) -> HttpResponse:
    """Mail one person of the organisation a link to say how the promise stands."""
    partnership_allowing(request, slug, Permission.PROPOSE_TASKS)
    commitment = visible_commitment(request, slug, number)
    speakers = active_representatives().filter(member_id=commitment.member_id)
    person = get_object_or_404(speakers, pk=representative_id).person
    try:
        send_commitment_link(commitment=commitment, person=person, by=request.user)
        messages.success(request, _("The link is on its way to %(name)s.") % {"name": person})
    except CommitmentLinkRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect(space_url("commitment_detail", slug=slug, number=number))
