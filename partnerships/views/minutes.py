"""Minutes: the draft, sending them round, approving, correcting, and the document."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access.permissions import Permission
from core.documents.markdown import render_markdown
from core.queries.tenant import tenant_at_work
from core.web.access import SpaceRequest, members, requires
from core.web.downloads import file_answer
from partnerships.forms.agenda import CommentForm, ErratumForm, MinutesForm
from partnerships.models import Meeting, Partnership
from partnerships.operations.attendance import confirm_heard
from partnerships.operations.meeting import MeetingRefusedError
from partnerships.operations.minutes import answer_minutes, circulate_minutes, close_minutes, write_erratum
from partnerships.queries.meeting import heard_in, may_take_notes, own_attendances, when_of
from partnerships.queries.minutes import (
    approvals_of,
    errata_of,
    minutes_text,
    newest_minutes,
    present_at,
    standing_of_minutes,
)
from partnerships.rules.minutes import can_circulate, can_close_minutes, circulation_findings
from partnerships.views.meeting import (
    meeting_to_note,
    noted_meeting,
    sees_partnership,
    to_meeting,
    visible_meeting,
)


@members
@require_safe
def minutes_detail(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """The minutes: their draft to who writes them, the text that went round to everybody."""
    meeting = noted_meeting(request, slug, number)
    return render(request, "partnerships/minutes_detail.html", _context(request, meeting))


def _context(request: SpaceRequest, meeting: Meeting, **forms: Any) -> dict[str, Any]:
    minutes = newest_minutes(meeting)
    writes = may_take_notes(request.viewer, meeting)
    if minutes is None and not writes:
        raise Http404
    standing = standing_of_minutes(minutes) if minutes else None
    has_comments = bool(standing and standing.comments)
    can_send = bool(can_circulate(state=meeting.state, has_open_comments=has_comments))
    text = minutes.text if minutes else minutes_text(meeting, language=tenant_at_work().default_language)
    mine = own_attendances(request.user, meeting).filter(pk__in=present_at(meeting).values("pk")).first()
    is_open = minutes is not None and minutes.frozen_at is None
    has_clock = minutes is not None and minutes.approve_by is not None
    can_close = can_close_minutes(state=meeting.state, has_clock=has_clock, has_open_comments=has_comments)
    return {
        "meeting": meeting,
        "partnership": meeting.partnership,
        "sees_partnership": sees_partnership(request, meeting),
        "when": when_of(meeting),
        "minutes": minutes,
        "text": render_markdown(text, top_heading=2),
        "standing": standing,
        "has_clock": meeting.partnership.mode == Partnership.Mode.FULL if minutes is None else has_clock,
        "can_close": bool(writes and is_open and can_close),
        "approvals": approvals_of(minutes) if minutes else [],
        "errata": list(errata_of(minutes)) if minutes else [],
        "findings": circulation_findings(
            met_on=timezone.localtime(meeting.starts_at).date(), today=timezone.localdate()
        )
        if can_send
        else [],
        "send_form": MinutesForm(initial={"text": text}) if writes and can_send else None,
        "form": CommentForm(initial={"hash_seen": minutes.text_sha256}) if minutes and mine and is_open else None,
        "erratum_form": ErratumForm() if writes and minutes and not is_open else None,
        **forms,
    }


@members
@require_POST
def minutes_circulate(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Send the minutes to everybody who was there."""
    meeting = meeting_to_note(request, slug, number)
    form = MinutesForm(request.POST)
    if form.is_valid():
        try:
            circulate_minutes(meeting=meeting, by=request.user, text=form.cleaned_data["text"])
        except MeetingRefusedError as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("The minutes are on their way to everybody who was there."))
            return to_meeting(meeting, "minutes_detail")
    return render(request, "partnerships/minutes_detail.html", _context(request, meeting, send_form=form), status=422)


@members
@require_POST
def minutes_close(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Close minutes for which no clock runs."""
    meeting = meeting_to_note(request, slug, number)
    minutes = newest_minutes(meeting)
    if minutes is None:
        raise Http404
    try:
        close_minutes(minutes=minutes, by=request.user)
    except MeetingRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The minutes are closed and do not change any more."))
    return to_meeting(meeting, "minutes_detail")


@requires(Permission.SEE_PARTNERSHIP)
@require_POST
def minutes_answer(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Approve the minutes for oneself, or say what is not right."""
    meeting = visible_meeting(request, slug, number)
    minutes, mine = newest_minutes(meeting), own_attendances(request.user, meeting).first()
    if minutes is None or mine is None:
        raise PermissionDenied
    form = CommentForm(request.POST)
    if form.is_valid():
        try:
            answer_minutes(minutes=minutes, attendance=mine, by=request.user, **form.cleaned_data)
        except MeetingRefusedError as refusal:
            form.add_error("comment", str(refusal))
        else:
            messages.success(request, _("Thank you. Your answer is kept."))
            return to_meeting(meeting, "minutes_detail")
    return render(request, "partnerships/minutes_detail.html", _context(request, meeting, form=form), status=422)


@members
@require_POST
def minutes_correct(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Correct approved minutes by a dated note."""
    meeting = meeting_to_note(request, slug, number)
    minutes = newest_minutes(meeting)
    if minutes is None:
        raise Http404
    form = ErratumForm(request.POST)
    if form.is_valid():
        try:
            write_erratum(minutes=minutes, text=form.cleaned_data["text"], by=request.user)
        except (MeetingRefusedError, ValidationError) as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, _("The correction stands below the minutes."))
            return to_meeting(meeting, "minutes_detail")
    return render(
        request, "partnerships/minutes_detail.html", _context(request, meeting, erratum_form=form), status=422
    )


@members
@require_safe
def minutes_file(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Approved minutes as a document; 404 while it is being made."""
    minutes = newest_minutes(noted_meeting(request, slug, number))
    return file_answer(minutes.pdf if minutes else None)


@requires(Permission.SEE_PARTNERSHIP)
@require_POST
def heard_answer(request: SpaceRequest, slug: str, number: int, heard_back_id: uuid.UUID) -> HttpResponse:
    """Say for one's organisation that it was understood, or how it was meant."""
    meeting = visible_meeting(request, slug, number)
    heard = get_object_or_404(heard_in(meeting).select_related("meeting"), pk=heard_back_id)
    try:
        confirm_heard(heard=heard, by=request.user, correction=request.POST.get("correction", "")[:1000])
    except MeetingRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you."))
    return to_meeting(meeting)
