"""Rating: one stakeholder a page, the next comes by itself; signed in or by mailed link, with the same steps."""

import uuid
from typing import Any

from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access.permissions import Permission
from core.models import User
from core.operations.link import LinkUnknownError
from core.web.access import SpaceRequest, by_link, members
from core.web.space import space_url
from stakeholders.forms.assessment import AssessmentForm
from stakeholders.models import MapRater, MapRound, Stakeholder
from stakeholders.operations.assessment import NotYoursToRateError, assess
from stakeholders.operations.rater_link import RatingLinkGoneError, open_rating_link
from stakeholders.queries.assessment import Turn, rater_of, turn_of
from stakeholders.views.sent import sent


@members
@require_http_methods(["GET", "POST"])
def map_rate(request: SpaceRequest, map_id: uuid.UUID) -> HttpResponse:
    """Rate the stakeholders of a map one was asked about; ``?at=`` names one of them."""
    rater = rater_of(request.user, map_id)
    if rater is None:
        raise Http404
    here = space_url("map_rate", map_id=map_id)
    return _rate(request, rater, here, template="stakeholders/map_rate.html", by=request.user)


@by_link
@require_http_methods(["GET", "POST"])
def rating_link(request: SpaceRequest, token: str) -> HttpResponse:
    """The same for somebody without an account."""
    try:
        rater = open_rating_link(token)
    except LinkUnknownError as error:
        raise Http404 from error
    except RatingLinkGoneError:
        return render(request, "stakeholders/link_gone.html", status=410)
    here = reverse("rating_link", kwargs={"tenant": request.tenant.slug, "token": token})
    return _rate(request, rater, here, template="stakeholders/rating_link.html", by=None)


def _rate(request: SpaceRequest, rater: MapRater, here: str, *, template: str, by: User | None) -> HttpResponse:
    turn = turn_of(rater, _at(request))
    is_open = MapRound.objects.filter(map=rater.map_id, closed_on=None).exists()
    context: dict[str, Any] = {
        "rater": rater,
        "map": rater.map,
        "turn": turn,
        "here": here,
        "is_open": is_open,
        "sees_map": by is not None and request.viewer.can(Permission.ASSESS_STAKEHOLDERS),
    }
    if turn.entry is None or not is_open:
        return render(request, template, context | {"form": None})
    is_person = turn.entry.stakeholder.kind == Stakeholder.Kind.PERSON
    form = AssessmentForm(sent(request), about_person=is_person, promise=turn.promise, initial=turn.said)
    if request.method == "POST" and form.is_valid():
        try:
            assess(entry=turn.entry, rater=rater, by=by, **form.scores())
        except ValidationError as error:
            form.add_error(None, error)
        except NotYoursToRateError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(f"{here}?at={turn.next_id}" if turn.next_id else here)
    context |= {"form": form, "action": _action(turn)}
    return render(request, template, context, status=422 if form.errors else 200)


def _at(request: SpaceRequest) -> uuid.UUID | None:
    wanted = request.GET.get("at", "")
    try:
        return uuid.UUID(wanted) if wanted else None
    except ValueError as error:
        raise BadRequest from error


def _action(turn: Turn) -> str:
    return _("Save and go on") if turn.next_id else _("Save")
