"""The screen to run a meeting on: who is there, one item after the other, what is agreed, who does what."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.web.access import SpaceRequest, members
from core.web.pages import wants_fragment
from core.web.space import space_url
from partnerships.forms.agenda import ActionForm, HeardForm, InterestForm, NotesForm
from partnerships.forms.decision import DecisionForm
from partnerships.models import AgendaItem, Attendance, Meeting
from partnerships.operations.agenda import ActionIncompleteError, write_action, write_notes
from partnerships.operations.attendance import declare_interest, note_presence, write_heard
from partnerships.operations.decision import DecisionRefusedError, record_decision
from partnerships.operations.meeting import MeetingRefusedError, close_meeting
from partnerships.queries.agenda import items_of
from partnerships.queries.decision import voting_members
from partnerships.queries.decision_audience import groups_to_choose
from partnerships.queries.governance import governance_of
from partnerships.queries.meeting import attendances_of, heard_in, presences_sent, when_of
from partnerships.queries.member import active_members, members_to_ask
from partnerships.rules.visibility import first_level
from partnerships.views.agenda import item_of
from partnerships.views.meeting import meeting_to_note, sees_partnership, to_meeting

CHECK_IN = AgendaItem.Kind.CHECK_IN


@members
@require_http_methods(["GET", "POST"])
def meeting_run(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """The screen; a POST takes a decision on the current item."""
    meeting = meeting_to_note(request, slug, number)
    context = run_context(request, meeting, request.GET.get("item", ""))
    if request.method == "POST":
        form = _decision_form(meeting, request)
        if form.is_valid():
            try:
                record_decision(
                    partnership=meeting.partnership, by=request.user, meeting=meeting, item=context["item"],
                    outcome=form.cleaned_data["outcome"], positions=form.positions(), affected=form.audience(),
                    **form.values(),
                )  # fmt: skip
            except (DecisionRefusedError, ValidationError) as error:
                form.add_error(None, error if isinstance(error, ValidationError) else str(error))
            else:
                messages.success(request, _("The decision is in the register."))
                return to_run(meeting, context["item"])
        context |= {"decision_form": form}
    return render(request, "partnerships/meeting_run.html", context, status=422 if request.method == "POST" else 200)


def run_context(request: SpaceRequest, meeting: Meeting, wanted: str) -> dict[str, Any]:
    """What the screen needs: everybody, every item, and the forms of the one whose id is wanted."""
    items = list(items_of(meeting))
    item = next((one for one in items if str(one.pk) == wanted), items[0] if items else None)
    people = list(attendances_of(meeting))
    after = items[items.index(item) + 1] if item and items.index(item) + 1 < len(items) else None
    return {
        "meeting": meeting,
        "partnership": meeting.partnership,
        "sees_partnership": sees_partnership(request, meeting),
        "when": when_of(meeting),
        "people": people,
        "presences": [choice for choice in Attendance.Presence.choices if choice[0]],
        "items": items,
        "item": item,
        "next_item": after,
        "is_check_in": item is not None and item.kind == CHECK_IN,
        "notes_form": NotesForm(auto_id="notes_%s", initial={"summary": item.summary, "state": item.state})
        if item
        else None,
        "action_form": ActionForm(auto_id="action_%s", members=members_to_ask(meeting.partnership)),
        "decision_form": _decision_form(meeting),
        "heard_form": HeardForm(auto_id="heard_%s", members=active_members(meeting.partnership)),
        "interest_form": InterestForm(auto_id="interest_%s", attendances=people),
        "heard": list(heard_in(meeting)),
    }


@members
@require_POST
def meeting_presence(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Who is there."""
    meeting = meeting_to_note(request, slug, number)
    try:
        note_presence(meeting=meeting, presences=presences_sent(meeting, request.POST), by=request.user)
    except MeetingRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Noted who is there."))
    return to_meeting(meeting, "meeting_run")


