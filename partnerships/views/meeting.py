"""Meetings of a partnership: lists, one meeting, planning, inviting, answering."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, requires
from core.web.lists import page_of
from core.web.pages import page
from core.web.space import space_url
from partnerships.forms.meeting import AnswerForm, InviteForm, MeetingForm
from partnerships.forms.task import ReasonForm
from partnerships.models import Attendance, Meeting
from partnerships.operations.attendance import answer_invitation, invite_people, uninvite
from partnerships.operations.meeting import (
    MeetingRefusedError,
    cancel_meeting,
    change_meeting,
    plan_meeting,
    schedule_meeting,
)
from partnerships.operations.notes_link import NotesLinkRefusedError, send_notes_link
from partnerships.queries.agenda import items_of
from partnerships.queries.meeting import (
    as_meeting_row,
    attendances_of,
    guests_to_invite,
    heard_to_confirm,
    may_take_notes,
    meeting_list,
    meetings_to_note,
    meetings_visible_to,
    others_to_take_notes,
    own_attendances,
    people_to_invite,
    series_of,
    speakers_of,
    voice_of,
    when_of,
)
from partnerships.queries.minutes import newest_minutes
from partnerships.rules.meeting import AHEAD, INVITED, NOT_OVER, RUNNING, TONES, WITH_MINUTES, can_send_notes_link
from partnerships.views.doors import editable_partnership, visible_partnership
from partnerships.views.tabs import partnership_tabs

PER_PAGE = 25
OWN_FIELDS = ("title", "purpose", "place", "online_link", "kind", "accessibility", "visibility")


def visible_meeting(request: SpaceRequest, slug: str, number: int) -> Meeting:
    """The meeting of an address; 404 when the viewer may not see it."""
    return get_object_or_404(meetings_visible_to(request.viewer), partnership__slug=slug, number=number)


def editable_meeting(request: SpaceRequest, slug: str, number: int) -> Meeting:
    """The meeting of an address that the viewer may change; 404 unseen, 403 for who only takes part."""
    editable_partnership(request, slug)
    return visible_meeting(request, slug, number)


def meeting_to_note(request: SpaceRequest, slug: str, number: int) -> Meeting:
    """The meeting of an address whose minutes the viewer writes; 404 unseen, 403 for who only takes part.

    Its named note taker comes in although they may see nothing else of the partnership.
    """
    meeting = noted_meeting(request, slug, number)
    if not may_take_notes(request.viewer, meeting):
        raise PermissionDenied
    return meeting


def noted_meeting(request: SpaceRequest, slug: str, number: int) -> Meeting:
    """The meeting of an address that the viewer may see or is named to write the minutes of; 404 otherwise."""
    return get_object_or_404(meetings_to_note(request.viewer), partnership__slug=slug, number=number)


def sees_partnership(request: SpaceRequest, meeting: Meeting) -> bool:
    """Whether the viewer may see the partnership of a meeting they write the minutes of."""
    return request.viewer.can(Permission.SEE_PARTNERSHIP, meeting.partnership.scope_id)


def to_meeting(meeting: Meeting, name: str = "meeting_detail") -> HttpResponse:
    """On to a page of a meeting."""
    return redirect(space_url(name, slug=meeting.partnership.slug, number=meeting.number))


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def meetings(request: SpaceRequest, slug: str) -> HttpResponse:
    """What comes and what was."""
    partnership = visible_partnership(request, slug)
    now, viewer = timezone.now(), request.viewer
    context = {
        "partnership": partnership,
        "tabs": partnership_tabs(request, partnership, "meeting_list"),
        "ahead": [as_meeting_row(one) for one in meeting_list(viewer, partnership, past=False, now=now)[:PER_PAGE]],
        "page": page_of(
            request, meeting_list(viewer, partnership, past=True, now=now), as_row=as_meeting_row, per_page=PER_PAGE
        ),
        "series": list(series_of(partnership)),
        "voices": voice_of(partnership, today=timezone.localdate()),
        "can_edit": viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id),
    }
    return render(request, "partnerships/meeting_list.html", context)


@requires(Permission.SEE_PARTNERSHIP)
@require_safe
def meeting_detail(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """One meeting: when, what about, who comes, and what the viewer may do."""
    meeting = visible_meeting(request, slug, number)
    return render(request, "partnerships/meeting_detail.html", meeting_context(request, meeting))


def meeting_context(request: SpaceRequest, meeting: Meeting, form: AnswerForm | None = None) -> dict[str, Any]:
    """What the page of a meeting needs, with the form a refused answer came back in."""
    can_edit = request.viewer.can(Permission.EDIT_PARTNERSHIP, meeting.partnership.scope_id)
    mine = own_attendances(request.user, meeting).first()
    answers = mine is not None and meeting.state in INVITED
    initial = {"answer": mine.answer, "access_needs": mine.access_needs} if mine else {}
    return {
        "meeting": meeting,
        "partnership": meeting.partnership,
        "when": when_of(meeting),
        "tone": TONES[meeting.state],
        "items": list(items_of(meeting)),
        "people": list(attendances_of(meeting)),
        "mine": mine,
        "form": (form or AnswerForm(initial=initial)) if answers else None,
        "to_confirm": list(heard_to_confirm(request.user, meeting)),
        "minutes": newest_minutes(meeting),
        "has_minutes": meeting.state in WITH_MINUTES,
        "can_edit": can_edit,
        "is_ahead": meeting.state in AHEAD,
        "can_invite": can_edit and meeting.state in NOT_OVER,
        "is_draft": meeting.state == Meeting.State.DRAFT,
        "sends_notes_link": can_edit
        and bool(can_send_notes_link(state=meeting.state, has_taker=meeting.note_taker_id is not None)),
        "can_run": meeting.state in RUNNING and may_take_notes(request.viewer, meeting),
    }


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def meeting_new(request: SpaceRequest, slug: str) -> HttpResponse:
    """Plan a meeting; nobody is told yet."""
    partnership = editable_partnership(request, slug)
    form = MeetingForm(
        request.POST if request.method == "POST" else None,
        speakers=speakers_of(partnership),
        cap=partnership.visibility,
    )
    if request.method == "POST" and form.is_valid():
        try:
            meeting = plan_meeting(partnership=partnership, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Planned. Nobody was told yet: choose whom to invite."))
            return to_meeting(meeting)
    context = {"form": form, "partnership": partnership}
    return render(request, "partnerships/meeting_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def meeting_edit(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Change a meeting; who was invited is told."""
    meeting = editable_meeting(request, slug, number)
    form = MeetingForm(
        request.POST if request.method == "POST" else None,
        speakers=speakers_of(meeting.partnership),
        others=others_to_take_notes(meeting),
        cap=meeting.partnership.visibility,
        now=meeting.visibility,
        initial={name: getattr(meeting, name) for name in OWN_FIELDS} | MeetingForm.initial_of(meeting),
    )
    form.initial["chair"] = form.key_of(meeting.chair_id)
    form.initial["note_taker"] = form.key_of(meeting.note_taker_id)
    if request.method == "POST" and form.is_valid():
        try:
            change_meeting(meeting=meeting, by=request.user, **form.cleaned_data)
        except (ValidationError, MeetingRefusedError) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        else:
            messages.success(request, _("The changes were saved."))
            return to_meeting(meeting)
    context = {"form": form, "partnership": meeting.partnership, "meeting": meeting}
    return render(request, "partnerships/meeting_form.html", context, status=422 if form.errors else 200)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def meeting_invite(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Choose whom to ask: who speaks for members, and guests found in the register."""
    meeting = editable_meeting(request, slug, number)
    given = request.POST if request.method == "POST" else request.GET
    search, asked = given.get("q", "")[:100], given.getlist("guests")
    looks, is_sent = "look" in request.POST, request.method == "POST" and "look" not in request.POST
    form = InviteForm(
        request.POST if is_sent else None,
        speakers=people_to_invite(meeting),
        guests=guests_to_invite(request.viewer, meeting, search=search, chosen=asked),
        initial={"guests": asked, **({"people": request.POST.getlist("people")} if looks else {})},
    )
    if is_sent and form.is_valid():
        chosen = form.cleaned_data
        try:
            invite_people(meeting=meeting, speakers=chosen["people"], guests=chosen["guests"], by=request.user)
        except MeetingRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("They are on the list."))
            return to_meeting(meeting)
    context = {"form": form, "partnership": meeting.partnership, "meeting": meeting, "search": search}
    status = 422 if form.errors else 200
    return page(request, "partnerships/meeting_invite.html", context, partial="results", status=status)


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def meeting_uninvite(request: SpaceRequest, slug: str, number: int, attendance_id: uuid.UUID) -> HttpResponse:
    """Take somebody off the list."""
    meeting = editable_meeting(request, slug, number)
    attendance = get_object_or_404(Attendance.objects.filter(meeting=meeting), pk=attendance_id)
    return _done(request, meeting, lambda: uninvite(attendance=attendance, by=request.user), _("Off the list."))


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def meeting_schedule(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Mail the invitations."""
    meeting = editable_meeting(request, slug, number)
    words = _("The invitations are on their way.")
    return _done(request, meeting, lambda: schedule_meeting(meeting=meeting, by=request.user), words)


@requires(Permission.EDIT_PARTNERSHIP)
@require_POST
def meeting_notes_link(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Mail the note taker a link to write these minutes without signing in."""
    meeting = editable_meeting(request, slug, number)
    words = _("The link to take the minutes is on its way.")
    return _done(request, meeting, lambda: send_notes_link(meeting=meeting, by=request.user), words)


@requires(Permission.EDIT_PARTNERSHIP)
@require_http_methods(["GET", "POST"])
def meeting_cancel(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Cancel a meeting, with a reason the guests read."""
    meeting = editable_meeting(request, slug, number)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_meeting(meeting=meeting, by=request.user, reason=form.cleaned_data["reason"][:300])
        except MeetingRefusedError as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("Cancelled. Who was invited has been told."))
            return to_meeting(meeting)
    context = {"form": form, "partnership": meeting.partnership, "meeting": meeting}
    return render(request, "partnerships/meeting_cancel.html", context, status=422 if form.errors else 200)


@requires(Permission.SEE_PARTNERSHIP)
@require_POST
def meeting_answer(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Say for oneself whether one comes."""
    meeting = visible_meeting(request, slug, number)
    mine = own_attendances(request.user, meeting).first()
    if mine is None:
        raise PermissionDenied
    form = AnswerForm(request.POST)
    if form.is_valid():
        answered = answer_invitation
        return _done(
            request, meeting, lambda: answered(attendance=mine, by=request.user, **form.cleaned_data), _("Thank you.")
        )
    return render(request, "partnerships/meeting_detail.html", meeting_context(request, meeting, form), status=422)


def _done(request: SpaceRequest, meeting: Meeting, act: Any, words: str) -> HttpResponse:
    """Do one thing and go back to the meeting, which says what came of it."""
    try:
        act()
    except (MeetingRefusedError, NotesLinkRefusedError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return to_meeting(meeting)
