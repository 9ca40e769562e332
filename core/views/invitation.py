"""Inviting people to a space, and answering from the mailed link."""

import uuid

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access.permissions import Permission
from core.access.roles import ROLES, Role
from core.forms.people import InviteForm
from core.models import Invitation, User
from core.operations.invitation import (
    InvitationForAnotherAddressError,
    InvitationGoneError,
    accept_invitation,
    invite_person,
    open_invitation,
    revoke_invitation,
)
from core.operations.membership import RoleRefusedError
from core.queries.places import place_names, places_for_roles, scope_of_place
from core.web.access import SpaceRequest, by_link, requires
from core.web.accounts import remember_invitation
from core.web.space import space_url


@requires(Permission.ADMINISTER_SPACE)
@require_http_methods(["GET", "POST"])
def invite(request: SpaceRequest) -> HttpResponse:
    """Invite a person by e-mail to a role in the whole space or in one partnership."""
    roles = [held.role for held in request.viewer.roles]
    initial = {"language": request.tenant.default_language, "email": request.GET.get("email", "")}
    form = InviteForm(request.POST or None, giver_roles=roles, places=places_for_roles(), initial=initial)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        try:
            invite_person(
                email=wanted["email"],
                name=wanted["name"],
                role=Role(wanted["role"]),
                language=wanted["language"],
                scope=scope_of_place(form.chosen_place),
                by=request.user,
            )
            messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": wanted["email"]})
            return redirect(space_url("people"))
        except RoleRefusedError as refusal:
            form.add_error("role", str(refusal))
    return render(request, "core/people_invite.html", {"form": form}, status=422 if form.errors else 200)


@requires(Permission.ADMINISTER_SPACE)
@require_POST
def invitation_revoke(request: SpaceRequest, invitation_id: uuid.UUID) -> HttpResponse:
    """Take an invitation back."""
    revoke_invitation(invitation=get_object_or_404(Invitation, pk=invitation_id), by=request.user)
    messages.success(request, _("The invitation no longer works."))
    return redirect(space_url("people"))


@by_link
@require_http_methods(["GET", "POST"])
def invitation(request: SpaceRequest, token: str) -> HttpResponse:
    """Show the invitation; accepting it is a press of the button, never the opening of the link."""
    try:
        invited = open_invitation(token)
    except InvitationGoneError:
        return render(request, "core/invitation_gone.html", status=410)
    context = {
        "invitation": invited,
        "role": ROLES[Role(invited.role)],
        "place": place_names().get(invited.scope_id, ""),
    }
    person: User | AnonymousUser = request.user
    if not isinstance(person, User):
        remember_invitation(request, invited)
        # The link came to the invited address, so whoever holds it reads that mailbox.
        get_adapter(request).stash_verified_email(request, invited.email)
        onward = urlencode({"next": request.path})
        context |= {name: f"{reverse(name)}?{onward}" for name in ("account_login", "account_signup")}
        return render(request, "core/invitation.html", context)
    if request.method == "POST":
        try:
            accept_invitation(token=token, by=request.user)
        except InvitationForAnotherAddressError:
            return render(request, "core/invitation.html", {**context, "is_other_address": True}, status=403)
        messages.success(request, _("Welcome to %(space)s.") % {"space": request.tenant.name})
        return redirect(space_url("start"))
    context["is_other_address"] = invited.email != request.user.email
    return render(request, "core/invitation.html", context)
