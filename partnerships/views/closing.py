"""The checklist of a partnership that ends."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from partnerships.models import Partnership
from partnerships.operations.closing import ClosingRefusedError, settle_closing_step
from partnerships.queries.closing import closing_rows
from partnerships.views.doors import editable_partnership, visible_partnership


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def partnership_closing(request: SpaceRequest, slug: str) -> HttpResponse:
    """What has to be settled before the partnership is closed, for everybody in it to read."""
    partnership = visible_partnership(request, slug)
    is_ending = partnership.state == Partnership.State.WINDING_DOWN
    context = {
        "partnership": partnership,
        "rows": closing_rows(partnership),
        "is_ending": is_ending,
        "can_settle": is_ending and request.viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id),
    }
    return render(request, "partnerships/closing.html", context)


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def partnership_closing_settle(request: SpaceRequest, slug: str) -> HttpResponse:
    """Settle a point, or open it again."""
    partnership = editable_partnership(request, slug)
    try:
        settle_closing_step(
            partnership=partnership,
            kind=request.POST.get("kind", ""),
            by=request.user,
            is_settled=request.POST.get("settled") == "1",
            note=request.POST.get("note", ""),
        )
    except ClosingRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved."))
    return redirect(space_url("partnership_closing", slug=slug))
