"""The agenda of a meeting: its subjects, what is offered for it, and sending it."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.rules.upload_content import UploadError
from core.web.access import SpaceRequest, requires
from core.web.downloads import file_answer
from partnerships.agenda import suggestions_for
from partnerships.forms.agenda import ItemForm
from partnerships.forms.meeting import LateForm
from partnerships.models import AgendaItem, Meeting
from partnerships.operations.agenda import (
    add_item,
    change_item,
    move_item,
    put_suggestion_aside,
    remove_item,
    take_suggestion,
)
from partnerships.operations.meeting import MeetingRefusedError, findings_of, send_agenda
from partnerships.queries.agenda import items_of
from partnerships.queries.meeting import when_of
from partnerships.queries.member import members_to_ask
from partnerships.rules.meeting import INVITED, can_change_meeting, can_take_notes
from partnerships.rules.severity import blocking
from partnerships.views.meeting import editable_meeting, to_meeting, visible_meeting


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def agenda(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """The agenda to write: subjects in order, suggestions, and a new one."""
    meeting = editable_meeting(request, slug, number)
    form = _item_form(request, meeting)
    if request.method == "POST" and form.is_valid():
        try:
            add_item(meeting=meeting, by=request.user, **form.cleaned_data)
        except (ValidationError, MeetingRefusedError, UploadError) as error:
            form.add_error(None, _in_words(error))
        else:
            messages.success(request, _("It is on the agenda."))
            return to_meeting(meeting, "agenda")
    context = agenda_context(request, meeting) | {"form": form}
    return render(request, "partnerships/agenda.html", context, status=422 if form.errors else 200)


def agenda_context(request: SpaceRequest, meeting: Meeting, late: LateForm | None = None) -> dict[str, Any]:
    """What the page of an agenda needs."""
    today = timezone.localdate()
    items = list(items_of(meeting))
    findings = findings_of(meeting, today=today)
    return {
        "meeting": meeting,
        "partnership": meeting.partnership,
        "when": when_of(meeting),
        "items": items,
        "total": sum(item.minutes_planned for item in items),
        "findings": findings,
        "stops": bool(blocking(findings, meeting.partnership.mode)),
        "suggestions": suggestions_for(meeting, today=today),
        "late": late or LateForm(),
        "can_change": bool(can_change_meeting(state=meeting.state)),
        "can_add": bool(can_change_meeting(state=meeting.state) or can_take_notes(state=meeting.state)),
        "can_send": meeting.state in INVITED,
    }


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def suggestion_take(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Take a suggestion over, or put it aside, as the button says."""
    meeting = editable_meeting(request, slug, number)
    code = request.POST.get("code", "")
    try:
        if request.POST.get("to") == "aside":
            put_suggestion_aside(meeting=meeting, code=code, by=request.user)
        else:
            take_suggestion(meeting=meeting, code=code, by=request.user)
    except MeetingRefusedError as refusal:
        messages.error(request, str(refusal))
    return to_meeting(meeting, "agenda")


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def agenda_send(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Mail the agenda to everybody invited."""
    meeting = editable_meeting(request, slug, number)
    late = LateForm(request.POST)
    try:
        send_agenda(meeting=meeting, by=request.user, reason=late.cleaned_data["reason"] if late.is_valid() else "")
    except MeetingRefusedError as refusal:
        late.add_error("reason", str(refusal))
        context = agenda_context(request, meeting, late) | {"form": _item_form(request, meeting, is_empty=True)}
        return render(request, "partnerships/agenda.html", context, status=422)
    messages.success(request, _("The agenda is on its way."))
    return to_meeting(meeting)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def item_edit(request: SpaceRequest, slug: str, number: int, agenda_item_id: uuid.UUID) -> HttpResponse:
    """Reword one subject."""
    meeting = editable_meeting(request, slug, number)
    item = item_of(meeting, agenda_item_id)
    form = _item_form(request, meeting, initial=ItemForm.initial_of(item))
    if request.method == "POST" and form.is_valid():
        try:
            change_item(item=item, by=request.user, **form.cleaned_data)
        except (ValidationError, MeetingRefusedError, UploadError) as error:
            form.add_error(None, _in_words(error))
        else:
            messages.success(request, _("The changes were saved."))
            return to_meeting(meeting, "agenda")
    context = {"form": form, "meeting": meeting, "partnership": meeting.partnership, "item": item}
    return render(request, "partnerships/agenda_item_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def item_move(request: SpaceRequest, slug: str, number: int, agenda_item_id: uuid.UUID) -> HttpResponse:
    """Up or down, as the button says."""
    meeting = editable_meeting(request, slug, number)
    item = item_of(meeting, agenda_item_id)
    try:
        move_item(item=item, up=request.POST.get("to") == "up", by=request.user)
    except MeetingRefusedError as refusal:
        messages.error(request, str(refusal))
    return to_meeting(meeting, "agenda")


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def item_remove(request: SpaceRequest, slug: str, number: int, agenda_item_id: uuid.UUID) -> HttpResponse:
    """Take a subject off the agenda."""
    meeting = editable_meeting(request, slug, number)
    item = item_of(meeting, agenda_item_id)
    try:
        remove_item(item=item, by=request.user)
    except MeetingRefusedError as refusal:
        messages.error(request, str(refusal))
    return to_meeting(meeting, "agenda")


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def item_paper(request: SpaceRequest, slug: str, number: int, agenda_item_id: uuid.UUID) -> HttpResponse:
    """The file to read before."""
    return file_answer(item_of(visible_meeting(request, slug, number), agenda_item_id).paper_file)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def agenda_file(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """The agenda as a document; 404 while it is being made."""
    return file_answer(visible_meeting(request, slug, number).agenda_pdf)


def item_of(meeting: Meeting, agenda_item_id: uuid.UUID) -> AgendaItem:
    """A subject of a meeting; 404 for one of another."""
    return get_object_or_404(items_of(meeting), pk=agenda_item_id)


def _item_form(
    request: SpaceRequest, meeting: Meeting, *, initial: dict[str, Any] | None = None, is_empty: bool = False
) -> ItemForm:
    is_sent = request.method == "POST" and not is_empty
    return ItemForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        members=members_to_ask(meeting.partnership),
        initial=initial,
    )


def _in_words(error: Exception) -> Any:
    return error if isinstance(error, ValidationError) else str(error)
