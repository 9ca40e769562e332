"""Mapping profiles: listed, renamed, deleted. They are saved on the page of the columns."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.lists import page_of
from core.web.space import space_url
from stakeholders.forms.import_profile import ProfileForm
from stakeholders.operations.import_profile import delete_profile, rename_profile
from stakeholders.queries.import_profile import profiles_visible_to
from stakeholders.views.sent import sent


@requires(Permission.IMPORT_STAKEHOLDERS)
@require_safe
def import_profiles(request: SpaceRequest) -> HttpResponse:
    """The profiles of the space."""
    context = {"page": page_of(request, profiles_visible_to(request.viewer))}
    return render(request, "stakeholders/import_profiles.html", context)


@requires(Permission.IMPORT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def import_profile_edit(request: SpaceRequest, import_profile_id: uuid.UUID) -> HttpResponse:
    """Give a profile another name."""
    profile = get_object_or_404(profiles_visible_to(request.viewer), pk=import_profile_id)
    form = ProfileForm(sent(request), initial={"name": profile.name})
    if request.method == "POST" and form.is_valid():
        try:
            rename_profile(profile=profile, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("name", error.messages)
        else:
            messages.success(request, _("The changes were saved."))
            return redirect(space_url("import_profile_list"))
    context = {"form": form, "profile": profile}
    return render(request, "stakeholders/import_profile_form.html", context, status=422 if form.errors else 200)


@requires(Permission.IMPORT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def import_profile_delete(request: SpaceRequest, import_profile_id: uuid.UUID) -> HttpResponse:
    """Forget a profile."""
    profile = get_object_or_404(profiles_visible_to(request.viewer), pk=import_profile_id)
    back = space_url("import_profile_list")
    if request.method == "POST":
        delete_profile(profile=profile, by=request.user)
        messages.success(request, _("The profile was deleted."))
        return redirect(back)
    context = {
        "title": _("Delete the profile “%(name)s”?") % {"name": profile.name},
        "text": _("What was imported with it stays."),
        "action": _("Delete the profile"),
        "back": back,
    }
    return render(request, "core/confirm.html", context)
