"""What a space says and allows on its public pages."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access.permissions import Permission
from core.views.tabs import settings_tabs
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from engagement.forms.public_settings import PublicSettingsForm
from engagement.operations.public_settings import change_public_settings
from engagement.queries.public_settings import public_settings
from engagement.rules.languages import codes_in


@requires(Permission.ADMINISTER_SPACE)
@require_http_methods(["GET", "POST"])
def public_settings_edit(request: SpaceRequest) -> HttpResponse:
    """Numbers, contact, privacy, accessibility, other sites."""
    found = public_settings()
    initial = {name: getattr(found, name) for name in PublicSettingsForm.base_fields}
    initial["extra_languages"] = codes_in(found.extra_languages)
    form = PublicSettingsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_public_settings(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The settings were saved."))
            return redirect(space_url("public_settings"))
    context = {"form": form, "tabs": settings_tabs(request, "public_settings")}
    return render(request, "engagement/public_settings.html", context, status=422 if form.errors else 200)
