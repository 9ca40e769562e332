"""Reading minutes: their text as it is made from the notes, who approved, what was corrected."""

import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.template.loader import render_to_string
from django.utils import translation

from partnerships.models import Attendance, Decision, Erratum, Meeting, Minutes, MinutesApproval
from partnerships.queries.agenda import actions_of, items_of
from partnerships.queries.meeting import attendances_of, heard_in, next_meeting, when_of
from partnerships.rules.minutes import Standing, standing_of

Presence = Attendance.Presence


@dataclass(frozen=True)
class ApprovalRow:
    """One person who was there, and what they said about the minutes."""

    attendance: Attendance
    answer: MinutesApproval | None


def newest_minutes(meeting: Meeting) -> Minutes | None:
    """The text that was sent round last; None before the first."""
    found: Minutes | None = Minutes.objects.filter(meeting=meeting).select_related("pdf").order_by("-number").first()
    return found


def present_at(meeting: Meeting) -> QuerySet[Attendance]:
    """Those who were there, by organisation and name."""
    return attendances_of(meeting).filter(presence=Presence.PRESENT)


def approvals_of(minutes: Minutes) -> list[ApprovalRow]:
    """Everybody who was there, with their answer to a text."""
    given = {one.attendance_id: one for one in MinutesApproval.objects.filter(minutes=minutes)}
    return [ApprovalRow(one, given.get(one.pk)) for one in present_at(minutes.meeting)]


def approvals_waiting() -> QuerySet[Attendance]:
    """Who was at a meeting whose minutes, as they went round last, wait for their word until ``approve_by``."""
    newest = Minutes.objects.filter(meeting=OuterRef("meeting")).order_by("-number")
    said = MinutesApproval.objects.filter(minutes=OuterRef("newest"), attendance=OuterRef("pk"))
    rows = Attendance.objects.filter(presence=Presence.PRESENT, meeting__state=Meeting.State.MINUTES_CIRCULATED)
    asked = rows.annotate(
        newest=Subquery(newest.values("pk")[:1]), approve_by=Subquery(newest.values("approve_by")[:1])
    )
    return asked.exclude(Exists(said)).select_related("person", "meeting__partnership").order_by("meeting", "id")


def standing_of_minutes(minutes: Minutes) -> Standing:
    """How far the approval of a text is."""
    present = Attendance.objects.filter(meeting=minutes.meeting_id, presence=Presence.PRESENT)
    answers: dict[uuid.UUID, str] = dict(
        MinutesApproval.objects.filter(minutes=minutes).values_list("attendance_id", "answer")
    )
    return standing_of(list(present.values_list("pk", flat=True)), answers)


def errata_of(minutes: Minutes) -> QuerySet[Erratum]:
    """Corrections of frozen minutes, oldest first."""
    return Erratum.objects.filter(minutes=minutes).select_related("written_by").order_by("at", "id")


def minutes_text(meeting: Meeting, *, language: str) -> str:
    """The minutes as Markdown, made from attendance, notes, decisions, promises and what was heard.

    Who may see the meeting reads them: a decision that fewer may see stands in the register alone.
    """
    decisions = Decision.objects.filter(meeting=meeting, item=None, visibility__gte=meeting.visibility)
    people = list(attendances_of(meeting))
    with translation.override(language):
        context = {
            "meeting": meeting,
            "when": when_of(meeting),
            "present": [one for one in people if one.presence == Presence.PRESENT],
            "apologies": [one for one in people if one.presence == Presence.APOLOGIES],
            "items": list(items_of(meeting, shown_at=meeting.visibility)),
            "conflicts": [(one, conflict) for one in people for conflict in one.conflicts.all()],
            "heard": list(heard_in(meeting)),
            "loose_decisions": list(decisions.order_by("year", "number")),
            "loose_actions": list(actions_of(meeting).filter(item=None)),
            "next": next_meeting(meeting.partnership, after=meeting.starts_at),
        }
        text = render_to_string("partnerships/minutes_text.txt", context)
    lines = [line.rstrip() for line in text.splitlines()]
    kept = [line for before, line in zip(["", *lines], lines, strict=False) if line or before]
    return "\n".join(kept).strip() + "\n"
