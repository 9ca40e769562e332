"""The pages of e-mailed links to a meeting and its minutes: no password, two taps, and a GET never changes anything."""

import uuid
from contextlib import suppress
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.documents.markdown import render_markdown
from core.operations.link import LinkUnknownError
from core.operations.rate import TooOftenError
from core.web.access import SpaceRequest, by_link
from core.web.downloads import file_answer
from partnerships.forms.agenda import CommentForm
from partnerships.forms.meeting import AnswerForm
from partnerships.models import Attendance
from partnerships.operations.attendance import answer_invitation, confirm_heard
from partnerships.operations.meeting import MeetingRefusedError
from partnerships.operations.meeting_link import (
    MEETING_LINK,
    MINUTES_LINK,
    MeetingLinkGoneError,
    open_meeting_link,
    renew_meeting_link,
)
from partnerships.operations.minutes import answer_minutes
from partnerships.queries.agenda import items_of
from partnerships.queries.meeting import heard_in, when_of
from partnerships.queries.minutes import errata_of, newest_minutes
from partnerships.rules.authority import LinkHolder
from partnerships.rules.meeting import INVITED

GONE = "partnerships/meeting_link_gone.html"
Opened = tuple[Attendance, LinkHolder]


@by_link
@require_http_methods(["GET", "POST"])
def meeting_link(request: SpaceRequest, token: str) -> HttpResponse:
    """The invitation, and one choice to send."""
    opened = _opened(request, token, MEETING_LINK)
    if isinstance(opened, HttpResponse):
        return opened
    attendance, holder = opened
    initial = {"answer": attendance.answer, "access_needs": attendance.access_needs}
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=initial)
    context = _page(attendance, token)
    if request.method == "POST" and form.is_valid():
        try:
            answered = answer_invitation(attendance=attendance, by=holder, **form.cleaned_data)
        except MeetingRefusedError as refusal:
            form.add_error("answer", str(refusal))
        else:
            return render(request, "partnerships/meeting_link_done.html", context | {"attendance": answered})
    is_open = attendance.meeting.state in INVITED
    context |= {"form": form if is_open else None, "items": list(items_of(attendance.meeting))}
    return render(request, "partnerships/meeting_link.html", context, status=422 if form.errors else 200)


@by_link
@require_safe
def meeting_link_paper(request: SpaceRequest, token: str, agenda_item_id: uuid.UUID) -> HttpResponse:
    """The file to read before a subject of the meeting somebody is invited to."""
    opened = _opened(request, token, MEETING_LINK)
    if isinstance(opened, HttpResponse):
        return opened
    return file_answer(get_object_or_404(items_of(opened[0].meeting), pk=agenda_item_id).paper_file)


@by_link
@require_http_methods(["GET", "POST"])
def minutes_link(request: SpaceRequest, token: str) -> HttpResponse:
    """The minutes to read, and approve or comment."""
    opened = _opened(request, token, MINUTES_LINK)
    if isinstance(opened, HttpResponse):
        return opened
    attendance, holder = opened
    minutes = newest_minutes(attendance.meeting)
    if minutes is None:
        raise Http404
    form = CommentForm(request.POST if request.method == "POST" else None, initial={"hash_seen": minutes.text_sha256})
    heard = heard_in(attendance.meeting).filter(confirmed_at=None, correction="", member_id=attendance.member_id)
    context = _page(attendance, token) | {
        "minutes": minutes,
        "text": render_markdown(minutes.text, top_heading=2),
        "heard": list(heard),
        "errata": list(errata_of(minutes)),
    }
    if request.method == "POST" and form.is_valid():
        try:
            approval = answer_minutes(minutes=minutes, attendance=attendance, by=holder, **form.cleaned_data)
        except MeetingRefusedError as refusal:
            form.add_error("comment", str(refusal))
        else:
            return render(request, "partnerships/minutes_link_done.html", context | {"approval": approval})
    context |= {"form": form if minutes.frozen_at is None else None}
    return render(request, "partnerships/minutes_link.html", context, status=422 if form.errors else 200)


@by_link
@require_safe
def minutes_link_pdf(request: SpaceRequest, token: str) -> HttpResponse:
    """The minutes as a document; 404 while it is being made."""
    opened = _opened(request, token, MINUTES_LINK)
    if isinstance(opened, HttpResponse):
        return opened
    minutes = newest_minutes(opened[0].meeting)
    return file_answer(minutes.pdf if minutes else None)


@by_link
@require_POST
def minutes_link_heard(request: SpaceRequest, token: str, heard_back_id: uuid.UUID) -> HttpResponse:
    """Confirm for one's organisation what was heard, or say how it was meant."""
    opened = _opened(request, token, MINUTES_LINK)
    if isinstance(opened, HttpResponse):
        return opened
    attendance, holder = opened
    heard = get_object_or_404(heard_in(attendance.meeting).select_related("meeting"), pk=heard_back_id)
    with suppress(MeetingRefusedError):
        confirm_heard(heard=heard, by=holder, correction=request.POST.get("correction", "")[:1000])
    return redirect("minutes_link", tenant=request.tenant.slug, token=token)


@by_link
@require_POST
def meeting_link_renew(request: SpaceRequest, token: str) -> HttpResponse:
    """Mail a new link; the answer is the same whatever happened."""
    return _renewed(request, token, MEETING_LINK)


@by_link
@require_POST
def minutes_link_renew(request: SpaceRequest, token: str) -> HttpResponse:
    """Mail a new link; the answer is the same whatever happened."""
    return _renewed(request, token, MINUTES_LINK)


def _renewed(request: SpaceRequest, token: str, purpose: str) -> HttpResponse:
    with suppress(TooOftenError):
        renew_meeting_link(token=token, purpose=purpose)
    return render(request, "partnerships/link_renewed.html")


def _opened(request: SpaceRequest, token: str, purpose: str) -> Opened | HttpResponse:
    """Who opened the link, or the page that says it has ended."""
    try:
        return open_meeting_link(token, purpose=purpose)
    except LinkUnknownError as error:
        raise Http404 from error
    except MeetingLinkGoneError:
        renew = {MEETING_LINK: "meeting_link_renew", MINUTES_LINK: "minutes_link_renew"}[purpose]
        return render(request, GONE, {"token": token, "renew": renew}, status=410)


def _page(attendance: Attendance, token: str) -> dict[str, Any]:
    return {
        "attendance": attendance,
        "meeting": attendance.meeting,
        "partnership": attendance.meeting.partnership,
        "person": attendance.person,
        "when": when_of(attendance.meeting),
        "token": token,
    }
