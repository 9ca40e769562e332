"""Making a space of one's own, where the operator allows it."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.forms.tenant import NewSpaceForm
from core.models import User
from core.operations.tenant import SlugTakenError, create_tenant
from core.web.access import signed_in


@signed_in
@require_http_methods(["GET", "POST"])
def space_new(request: HttpRequest) -> HttpResponse:
    """Create a space and become its administrator; 404 where sign-up is closed."""
    if not settings.SIGN_UP_OPEN or not isinstance(request.user, User):
        raise Http404
    form = NewSpaceForm(request.POST or None, initial={"default_language": request.LANGUAGE_CODE})
    if request.method == "POST" and form.is_valid():
        try:
            tenant = create_tenant(**form.cleaned_data, by=request.user, admin=request.user)
            return redirect(reverse("start", kwargs={"tenant": tenant.slug}))
        except SlugTakenError:
            form.add_error("slug", _("This short name is taken. Choose another one."))
    return render(request, "core/space_new.html", {"form": form}, status=422 if form.errors else 200)
