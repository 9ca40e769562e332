"""What the overview of a partnership shows of its open channels; loaded by it as a part."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from partnerships.queries.communication import as_update_row, missed_rhythm_of, updates_visible_to
from partnerships.queries.partner_feedback import feedback_waiting
from partnerships.queries.recognition import name_of_thanked, recognitions_visible_to, suggestions_from_data
from partnerships.queries.signal import open_signals, signal_rows
from partnerships.queries.worry import contacts_that_serve, worries_waiting_for
from partnerships.rules.communication import ON_VIEW
from partnerships.rules.recognition import State
from partnerships.views.doors import visible_partnership

SHOWN = 3


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def channels(request: SpaceRequest, slug: str) -> HttpResponse:
    """The newest updates and thank-yous, early signs, the way to turn to somebody in private, and what is due."""
    partnership = visible_partnership(request, slug)
    viewer, today = request.viewer, timezone.localdate()
    can_edit = viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id)
    told = updates_visible_to(viewer).filter(partnership=partnership, state__in=ON_VIEW)
    thanks = recognitions_visible_to(viewer).filter(partnership=partnership, given_on__isnull=False)
    suggested = recognitions_visible_to(viewer).filter(partnership=partnership, state=State.SUGGESTED)
    context = {
        "partnership": partnership,
        "updates": [as_update_row(update) for update in told[:SHOWN]],
        "thanks": [{"to": name_of_thanked(one), "reason": one.reason} for one in thanks[:SHOWN]],
        "can_edit": can_edit,
        "can_take_part": viewer.can(Permission.TAKE_PART, partnership.scope_id),
        "missed": missed_rhythm_of(partnership, today=today) if can_edit else None,
        "waiting": suggested.count() + len(suggestions_from_data(partnership, today=today)) if can_edit else 0,
        "signs": signal_rows(viewer, open_signals(viewer, partnership)[:SHOWN]),
        "contacts": contacts_that_serve(partnership),
        "feedback_waiting": feedback_waiting(partnership) if can_edit else 0,
        "told_to_viewer": worries_waiting_for(request.user),
    }
    return render(request, "partnerships/channels.html", context)
