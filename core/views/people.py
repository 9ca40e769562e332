"""People and roles of a space."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.access.roles import Role
from core.forms.people import InviteForm
from core.models import Grant, Invitation, User
from core.operations.invitation import invite_person, revoke_invitation
from core.operations.membership import RoleRefusedError, end_membership, take_role
from core.queries.people import open_invitations, people_of_tenant
from core.queries.tenant import root_scope
from core.web.access import SpaceRequest, requires
from core.web.space import space_url


@requires(Permission.ADMINISTER_SPACE)
@require_safe
def people(request: SpaceRequest) -> HttpResponse:
    """Who works here, in which roles, and who was invited."""
    return render(request, "core/people.html", {"people": people_of_tenant(), "invitations": open_invitations()})


@requires(Permission.ADMINISTER_SPACE)
@require_http_methods(["GET", "POST"])
def invite(request: SpaceRequest) -> HttpResponse:
    """Invite a person by e-mail to a role in the whole space."""
    roles = [held.role for held in request.viewer.roles]
    form = InviteForm(request.POST or None, giver_roles=roles, initial={"language": request.tenant.default_language})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        invite_person(**{**wanted, "role": Role(wanted["role"])}, scope=root_scope(), by=request.user)
        messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": wanted["email"]})
        return redirect(space_url("people"))
    return render(request, "core/people_invite.html", {"form": form}, status=422 if form.errors else 200)


@requires(Permission.ADMINISTER_SPACE)
@require_POST
def invitation_revoke(request: SpaceRequest, invitation_id: uuid.UUID) -> HttpResponse:
    """Take an invitation back."""
    revoke_invitation(invitation=get_object_or_404(Invitation, pk=invitation_id), by=request.user)
    messages.success(request, _("The invitation no longer works."))
    return redirect(space_url("people"))


@requires(Permission.ADMINISTER_SPACE)
@require_POST
def grant_take(request: SpaceRequest, grant_id: uuid.UUID) -> HttpResponse:
    """Take a role back."""
    try:
        take_role(grant=get_object_or_404(Grant, pk=grant_id), by=request.user)
    except RoleRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect(space_url("people"))


@requires(Permission.ADMINISTER_SPACE)
@require_POST
def member_end(request: SpaceRequest, user_id: uuid.UUID) -> HttpResponse:
    """End a person's place in the space."""
    user = get_object_or_404(User, pk=user_id, memberships__tenant=request.tenant)
    try:
        end_membership(user=user, by=request.user)
        messages.success(request, _("%(name)s no longer has access.") % {"name": user})
    except RoleRefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect(space_url("people"))
