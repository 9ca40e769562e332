"""How residents of a partnership are answered."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.space import space_url
from engagement.operations.loop import measure_an_area, measure_the_loop
from engagement.queries.loop import loop_board, loop_figures, recorded_areas
from engagement.rules.answering import share_in_words
from partnerships.views.doors import partnership_allowing


@requires(Permission.ANSWER_RESIDENTS)
@require_safe
def loop(request: SpaceRequest, slug: str) -> HttpResponse:
    """Themes answered and days waited by area, of the last twelve months."""
    partnership = partnership_allowing(request, slug, Permission.ANSWER_RESIDENTS)
    board = loop_board(partnership, today=timezone.localdate())
    figures = list(loop_figures(partnership))
    context = {
        "partnership": partnership,
        "board": board,
        "recorded": recorded_areas(board, figures),
        "records_all": any(not figure.place for figure in figures),
        "share": share_in_words(board.answered_themes, board.themes),
        "figures": figures,
        "can_measure": request.viewer.can(Permission.DEFINE_INDICATORS, partnership.scope_id),
    }
    return render(request, "engagement/loop.html", context)


@requires(Permission.DEFINE_INDICATORS)
@require_POST
def loop_measure(request: SpaceRequest, slug: str) -> HttpResponse:
    """Record both figures from now on, of the whole partnership or of the area that was named."""
    partnership = partnership_allowing(request, slug, Permission.DEFINE_INDICATORS)
    try:
        if place := request.POST.get("place", ""):
            measure_an_area(partnership=partnership, place=place, by=request.user)
        else:
            measure_the_loop(partnership=partnership, by=request.user)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, _("Both figures are recorded each quarter from now on."))
    return redirect(space_url("loop", slug=slug))
