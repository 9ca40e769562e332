"""The pages of an e-mailed link with which a partner says where it stands; a GET never changes anything."""

from contextlib import suppress

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from core.operations.link import LinkUnknownError
from core.operations.rate import TooOftenError
from core.web.access import SpaceRequest, by_link
from goals.forms.endorsement import StandForm
from goals.operations.endorsement_link import (
    EndorsementLinkGoneError,
    open_endorsement_link,
    renew_endorsement_link,
)
from goals.views.endorsement import answered, reworded, said_before
from metrics.rules.sentence import Sentence


@by_link
@require_http_methods(["GET", "POST"])
def endorsement_link(request: SpaceRequest, token: str) -> HttpResponse:
    """The goal in one sentence, five answers, and a word; an answer can be changed while the question is open."""
    try:
        place, holder = open_endorsement_link(token)
    except LinkUnknownError as error:
        raise Http404 from error
    except EndorsementLinkGoneError:
        return render(request, "goals/endorsement_link_gone.html", {"token": token}, status=410)
    found = place.round
    context = {
        "goal": found.goal,
        "round": found,
        "sentence": Sentence(found.fields.get("sentence_en", ""), found.fields.get("sentence_it", "")),
        "partnership": found.goal.partnership,
        "organisation": place.member.organisation.name if place.member else "",
        "person": holder.person,
        "token": token,
    }
    before = said_before(place)
    form = StandForm(request.POST if request.method == "POST" else None, initial=before)
    if request.method == "POST" and form.is_valid() and answered(form, place, by=holder):
        held = place.answers.get(replaced_at=None)
        return render(request, "goals/endorsement_link_done.html", {**context, "answer": held})
    context |= {"form": form, "before": before, **reworded(request, found, place)}
    return render(request, "goals/endorsement_link.html", context, status=422 if form.errors else 200)


@by_link
@require_POST
def endorsement_link_renew(request: SpaceRequest, token: str) -> HttpResponse:
    """Mail a new link; the answer is the same whatever happened."""
    with suppress(TooOftenError):
        renew_endorsement_link(token=token)
    return render(request, "partnerships/link_renewed.html")
