"""The history of a space: who did what, when."""

import uuid

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access.permissions import Permission
from core.forms.audit import HistoryFilter
from core.queries.audit import history_visible_to, people_in_history_of
from core.rules.history import NOUNS
from core.views.tabs import settings_tabs
from core.web.access import SpaceRequest, requires
from core.web.history import history_rows
from core.web.lists import csv_response, page_of
from core.web.pages import page


@requires(Permission.READ_AUDIT)
@require_safe
def history(request: SpaceRequest) -> HttpResponse:
    """The events of where the person coordinates, newest first; by person and by what they were about."""
    people = [(str(user.pk), str(user)) for user in people_in_history_of(request.viewer)]
    form = HistoryFilter(request.GET or None, people=people, nouns=list(NOUNS.items()))
    wanted = form.cleaned_data if form.is_valid() else {}
    who = uuid.UUID(wanted["who"]) if wanted.get("who") else None
    events = history_visible_to(request.viewer, by=who, noun=wanted.get("about", ""))
    if request.GET.get("format") == "csv":
        rows = ((row.at, row.who, row.what) for row in history_rows(list(events[:50_000])))
        return csv_response(_("History"), [_("When"), _("Who"), _("What")], rows, language=get_language() or "en")
    found = page_of(request, events)
    context = {
        "page": found,
        "rows": history_rows(found.rows),
        "form": form,
        "is_filtered": any(wanted.values()),
        "tabs": settings_tabs(request, "history"),
    }
    return page(request, "core/history.html", context, partial="results")
