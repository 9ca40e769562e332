"""The communication plan of a partnership."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from partnerships.forms.communication import LINE_FIELDS, CommunicationLineForm
from partnerships.models import CommunicationLine, Partnership
from partnerships.operations.communication import remove_communication_line, save_communication_line
from partnerships.queries.communication import communication_plan
from partnerships.queries.member import active_members
from partnerships.views.doors import editable_partnership, visible_partnership


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def communication(request: SpaceRequest, slug: str) -> HttpResponse:
    """Who is told what, how often and by whom."""
    partnership = visible_partnership(request, slug)
    context = {
        "partnership": partnership,
        "lines": list(communication_plan(partnership)[:100]),
        "can_edit": request.viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id),
    }
    return render(request, "partnerships/communication.html", context)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def communication_line_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Add a line to the plan."""
    return _line_form(request, editable_partnership(request, slug), None)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def communication_line_edit(request: SpaceRequest, slug: str, communication_line_id: uuid.UUID) -> HttpResponse:
    """Change a line of the plan."""
    partnership = editable_partnership(request, slug)
    return _line_form(request, partnership, _line(partnership, communication_line_id))


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def communication_line_remove(request: SpaceRequest, slug: str, communication_line_id: uuid.UUID) -> HttpResponse:
    """Take a line out of the plan."""
    partnership = editable_partnership(request, slug)
    remove_communication_line(line=_line(partnership, communication_line_id), by=request.user)
    messages.success(request, _("The line was taken out."))
    return redirect(space_url("communication", slug=slug))


def _line_form(request: SpaceRequest, partnership: Partnership, line: CommunicationLine | None) -> HttpResponse:
    members = list(active_members(partnership))
    initial: dict[str, Any] = {name: getattr(line, name) for name in LINE_FIELDS} if line else {}
    form = CommunicationLineForm(
        request.POST if request.method == "POST" else None,
        members=members,
        initial=initial | {"owner": str(line.owner_id or "") if line else ""},
    )
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        fields["owner"] = next((member for member in members if str(member.pk) == fields["owner"]), None)
        save_communication_line(partnership=partnership, by=request.user, line=line, **fields)
        messages.success(request, _("The plan was saved."))
        return redirect(space_url("communication", slug=partnership.slug))
    context = {"form": form, "partnership": partnership, "line": line}
    return render(request, "partnerships/communication_form.html", context, status=422 if form.errors else 200)


def _line(partnership: Partnership, communication_line_id: uuid.UUID) -> CommunicationLine:
    return get_object_or_404(communication_plan(partnership), pk=communication_line_id)
