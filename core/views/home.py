"""The first page: what Telaio is for strangers, the way to their space for people who signed in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from core.models import User
from core.operations.user import set_language
from core.queries.tenant import tenants_of
from core.web.access import public
from core.web.languages import remember_language


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Send a person to their only space, offer several, or say what this is."""
    context = {"sign_up_open": settings.SIGN_UP_OPEN}
    if not isinstance(request.user, User):
        return render(request, "core/landing.html", context)
    spaces = list(tenants_of(request.user))
    if len(spaces) == 1:
        return redirect(reverse("start", kwargs={"tenant": spaces[0].slug}))
    return render(request, "core/spaces.html", {**context, "spaces": spaces})


@public
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and, for a signed-in person, with their name; go back to the page."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = redirect(back)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        remember_language(response, language)
        if isinstance(request.user, User):
            set_language(user=request.user, language=language)
    return response
