"""A person's own API tokens."""

import uuid
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access.permissions import Permission
from core.forms.token import TokenForm, permission_label
from core.operations.token import make_token, revoke_token
from core.queries.people import tokens_of
from core.views.tabs import settings_tabs
from core.web.access import SpaceRequest, members
from core.web.space import space_url


@members
@require_http_methods(["GET", "POST"])
def tokens(request: SpaceRequest) -> HttpResponse:
    """List tokens and make one; its text is shown once."""
    may = [permission for permission in Permission if request.viewer.can(permission)]
    form = TokenForm(request.POST or None, permissions=may)
    status, text = (422 if form.errors else 200), ""
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        _token, text = make_token(
            name=wanted["name"],
            permissions=[Permission(name) for name in wanted["permissions"]],
            lasts=timedelta(days=int(wanted["days"])),
            by=request.user,
        )
        form, status = TokenForm(permissions=may), 201
    rows = [(token, [permission_label(name) for name in token.permissions]) for token in tokens_of(request.user)]
    context = {"rows": rows, "form": form, "new_token": text, "tabs": settings_tabs(request, "tokens")}
    return render(request, "core/tokens.html", context, status=status)


@members
@require_http_methods(["GET", "POST"])
def token_revoke(request: SpaceRequest, token_id: uuid.UUID) -> HttpResponse:
    """Ask, then end one of one's own tokens."""
    token = get_object_or_404(tokens_of(request.user), pk=token_id)
    if request.method == "POST":
        revoke_token(token=token, by=request.user)
        messages.success(request, _("The token no longer works."))
        return redirect(space_url("tokens"))
    context = {
        "title": _("End the token “%(name)s”?") % {"name": token.name},
        "text": _("Programs that use it lose access at once. It cannot be brought back."),
        "action": _("End the token"),
        "back": space_url("tokens"),
    }
    return render(request, "core/confirm.html", context)
