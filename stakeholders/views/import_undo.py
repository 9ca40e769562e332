"""Undoing an import from its result page."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from stakeholders.operations.import_undo import ImportNotUndoableError, ask_to_undo
from stakeholders.queries.import_undo import can_be_undone
from stakeholders.queries.stakeholder_import import imports_visible_to


@requires(Permission.IMPORT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def stakeholder_import_undo(request: SpaceRequest, import_id: uuid.UUID) -> HttpResponse:
    """Ask, then take back everything an import did."""
    found = get_object_or_404(imports_visible_to(request.viewer), pk=import_id)
    back = space_url("stakeholder_import_result", import_id=import_id)
    if request.method == "POST":
        try:
            undone = ask_to_undo(record_id=import_id, by=request.user)
        except ImportNotUndoableError as refusal:
            messages.error(request, str(refusal))
        else:
            if undone is not None:
                said = ngettext(
                    "%(shown)s stakeholder was removed.", "%(shown)s stakeholders were removed.", undone.removed
                )
                messages.success(request, said % {"shown": number_format(undone.removed, force_grouping=True)})
        return redirect(back)
    if not can_be_undone(found):
        return redirect(back)
    context = {
        "title": _("Undo the whole import?"),
        "text": _(
            "Everybody it added is removed and what it filled in is emptied again. Whoever somebody worked with since"
            " stays, and you are told why."
        ),
        "action": _("Undo the import"),
        "back": back,
    }
    return render(request, "core/confirm.html", context)
