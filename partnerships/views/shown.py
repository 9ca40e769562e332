"""Who may see a record: a page for every kind that has no place for it in its own forms."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from partnerships.forms.shown import ShownToForm
from partnerships.operations.shown import LevelRefusedError, show_to
from partnerships.shown import shown_record
from partnerships.views.doors import editable_partnership


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def shown_to(request: SpaceRequest, slug: str, subject_kind: str, subject_id: uuid.UUID) -> HttpResponse:
    """Choose who may see a record, also when its words are fixed."""
    partnership = editable_partnership(request, slug)
    shown = shown_record(request.viewer, subject_kind, subject_id)
    if shown is None or shown.partnership.pk != partnership.pk:
        raise Http404
    form = ShownToForm(request.POST if request.method == "POST" else None, shown=shown)
    if request.method == "POST" and form.is_valid():
        try:
            show_to(shown=shown, by=request.user, **form.cleaned_data)
        except LevelRefusedError as refusal:
            form.add_error("visibility", str(refusal))
        else:
            messages.success(request, _("The changes were saved."))
            return redirect(shown.url)
    context = {"form": form, "partnership": partnership, "shown": shown}
    return render(request, "partnerships/shown_to.html", context, status=422 if form.errors else 200)
