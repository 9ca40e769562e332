"""The pages of an e-mailed link to take the minutes of one meeting: who is there, each item, a new one.

A GET never changes anything. Nothing else of the partnership is seen from here: no papers, no decisions, no tasks.
"""

import uuid
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.operations.link import LinkUnknownError
from core.operations.rate import TooOftenError
from core.web.access import SpaceRequest, by_link
from core.web.pages import wants_fragment
from partnerships.forms.agenda import NewItemForm, NotesForm
from partnerships.models import AgendaItem, Attendance, Meeting
from partnerships.operations.agenda import add_item, write_notes
from partnerships.operations.attendance import note_presence
from partnerships.operations.meeting import MeetingRefusedError
from partnerships.operations.notes_link import NotesLinkGoneError, open_notes_link, renew_notes_link
from partnerships.queries.agenda import items_of
from partnerships.queries.meeting import attendances_of, presences_sent, when_of
from partnerships.rules.authority import LinkHolder

Opened = tuple[Meeting, LinkHolder]


@by_link
@require_safe
def notes_link(request: SpaceRequest, token: str) -> HttpResponse:
    """The items one after the other, and who is there."""
    opened = _opened(request, token)
    if isinstance(opened, HttpResponse):
        return opened
    return _page(request, token, opened)


@by_link
@require_POST
def notes_link_item(request: SpaceRequest, token: str, agenda_item_id: uuid.UUID) -> HttpResponse:
    """Keep the notes of an item; asked for by the page itself it answers with one word."""
    opened = _opened(request, token)
    if isinstance(opened, HttpResponse):
        return opened
    meeting, holder = opened
    item = get_object_or_404(items_of(meeting), pk=agenda_item_id)
    form = NotesForm(request.POST, auto_id="notes_%s")
    if form.is_valid():
        try:
            write_notes(item=item, by=holder, **form.cleaned_data)
        except (MeetingRefusedError, ValidationError) as error:
            form.add_error("summary", str(error))
    is_kept = not form.errors
    if wants_fragment(request):
        words = _("Saved") if is_kept else _("This was not saved.")
        return render(request, "partnerships/notes_saved.html", {"words": words}, status=200 if is_kept else 422)
    if not is_kept:
        return _page(request, token, opened, item=item, notes_form=form)
    messages.success(request, _("Saved"))
    return _back(request, token, item)


@by_link
@require_POST
def notes_link_add(request: SpaceRequest, token: str) -> HttpResponse:
    """Put a subject at the end, for what comes up while the meeting runs."""
    opened = _opened(request, token)
    if isinstance(opened, HttpResponse):
        return opened
    meeting, holder = opened
    form = NewItemForm(request.POST, auto_id="new_%s")
    if form.is_valid():
        try:
            item = add_item(meeting=meeting, by=holder, **form.cleaned_data)
        except (MeetingRefusedError, ValidationError) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        else:
            return _back(request, token, item)
    return _page(request, token, opened, new_form=form)


@by_link
@require_POST
def notes_link_people(request: SpaceRequest, token: str) -> HttpResponse:
    """Keep who is there."""
    opened = _opened(request, token)
    if isinstance(opened, HttpResponse):
        return opened
    meeting, holder = opened
    try:
        note_presence(meeting=meeting, presences=presences_sent(meeting, request.POST), by=holder)
    except MeetingRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Noted who is there."))
    return _back(request, token, None)


@by_link
@require_POST
def notes_link_renew(request: SpaceRequest, token: str) -> HttpResponse:
    """Mail a new link; the answer is the same whatever happened."""
    with suppress(TooOftenError):
        renew_notes_link(token=token)
    return render(request, "partnerships/link_renewed.html")


def _opened(request: SpaceRequest, token: str) -> Opened | HttpResponse:
    """The meeting and who opened the link, or the page that says it has ended, with what was typed."""
    try:
        return open_notes_link(token)
    except LinkUnknownError as error:
        raise Http404 from error
    except NotesLinkGoneError as gone:
        typed = request.POST.get("summary", "")[:5000]
        context = {"token": token, "went_round": gone.went_round, "words": typed}
        return render(request, "partnerships/notes_link_gone.html", context, status=410)


def _page(
    request: SpaceRequest,
    token: str,
    opened: Opened,
    *,
    item: AgendaItem | None = None,
    notes_form: NotesForm | None = None,
    new_form: NewItemForm | None = None,
) -> HttpResponse:
    meeting, holder = opened
    items = list(items_of(meeting))
    wanted = request.GET.get("item", "")
    shown = item or next((one for one in items if str(one.pk) == wanted), items[0] if items else None)
    at = items.index(shown) + 1 if shown in items else len(items)
    initial = {"summary": shown.summary, "state": shown.state} if shown else {}
    context: dict[str, Any] = {
        "meeting": meeting,
        "partnership": meeting.partnership,
        "person": holder.person,
        "when": when_of(meeting),
        "token": token,
        "items": items,
        "item": shown,
        "next_item": items[at] if at < len(items) else None,
        "people": list(attendances_of(meeting)),
        "presences": [choice for choice in Attendance.Presence.choices if choice[0]],
        "notes_form": notes_form or (NotesForm(auto_id="notes_%s", initial=initial) if shown else None),
        "new_form": new_form or NewItemForm(auto_id="new_%s"),
    }
    is_bad = notes_form is not None or new_form is not None
    return render(request, "partnerships/notes_link.html", context, status=422 if is_bad else 200)


def _back(request: SpaceRequest, token: str, item: AgendaItem | None) -> HttpResponse:
    url = reverse("notes_link", kwargs={"tenant": request.tenant.slug, "token": token})
    return redirect(f"{url}?item={item.pk}" if item else url)
