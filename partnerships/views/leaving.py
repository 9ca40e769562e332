"""Pages for leaving and for beginning: the exit checklist, handing over, the welcome pack."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from partnerships.forms.handover import HandoverForm
from partnerships.handovers import held_by
from partnerships.operations.exit import ExitRefusedError, settle_exit_step
from partnerships.operations.handover import HandoverRefusedError, hand_over
from partnerships.operations.representative import RepresentativeRefusedError
from partnerships.operations.welcome import welcome_representative
from partnerships.queries.exit import exit_rows, is_own_exit
from partnerships.queries.member import members_visible_to
from partnerships.queries.representative import acting_member, active_representatives
from partnerships.rules.member import LEAVING
from partnerships.rules.severity import Severity, severity_of
from partnerships.views.doors import visible_partnership
from partnerships.views.member import visible_member
from partnerships.views.representative import representative_of_address
from partnerships.welcome import welcome_pack

LONGEST_NOTE = 500


@requires(Permission.SEE_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def member_exit(request: SpaceRequest, slug: str, member_id: uuid.UUID) -> HttpResponse:
    """What has to be settled before an organisation has left: coordination settles it, and its own people read it."""
    partnership = visible_partnership(request, slug)
    member = visible_member(request, partnership, member_id)
    can_edit = request.viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id)
    if not (can_edit or (request.method == "GET" and is_own_exit(member, request.user))):
        raise PermissionDenied
    refused: dict[str, str] = {}
    if request.method == "POST":
        kind, note = request.POST.get("kind", ""), request.POST.get("note", "")
        try:
            is_settled = request.POST.get("settled") == "1"
            settle_exit_step(member=member, kind=kind, by=request.user, is_settled=is_settled, note=note)
        except ExitRefusedError as refusal:
            refused = {"kind": kind, "note": note[:LONGEST_NOTE], "message": str(refusal)}
        else:
            messages.success(request, _("Saved."))
            return redirect(space_url("member_exit", slug=slug, member_id=member_id))
    context = {
        "partnership": partnership,
        "member": member,
        "rows": exit_rows(member),
        "is_leaving": member.state in LEAVING,
        "can_edit": can_edit,
        "needs_note": severity_of("exit note", partnership.mode) == Severity.BLOCKS,
        "refused": refused,
    }
    return render(request, "partnerships/member_exit.html", context, status=422 if refused else 200)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def representative_handover(
    request: SpaceRequest, slug: str, member_id: uuid.UUID, representative_id: uuid.UUID
) -> HttpResponse:
    """Give everything a leaving person holds to somebody else, in one step."""
    giver = representative_of_address(request, slug, member_id, representative_id)
    others = {str(one.pk): one for one in active_representatives().filter(member=giver.member_id).exclude(pk=giver.pk)}
    form = HandoverForm(
        request.POST if request.method == "POST" else None,
        colleagues=[(key, one.person.name) for key, one in others.items()],
        initial={"language": request.tenant.default_language, "to": next(iter(others), "")},
    )
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        chosen = others.get(fields.pop("to", ""))
        try:
            taker = hand_over(giver=giver, by=request.user, colleague=chosen, **fields)
        except (HandoverRefusedError, RepresentativeRefusedError) as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("%(taker)s took over from %(giver)s.") % {"taker": taker.person, "giver": giver.person}
            messages.success(request, said)
            return redirect(space_url("member_detail", slug=slug, member_id=member_id))
    context = {
        "form": form,
        "partnership": giver.member.partnership,
        "giver": giver,
        "held": held_by(giver.member, giver.person),
        "cancel_url": space_url("member_detail", slug=slug, member_id=member_id),
    }
    return render(request, "partnerships/handover.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def representative_welcome(
    request: SpaceRequest, slug: str, member_id: uuid.UUID, representative_id: uuid.UUID
) -> HttpResponse:
    """Mail a person the welcome pack."""
    representative = representative_of_address(request, slug, member_id, representative_id)
    if welcome_representative(representative=representative, by=request.user) is None:
        messages.error(request, _("Add an e-mail address first."))
    else:
        messages.success(
            request, _("The welcome pack is on its way to %(email)s.") % {"email": representative.person.email}
        )
    return redirect(space_url("member_detail", slug=slug, member_id=member_id))


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def partnership_welcome(request: SpaceRequest, slug: str) -> HttpResponse:
    """What somebody new reads first, for their own organisation; coordination reads it as the lead member does."""
    partnership = visible_partnership(request, slug)
    member = acting_member(request.user, partnership)
    if member is None:
        member = members_visible_to(request.viewer).filter(partnership=partnership).first()
    context = {
        "partnership": partnership,
        "member": member,
        "pack": welcome_pack(request.viewer, member) if member else [],
    }
    return render(request, "partnerships/welcome.html", context)
