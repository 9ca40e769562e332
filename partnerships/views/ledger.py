"""Pages of the ledger: what everybody promised, wherever it was said."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access.permissions import Permission
from core.access.visibility import Visibility
from core.web.access import SpaceRequest, members, requires
from core.web.lists import csv_response, page_of
from core.web.pages import page
from partnerships.models import Partnership
from partnerships.queries.commitment import commitments_to_confirm
from partnerships.queries.ledger import (
    LedgerLineMaker,
    Wish,
    kept_rate,
    ledger_of,
    origin_choices,
    rate_of,
    rates_in,
)
from partnerships.queries.member import active_members
from partnerships.queries.representative import representations_of
from partnerships.rules.ledger import KeptRate, LedgerStatus
from partnerships.views.doors import visible_partnership
from partnerships.views.tabs import partnership_tabs
from partnerships.views.task_views import task_views

MOST_TO_CONFIRM = 20


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def ledger(request: SpaceRequest, slug: str) -> HttpResponse:
    """The promises in a partnership with filters, also as CSV; who kept how many, never as a ranking."""
    partnership, today = visible_partnership(request, slug), timezone.localdate()
    organisations = [(str(one.organisation_id), one.organisation.name) for one in active_members(partnership)]
    chosen = request.GET.get("organisation", "")
    chosen = chosen if chosen in dict(organisations) else ""
    status, origin = _asked(request)
    organisation = {uuid.UUID(chosen)} if chosen else None
    wish = Wish(partnership_id=partnership.pk, organisations=organisation, status=status, origin=origin)
    rows = ledger_of(request.viewer, wish, today=today)
    if request.GET.get("format") == "csv":
        return _csv(request, rows, partnership.slug)
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "task_list"),
        "ways": task_views(partnership, "ledger"),
        "page": page_of(request, rows, as_row=LedgerLineMaker(today=today)),
        "organisations": organisations,
        "organisation": chosen,
        "is_filtered": wish.is_narrowed or bool(chosen),
        **_choices(wish),
        **_rates(request, partnership),
        "to_confirm": list(commitments_to_confirm(request.viewer).filter(partnership=partnership)[:MOST_TO_CONFIRM]),
        "can_record": request.viewer.can(Permission.PROPOSE_TASKS, partnership.scope_id),
    }
    return page(request, "partnerships/ledger.html", context, partial="results")


@members
@require_safe
def own_ledger(request: SpaceRequest) -> HttpResponse:
    """What the viewer's organisations promised in all partnerships, wherever it was said."""
    today = timezone.localdate()
    own = set(representations_of(request.user).values_list("member__organisation_id", flat=True))
    status, origin = _asked(request)
    wish = Wish(organisations=own, status=status, origin=origin)
    rows = ledger_of(request.viewer, wish, today=today)
    if request.GET.get("format") == "csv":
        return _csv(request, rows, _("what we promised"))
    waiting = commitments_to_confirm(request.viewer).filter(member__organisation__in=own)
    context = {
        "page": page_of(request, rows, as_row=LedgerLineMaker(today=today)),
        "to_confirm": list(waiting[:MOST_TO_CONFIRM]),
        "rate": kept_rate(request.viewer, wish=Wish(organisations=own), until=today),
        "is_filtered": wish.is_narrowed,
        **_choices(wish),
    }
    return render(request, "partnerships/own_ledger.html", context)


def _asked(request: SpaceRequest) -> tuple[str, str]:
    """State and place of the filter; what is neither narrows nothing."""
    status, origin = request.GET.get("status", ""), request.GET.get("source", "")
    known = dict(origin_choices())
    return status if status in LedgerStatus.values else "", origin if origin in known else ""


def _choices(wish: Wish) -> dict[str, Any]:
    return {
        "statuses": LedgerStatus.choices,
        "status": wish.status,
        "sources": origin_choices(),
        "source": wish.origin,
    }


def _rates(request: SpaceRequest, partnership: Partnership) -> dict[str, Any]:
    """The partnership's share for its partners; an organisation's for itself and coordination (domain 2.6)."""
    viewer = request.viewer
    if not _is_partner(request, partnership):
        return {"rate": None, "rates": []}
    rates = rates_in(partnership, today=timezone.localdate())
    shown: list[tuple[str, KeptRate]] = []
    if viewer.can(Permission.PROPOSE_TASKS, partnership.scope_id):
        shown = [(one.organisation.name, rates[one.organisation_id]) for one in _with_rates(partnership, rates)]
    else:
        own = representations_of(request.user).filter(member__partnership=partnership)
        names = dict(own.values_list("member__organisation_id", "member__organisation__name"))
        shown = [(name, rates[pk]) for pk, name in names.items() if pk in rates]
    return {"rate": rate_of(rates.values()), "rates": shown}


def _with_rates(partnership: Partnership, rates: dict[Any, KeptRate]) -> list[Any]:
    return [member for member in active_members(partnership) if member.organisation_id in rates]


def _is_partner(request: SpaceRequest, partnership: Partnership) -> bool:
    """Whether the viewer reads what partners read, as funders and the public do not."""
    levels = request.viewer.scopes_by_level()
    here = [level for level, scopes in levels.items() if partnership.scope_id in scopes]
    return min([request.viewer.level_everywhere(), *here]) <= Visibility.PARTNERS


def _csv(request: SpaceRequest, rows: Any, name: str) -> HttpResponse:
    header = [
        _("Organisation"),
        _("Promise"),
        _("Where"),
        _("Partnership"),
        _("By"),
        _("First agreed date"),
        _("Kept on"),
        _("State"),
        _("What shows it"),
    ]
    maker = LedgerLineMaker(today=timezone.localdate())
    cells = (
        (
            line.by,
            line.title,
            line.where,
            line.partnership,
            line.due_on,
            line.first_agreed_on,
            line.kept_on,
            line.badge,
            line.evidence,
        )
        for line in map(maker, rows)
    )
    title = _("promises %(name)s") % {"name": name}
    return csv_response(title, header, cells, language=request.LANGUAGE_CODE)
