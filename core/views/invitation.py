"""Answering an invitation from the mailed link."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access.roles import ROLES, Role
from core.models import User
from core.operations.invitation import (
    InvitationForAnotherAddressError,
    InvitationGoneError,
    accept_invitation,
    open_invitation,
)
from core.web.access import SpaceRequest, by_link
from core.web.space import space_url


@by_link
@require_http_methods(["GET", "POST"])
def invitation(request: SpaceRequest, token: str) -> HttpResponse:
    """Show the invitation; accepting it is a press of the button, never the opening of the link."""
    try:
        invited = open_invitation(token)
    except InvitationGoneError:
        return render(request, "core/invitation_gone.html", status=410)
    context = {"invitation": invited, "role": ROLES[Role(invited.role)], "here": request.path}
    if not isinstance(request.user, User):
        request.session["invitation"] = str(invited.pk)
        return render(request, "core/invitation.html", {**context, "sign_in": reverse("account_login")})
    if request.method == "POST":
        try:
            accept_invitation(token=token, by=request.user)
        except InvitationForAnotherAddressError:
            return render(request, "core/invitation.html", {**context, "other_address": True}, status=403)
        messages.success(request, _("Welcome to %(space)s.") % {"space": request.tenant.name})
        return redirect(space_url("start"))
    return render(request, "core/invitation.html", context)
