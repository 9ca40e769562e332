"""People and roles of a space."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access.permissions import Permission
from core.access.roles import ROLES, Role
from core.forms.people import RoleForm
from core.models import Grant, User
from core.operations.membership import RoleRefusedError, end_membership, grant_role, take_role
from core.queries.people import open_invitations, people_of_tenant, person_of_tenant
from core.queries.places import place_names, places_for_roles, scope_of_place
from core.views.tabs import settings_tabs
from core.web.access import SpaceRequest, requires
from core.web.space import space_url


@requires(Permission.ADMINISTER_SPACE)
@require_safe
def people(request: SpaceRequest) -> HttpResponse:
    """Who works here, in which roles, and who was invited."""
    names = place_names()
    context = {
        "people": people_of_tenant(names),
        "invitations": open_invitations(names),
        "tabs": settings_tabs(request, "people"),
    }
    return render(request, "core/people.html", context)


@requires(Permission.ADMINISTER_SPACE)
@require_http_methods(["GET", "POST"])
def person_detail(request: SpaceRequest, user_id: uuid.UUID) -> HttpResponse:
    """One person's roles here; a form gives one more, in the whole space or in one partnership."""
    person = person_of_tenant(get_object_or_404(User, pk=user_id, memberships__tenant=request.tenant))
    held = {Role(grant.role) for grant in person.grants if grant.is_everywhere}
    giver_roles = [role.role for role in request.viewer.roles]
    form = RoleForm(request.POST or None, giver_roles=giver_roles, held=held, places=places_for_roles())
    if request.method == "POST" and form.is_valid():
        try:
            scope = scope_of_place(form.chosen_place)
            grant_role(user=person.user, role=Role(form.cleaned_data["role"]), scope=scope, by=request.user)
            return redirect(space_url("person_detail", user_id=user_id))
        except RoleRefusedError as refusal:
            form.add_error("role", str(refusal))
    context = {"person": person, "form": form, "is_self": person.user == request.user}
    return render(request, "core/person.html", context, status=422 if form.errors else 200)


@requires(Permission.ADMINISTER_SPACE)
@require_http_methods(["GET", "POST"])
def grant_take(request: SpaceRequest, grant_id: uuid.UUID) -> HttpResponse:
    """Ask, then take a role back."""
    grant = get_object_or_404(Grant.objects.select_related("user"), pk=grant_id)
    back = space_url("person_detail", user_id=grant.user_id)
    words = {"name": str(grant.user), "role": ROLES[Role(grant.role)].label}
    if request.method == "POST":
        try:
            take_role(grant=grant, by=request.user)
        except RoleRefusedError as refusal:
            messages.error(request, str(refusal))
        return redirect(back)
    context = {
        "title": _("Take the role “%(role)s” from %(name)s?") % words,
        "text": _("What the role allows ends at once. What the person wrote and did stays."),
        "action": _("Take the role"),
        "back": back,
    }
    return render(request, "core/confirm.html", context)


@requires(Permission.ADMINISTER_SPACE)
@require_http_methods(["GET", "POST"])
def member_end(request: SpaceRequest, user_id: uuid.UUID) -> HttpResponse:
    """Ask, then end a person's place in the space."""
    user = get_object_or_404(User, pk=user_id, memberships__tenant=request.tenant, memberships__is_active=True)
    if request.method == "POST":
        try:
            end_membership(user=user, by=request.user)
            messages.success(request, _("%(name)s no longer has access.") % {"name": user})
        except RoleRefusedError as refusal:
            messages.error(request, str(refusal))
        return redirect(space_url("people"))
    context = {
        "title": _("End the access of %(name)s?") % {"name": user},
        "text": _(
            "All roles here, API tokens, shared report links and open invitations of this person stop working at once. "
            "What they wrote and did stays."
        ),
        "action": _("End access"),
        "back": space_url("person_detail", user_id=user_id),
    }
    return render(request, "core/confirm.html", context)
