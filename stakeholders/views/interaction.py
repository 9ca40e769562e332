"""Writing down talks with a stakeholder."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from stakeholders.forms.interaction import InteractionForm
from stakeholders.models import Interaction, Stakeholder
from stakeholders.operations.interaction import change_interaction, delete_interaction, log_interaction
from stakeholders.queries.interaction import interactions_visible_to, people_to_talk_with
from stakeholders.queries.stakeholder import stakeholders_kept_by
from stakeholders.views.sent import sent

FIELDS = ("kind", "held_on", "summary", "next_step", "next_step_on")


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def interaction_new(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """Write down a call, a meeting, a mail or a visit."""
    stakeholder = get_object_or_404(stakeholders_kept_by(request.viewer), pk=stakeholder_id)
    form = InteractionForm(sent(request), people=people_to_talk_with(request.viewer, stakeholder))
    if request.method == "POST" and form.is_valid():
        try:
            log_interaction(stakeholder=stakeholder, by=request.user, **form.facts())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Written down."))
            return redirect(space_url("stakeholder_timeline", stakeholder_id=stakeholder.pk))
    context = {"form": form, "stakeholder": stakeholder, "action": _("Write it down")}
    return render(request, "stakeholders/interaction_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def interaction_edit(request: SpaceRequest, stakeholder_id: uuid.UUID, interaction_id: uuid.UUID) -> HttpResponse:
    """Put right what one wrote down."""
    talk = _own(request, stakeholder_id, interaction_id)
    stakeholder: Stakeholder = talk.stakeholder
    initial = {name: getattr(talk, name) for name in FIELDS} | {"person": talk.person_id}
    form = InteractionForm(sent(request), people=people_to_talk_with(request.viewer, stakeholder), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_interaction(interaction=talk, by=request.user, **form.facts())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The changes were saved."))
            return redirect(space_url("stakeholder_timeline", stakeholder_id=stakeholder.pk))
    context = {"form": form, "stakeholder": stakeholder, "interaction": talk, "action": _("Save")}
    return render(request, "stakeholders/interaction_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def interaction_delete(request: SpaceRequest, stakeholder_id: uuid.UUID, interaction_id: uuid.UUID) -> HttpResponse:
    """Take back what one wrote down."""
    talk = _own(request, stakeholder_id, interaction_id)
    back = space_url("stakeholder_timeline", stakeholder_id=stakeholder_id)
    if request.method == "POST":
        delete_interaction(interaction=talk, by=request.user)
        messages.success(request, _("It was taken out."))
        return redirect(back)
    context = {
        "title": _("Delete what you wrote down?"),
        "text": talk.summary,
        "action": _("Delete it"),
        "back": back,
    }
    return render(request, "core/confirm.html", context)


def _own(request: SpaceRequest, stakeholder_id: uuid.UUID, interaction_id: uuid.UUID) -> Interaction:
    rows = interactions_visible_to(request.viewer).filter(by=request.user, stakeholder=stakeholder_id)
    return get_object_or_404(rows, pk=interaction_id)
