"""The space's settings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access.permissions import Permission
from core.forms.tenant import TenantForm
from core.operations.tenant import change_tenant_settings
from core.rules.upload_content import UploadError
from core.views.tabs import settings_tabs
from core.web.access import SpaceRequest, requires
from core.web.space import space_url


@requires(Permission.ADMINISTER_SPACE)
@require_http_methods(["GET", "POST"])
def space_settings(request: SpaceRequest) -> HttpResponse:
    """Name, logo, colour, language, time zone and currency."""
    form = TenantForm(request.POST or None, request.FILES or None, tenant=request.tenant)
    if request.method == "POST" and form.is_valid():
        try:
            change_tenant_settings(tenant=request.tenant, by=request.user, **form.cleaned_data)
        except UploadError as refusal:
            form.add_error("logo", str(refusal))
        else:
            messages.success(request, _("The settings were saved."))
            return redirect(space_url("space_settings"))
    context = {"form": form, "tabs": settings_tabs(request, "space_settings")}
    return render(request, "core/settings.html", context, status=422 if form.errors else 200)
