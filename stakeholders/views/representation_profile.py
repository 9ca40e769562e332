"""Pages of the communities that bodies are compared with."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.lists import page_of
from core.web.space import space_url
from stakeholders.forms.representation import ProfileForm
from stakeholders.models import ReferenceProfile
from stakeholders.operations.representation_profile import (
    FIELDS,
    ProfileInUseError,
    add_reference_profile,
    change_reference_profile,
    remove_reference_profile,
)
from stakeholders.queries.representation import categories_of, profiles_visible_to, profiles_with_sizes
from stakeholders.rules.representation_profile import Category, as_lines
from stakeholders.views.sent import sent


@requires(Permission.SEE_STAKEHOLDERS)
@require_safe
def reference_profile_list(request: SpaceRequest) -> HttpResponse:
    """The communities described so far."""
    context = {
        "page": page_of(request, profiles_with_sizes(request.viewer), counted=profiles_visible_to(request.viewer)),
        "can_edit": request.viewer.can(Permission.EDIT_STAKEHOLDERS),
    }
    return render(request, "stakeholders/representation_profiles.html", context)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def reference_profile_new(request: SpaceRequest) -> HttpResponse:
    """Describe a community."""
    form = ProfileForm(sent(request), request.FILES or None, initial={"year": timezone.localdate().year - 1})
    if request.method == "POST" and form.is_valid():
        try:
            add_reference_profile(by=request.user, **form.facts())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Written down."))
            return redirect(space_url("reference_profile_list"))
    context = {"form": form}
    return render(request, "stakeholders/representation_profile.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def reference_profile_edit(request: SpaceRequest, profile_id: uuid.UUID) -> HttpResponse:
    """Correct what a community looks like, while no audit compares with it."""
    profile = _profile(request, profile_id)
    groups = [Category(one.label, one.population_count) for one in categories_of(profile)]
    initial = {name: getattr(profile, name) for name in FIELDS} | {"lines": as_lines(groups)}
    form = ProfileForm(sent(request), request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_reference_profile(profile=profile, by=request.user, **form.facts())
        except ValidationError as error:
            form.add_error(None, error)
        except ProfileInUseError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The changes were saved."))
            return redirect(space_url("reference_profile_list"))
    context = {"form": form, "profile": profile}
    return render(request, "stakeholders/representation_profile.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def reference_profile_remove(request: SpaceRequest, profile_id: uuid.UUID) -> HttpResponse:
    """Take it out after asking once."""
    profile = _profile(request, profile_id)
    back = space_url("reference_profile_list")
    if request.method == "POST":
        try:
            remove_reference_profile(profile=profile, by=request.user)
        except ProfileInUseError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("It was taken out."))
        return redirect(back)
    context = {
        "title": _("Remove “%(title)s”?") % {"title": profile},
        "text": _("Nothing can be compared with it any more."),
        "action": _("Remove it"),
        "back": back,
    }
    return render(request, "core/confirm.html", context)


def _profile(request: SpaceRequest, profile_id: uuid.UUID) -> ReferenceProfile:
    return get_object_or_404(profiles_visible_to(request.viewer), pk=profile_id)
