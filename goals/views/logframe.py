"""The logical framework as a page, CSV and Excel."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.lists import csv_response, xlsx_response
from goals.queries.logframe import logframe, logframe_columns
from partnerships.views.doors import visible_partnership
from partnerships.views.tabs import partnership_tabs

FILES = {"csv": csv_response, "xlsx": xlsx_response}


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def logframe_page(request: SpaceRequest, slug: str) -> HttpResponse:
    """What the partnership wants, how it is seen and what must hold, as funders ask for it."""
    partnership = visible_partnership(request, slug)
    language = request.LANGUAGE_CODE[:2]
    levels = logframe(request.viewer, partnership, language=language)
    columns = logframe_columns()
    if answer := FILES.get(request.GET.get("format", "")):
        rows = (row.cells for level in levels for row in level.rows)
        return answer(_("logical framework"), columns, rows, language=language)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "theory"),
        "levels": levels,
        "columns": columns[1:],
    }
    return render(request, "goals/logframe.html", context)
