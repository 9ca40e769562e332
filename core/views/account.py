"""A person's own page: name, language, and the ways to their sign-in settings."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.forms.account import ProfileForm
from core.models import User
from core.operations.user import change_profile
from core.queries.tenant import tenants_of
from core.web.access import signed_in
from core.web.languages import remember_language


@signed_in
@require_http_methods(["GET", "POST"])
def account_settings(request: HttpRequest) -> HttpResponse:
    """Change one's name and language."""
    assert isinstance(request.user, User)
    form = ProfileForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        change_profile(user=request.user, **form.cleaned_data)
        with translation.override(form.cleaned_data["language"]):
            messages.success(request, _("Your settings were saved."))
        response = redirect("account_settings")
        remember_language(response, form.cleaned_data["language"])
        return response
    context = {"form": form, "own_spaces": tenants_of(request.user)}
    return render(request, "account/settings.html", context, status=422 if form.errors else 200)