@members
@require_POST
def item_notes(request: SpaceRequest, slug: str, number: int, agenda_item_id: uuid.UUID) -> HttpResponse:
    """Keep the notes of an item; asked for by the page itself it answers with one word."""
    meeting = meeting_to_note(request, slug, number)
    item = item_of(meeting, agenda_item_id)
    form = NotesForm(request.POST)
    words, status = _("Saved"), 200
    if form.is_valid():
        try:
            write_notes(item=item, by=request.user, **form.cleaned_data)
        except (MeetingRefusedError, ValidationError) as error:
            words, status = str(error), 422
    else:
        words, status = _("This was not saved."), 422
    if wants_fragment(request):
        return render(request, "partnerships/notes_saved.html", {"words": words}, status=status)
    if status == 422:  # noqa: PLR2004 - as answered above
        messages.error(request, words)
    else:
        messages.success(request, words)
    return to_run(meeting, item)


@members
@require_POST
def item_action(request: SpaceRequest, slug: str, number: int, agenda_item_id: uuid.UUID) -> HttpResponse:
    """Write down a promise; it is a task at once."""
    meeting = meeting_to_note(request, slug, number)
    item = item_of(meeting, agenda_item_id)
    form = ActionForm(request.POST, auto_id="action_%s", members=members_to_ask(meeting.partnership))
    if form.is_valid():
        try:
            write_action(meeting=meeting, item=item, by=request.user, **form.cleaned_data)
        except ActionIncompleteError as missing:
            for name, message in missing.fields.items():
                form.add_error(name, message)
        except MeetingRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down. It is a task now."))
            return to_run(meeting, item)
    return _again(request, meeting, item, action_form=form)


@members
@require_POST
def item_interest(request: SpaceRequest, slug: str, number: int, agenda_item_id: uuid.UUID) -> HttpResponse:
    """Write down an interest somebody declared in an item."""
    meeting = meeting_to_note(request, slug, number)
    item = item_of(meeting, agenda_item_id)
    form = InterestForm(request.POST, auto_id="interest_%s", attendances=attendances_of(meeting))
    if form.is_valid():
        try:
            declare_interest(item=item, by=request.user, **form.cleaned_data)
        except MeetingRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down."))
            return to_run(meeting, item)
    return _again(request, meeting, item, interest_form=form)


@members
@require_POST
def meeting_heard(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """Write down what was heard of an organisation."""
    meeting = meeting_to_note(request, slug, number)
    form = HeardForm(request.POST, auto_id="heard_%s", members=active_members(meeting.partnership))
    if form.is_valid():
        try:
            write_heard(meeting=meeting, by=request.user, **form.cleaned_data)
        except (MeetingRefusedError, ValidationError) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        else:
            messages.success(request, _("Written down. The organisation can confirm it on the meeting's page."))
            return to_meeting(meeting, "meeting_run")
    return _again(request, meeting, None, heard_form=form)


@members
@require_POST
def meeting_close(request: SpaceRequest, slug: str, number: int) -> HttpResponse:
    """End the meeting and go on to its minutes."""
    meeting = meeting_to_note(request, slug, number)
    try:
        close_meeting(meeting=meeting, by=request.user)
    except MeetingRefusedError as refusal:
        messages.error(request, str(refusal))
        return to_meeting(meeting, "meeting_run")
    messages.success(request, _("The meeting is over. Look at the minutes and send them round."))
    return to_meeting(meeting, "minutes_detail")


def to_run(meeting: Meeting, item: AgendaItem | None) -> HttpResponse:
    """Back to the screen, at an item."""
    url = space_url("meeting_run", slug=meeting.partnership.slug, number=meeting.number)
    return redirect(f"{url}?item={item.pk}" if item else url)


def _again(request: SpaceRequest, meeting: Meeting, item: AgendaItem | None, **forms: Any) -> HttpResponse:
    context = run_context(request, meeting, str(item.pk) if item else "") | forms
    return render(request, "partnerships/meeting_run.html", context, status=422)


# Several forms stand on the screen: each has ids of its own.
def _decision_form(meeting: Meeting, request: SpaceRequest | None = None) -> DecisionForm:
    return DecisionForm(
        request.POST if request else None,
        members=voting_members(meeting.partnership),
        governance=governance_of(meeting.partnership),
        groups=groups_to_choose(meeting.partnership),
        cap=meeting.partnership.visibility,
        initial={"visibility": min(first_level(meeting.partnership.visibility), meeting.visibility)},
    )
