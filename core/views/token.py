"""A person's own API tokens."""

import uuid
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access.permissions import Permission
from core.forms.people import TokenForm
from core.operations.token import make_token, revoke_token
from core.queries.people import tokens_of
from core.web.access import SpaceRequest, members
from core.web.space import space_url


@members
@require_http_methods(["GET", "POST"])
def tokens(request: SpaceRequest) -> HttpResponse:
    """List tokens and make one; its text is shown once."""
    may = [permission for permission in Permission if request.viewer.can(permission)]
    form = TokenForm(request.POST or None, permissions=may)
    context = {"tokens": tokens_of(request.user), "form": form}
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        _token, text = make_token(
            name=wanted["name"],
            permissions=[Permission(name) for name in wanted["permissions"]],
            lasts=timedelta(days=int(wanted["days"])),
            by=request.user,
        )
        return render(request, "core/tokens.html", {**context, "new_token": text, "form": TokenForm(permissions=may)}, status=201)
    return render(request, "core/tokens.html", context, status=422 if form.errors else 200)


@members
@require_POST
def token_revoke(request: SpaceRequest, token_id: uuid.UUID) -> HttpResponse:
    """End one of one's own tokens."""
    revoke_token(token=get_object_or_404(tokens_of(request.user), pk=token_id), by=request.user)
    messages.success(request, _("The token no longer works."))
    return redirect(space_url("tokens"))
