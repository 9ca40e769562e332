"""Pages about the people who speak for a member."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access.permissions import Permission
from core.operations.membership import RoleRefusedError
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from partnerships.forms.member import RepresentativeForm
from partnerships.models import Representative
from partnerships.operations.representative import (
    RepresentativeRefusedError,
    end_representation,
    invite_representative,
    name_new_representative,
)
from partnerships.queries.representative import active_representatives
from partnerships.views.doors import editable_partnership
from partnerships.views.member import visible_member


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def representative_new(request: SpaceRequest, slug: str, member_id: uuid.UUID) -> HttpResponse:
    """Name a person who speaks for a member; a known address is the person already listed."""
    partnership = editable_partnership(request, slug)
    member = visible_member(request, partnership, member_id)
    first = not active_representatives().filter(member=member).exists()
    initial = {"language": request.tenant.default_language, "can_commit": first}
    form = RepresentativeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            named = name_new_representative(member=member, by=request.user, **form.cleaned_data)
        except RepresentativeRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("%(name)s now speaks for %(member)s.") % {"name": named.person, "member": member.organisation},
            )
            return redirect(space_url("member_detail", slug=slug, member_id=member_id))
    context = {"form": form, "partnership": partnership, "member": member}
    return render(request, "partnerships/representative_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def representative_invite(
    request: SpaceRequest, slug: str, member_id: uuid.UUID, representative_id: uuid.UUID
) -> HttpResponse:
    """Invite a person to sign in."""
    representative = representative_of_address(request, slug, member_id, representative_id)
    try:
        invite_representative(representative=representative, by=request.user)
        messages.success(
            request, _("The invitation is on its way to %(email)s.") % {"email": representative.person.email}
        )
    except (RepresentativeRefusedError, RoleRefusedError) as refusal:
        messages.error(request, str(refusal))
    return redirect(space_url("member_detail", slug=slug, member_id=member_id))


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def representative_end(
    request: SpaceRequest, slug: str, member_id: uuid.UUID, representative_id: uuid.UUID
) -> HttpResponse:
    """End a person's speaking for a member."""
    representative = representative_of_address(request, slug, member_id, representative_id)
    try:
        end_representation(representative=representative, by=request.user)
    except RepresentativeRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect(space_url("member_detail", slug=slug, member_id=member_id))
    messages.success(request, _("%(name)s no longer speaks for the organisation.") % {"name": representative.person})
    return redirect(space_url("member_detail", slug=slug, member_id=member_id))


def representative_of_address(
    request: SpaceRequest, slug: str, member_id: uuid.UUID, representative_id: uuid.UUID
) -> Representative:
    """The person of an address who speaks for a member the viewer may edit; 404 for anybody else."""
    member = visible_member(request, editable_partnership(request, slug), member_id)
    return get_object_or_404(active_representatives(), member=member, pk=representative_id)
