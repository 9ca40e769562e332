"""What organisations are good at: writing it down where their other offers stand."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from stakeholders.forms.strength import FIELDS, StrengthForm
from stakeholders.models import Strength
from stakeholders.operations.strength import change_strength, confirm_strength, note_strength, remove_strength
from stakeholders.queries.stakeholder import stakeholders_kept_by
from stakeholders.queries.strength import strengths_visible_to
from stakeholders.views.sent import sent


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def strength_new(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """Write down a skill."""
    stakeholder = get_object_or_404(stakeholders_kept_by(request.viewer), pk=stakeholder_id)
    form = StrengthForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            note_strength(owner=stakeholder, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Written down."))
            return redirect(space_url("stakeholder_assets", stakeholder_id=stakeholder_id))
    context = {"form": form, "stakeholder": stakeholder}
    return render(request, "stakeholders/strength_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def strength_edit(request: SpaceRequest, stakeholder_id: uuid.UUID, strength_id: uuid.UUID) -> HttpResponse:
    """Change what is known of a skill."""
    strength = _strength(request, stakeholder_id, strength_id)
    form = StrengthForm(sent(request), initial={name: getattr(strength, name) for name in FIELDS})
    if request.method == "POST" and form.is_valid():
        try:
            change_strength(strength=strength, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The changes were saved."))
            return redirect(space_url("stakeholder_assets", stakeholder_id=stakeholder_id))
    context = {"form": form, "stakeholder": strength.owner, "strength": strength}
    return render(request, "stakeholders/strength_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_POST
def strength_confirm(request: SpaceRequest, stakeholder_id: uuid.UUID, strength_id: uuid.UUID) -> HttpResponse:
    """Note that the organisation itself says so."""
    confirm_strength(strength=_strength(request, stakeholder_id, strength_id), by=request.user)
    messages.success(request, _("Noted as confirmed today."))
    return redirect(space_url("stakeholder_assets", stakeholder_id=stakeholder_id))


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def strength_remove(request: SpaceRequest, stakeholder_id: uuid.UUID, strength_id: uuid.UUID) -> HttpResponse:
    """Take it out after asking once."""
    strength = _strength(request, stakeholder_id, strength_id)
    back = space_url("stakeholder_assets", stakeholder_id=stakeholder_id)
    if request.method == "POST":
        remove_strength(strength=strength, by=request.user)
        messages.success(request, _("It was taken out."))
        return redirect(back)
    context = {
        "title": _("Remove “%(title)s”?") % {"title": strength},
        "text": _("It is no longer proposed when somebody looks for this skill."),
        "action": _("Remove it"),
        "back": back,
    }
    return render(request, "core/confirm.html", context)


def _strength(request: SpaceRequest, stakeholder_id: uuid.UUID, strength_id: uuid.UUID) -> Strength:
    return get_object_or_404(strengths_visible_to(request.viewer), owner=stakeholder_id, pk=strength_id)
