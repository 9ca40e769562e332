"""The register as a list, and what is done to many of it at once."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.models import AuditEvent
from core.web.access import SpaceRequest, requires
from core.web.lists import csv_response, page_of, sort_order, xlsx_response
from core.web.pages import page
from core.web.space import space_url
from stakeholders.forms.register import BulkForm
from stakeholders.models import Stakeholder
from stakeholders.operations.bulk import BULK_VERBS, MOST_AT_ONCE, BulkDone, BulkRefusedError, change_many, undo_bulk
from stakeholders.queries.register import SORTS, Listing, choices_for, exported, ids_to_change, stakeholder_list
from stakeholders.queries.stakeholder import RowMaker, is_register_empty, rows_of
from stakeholders.rules.register import ME, NOBODY, Narrowing, NarrowingError, narrowing_from
from stakeholders.rules.stakeholder import VISIBILITIES, statuses_by_hand
from stakeholders.views.tabs import section_tabs

FORMATS = {"csv": csv_response, "xlsx": xlsx_response}


@requires(Permission.SEE_STAKEHOLDERS)
@require_safe
def stakeholders(request: SpaceRequest) -> HttpResponse:
    """The register, with search, filters, order, and CSV or XLSX of what is shown."""
    narrowing = narrowing_of(request)
    sort, _order = sort_order(request, SORTS, "name")
    listing = stakeholder_list(request.viewer, narrowing, sort=sort)
    if answer := FORMATS.get(request.GET.get("format", "")):
        header, cells = exported(listing.rows)
        return answer(_("stakeholders"), header, cells, language=request.LANGUAGE_CODE)
    found = page_of(request, rows_of(listing.rows), as_row=RowMaker(), most_counted=listing.most_counted)
    context = {
        **_filters(request, narrowing, sort),
        "tabs": section_tabs(request, "stakeholder_list"),
        "page": found,
        "shown_total": number_format(found.total, force_grouping=True),
        "listing": listing,
        "is_empty": not found.rows and not narrowing and is_register_empty(),
        "can_edit": request.viewer.can(Permission.EDIT_STAKEHOLDERS),
        "can_import": request.viewer.can(Permission.IMPORT_STAKEHOLDERS),
        "most_at_once": number_format(MOST_AT_ONCE, force_grouping=True),
        "can_do_all": found.total <= MOST_AT_ONCE and found.has_other_pages,
    }
    return page(request, "stakeholders/stakeholder_list.html", context, partial="results")


def _filters(request: SpaceRequest, narrowing: Narrowing, sort: str) -> dict[str, Any]:
    return {
        "narrowing": narrowing,
        "narrowing_query": narrowing.as_query(),
        "sort": sort,
        "choices": choices_for(request.viewer, narrowing),
        "kinds": Stakeholder.Kind.choices,
        "sectors": Stakeholder.Sector.choices,
        "statuses": Stakeholder.Status.choices,
        "statuses_by_hand": [(status.value, status.label) for status in statuses_by_hand()],
        "stakes": Stakeholder.Stake.choices,
        "bases": [(value, label) for value, label in Stakeholder.LawfulBasis.choices if value],
        "levels": [(str(level.value), level.label) for level in VISIBILITIES],
        "sorts": [("name", _("Name")), ("place", _("Town")), ("newest", _("Newest first"))],
        "fixed_owners": [(ME, _("Me")), (NOBODY, _("Nobody yet"))],
    }


@requires(Permission.EDIT_STAKEHOLDERS)
@require_POST
def stakeholder_bulk(request: SpaceRequest) -> HttpResponse:
    """Do one thing to the ticked ones, or to all that fit; say how many, and how to take it back."""
    form = BulkForm(request.POST)
    back = space_url("stakeholder_list")
    if form.is_valid():
        query = form.cleaned_data["query"]
        back = f"{back}?{query}" if query else back
        try:
            done = change_many(ids=_chosen(request, form), by=request.user, **form.facts())
        except (BulkRefusedError, ValidationError) as refusal:
            messages.error(request, _in_words(refusal))
        else:
            _tell(request, done)
        return redirect(back)
    messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect(back)


def _in_words(refusal: Exception) -> str:
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)


def _tell(request: SpaceRequest, done: BulkDone) -> None:
    """How many were changed, how many could not be, and the way back."""
    said = ngettext("%(shown)s stakeholder was changed.", "%(shown)s stakeholders were changed.", done.changed) % {
        "shown": number_format(done.changed, force_grouping=True)
    }
    if done.left_out:
        said += " " + ngettext("%(shown)s stayed as it was.", "%(shown)s stayed as they were.", done.left_out) % {
            "shown": number_format(done.left_out, force_grouping=True)
        }
    if done.event_id:
        url = space_url("stakeholder_bulk_undo", audit_event_id=done.event_id)
        said = format_html('{} <a href="{}">{}</a>', said, url, _("Take it back"))
    messages.success(request, said)


def _chosen(request: SpaceRequest, form: BulkForm) -> list[uuid.UUID]:
    """The ticked ones, or all that fit. Raises BadRequest for what is no id, BulkRefusedError for one out of sight."""
    if form.cleaned_data["everything"]:
        listing = _listing_at(request, form.cleaned_data["query"])
        return list(listing.rows.values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
    try:
        ids = [uuid.UUID(pk) for pk in request.POST.getlist("id")[:MOST_AT_ONCE]]
    except ValueError as error:
        raise BadRequest from error
    if not ids:
        raise BulkRefusedError(_("Tick the stakeholders first."))
    found = ids_to_change(request.viewer, ids)
    if found is None:
        raise BulkRefusedError(_("One of the ticked ones is not there any more. Nothing was changed: tick them again."))
    return found


def _listing_at(request: SpaceRequest, query: str) -> Listing:
    try:
        return stakeholder_list(request.viewer, narrowing_from(QueryDict(query).dict()))
    except NarrowingError as error:
        raise BadRequest from error


@requires(Permission.EDIT_STAKEHOLDERS)
@require_http_methods(["GET", "POST"])
def stakeholder_bulk_undo(request: SpaceRequest, audit_event_id: uuid.UUID) -> HttpResponse:
    """Take a change of many back."""
    event = get_object_or_404(AuditEvent, pk=audit_event_id, actor=request.user, verb__in=BULK_VERBS)
    if request.method != "POST":
        return render(request, "core/confirm.html", _asking(len(event.changes["ids"])))
    try:
        count = undo_bulk(event=event, by=request.user)
    except BulkRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext("Taken back for %(shown)s stakeholder.", "Taken back for %(shown)s stakeholders.", count)
        messages.success(request, said % {"shown": number_format(count, force_grouping=True)})
    return redirect(space_url("stakeholder_list"))


def _asking(count: int) -> dict[str, str]:
    text = ngettext(
        "It goes back to what it was before for %(shown)s stakeholder.",
        "It goes back to what it was before for %(shown)s stakeholders.",
        count,
    )
    return {
        "title": _("Take the change back?"),
        "text": text % {"shown": number_format(count, force_grouping=True)},
        "action": _("Take it back"),
        "back": space_url("stakeholder_list"),
    }


def narrowing_of(request: HttpRequest) -> Narrowing:
    """What the address narrows the list by; raises BadRequest for a value there is not (INP-03)."""
    try:
        return narrowing_from(request.GET.dict())
    except NarrowingError as error:
        raise BadRequest from error
