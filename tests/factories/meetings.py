"""Meetings in each state, with people who were asked and were there."""

from datetime import UTC, date, datetime, timedelta

from core.models import User
from partnerships.models import AgendaItem, Attendance, Meeting, Partnership, PartnershipMember
from partnerships.operations.agenda import add_item
from partnerships.operations.attendance import invite_people, note_presence
from partnerships.operations.meeting import close_meeting, plan_meeting, schedule_meeting
from partnerships.queries.representative import active_representatives

# Far enough ahead to be called today, whenever that is.
AHEAD = datetime(2099, 5, 20, 14, tzinfo=UTC)
TODAY = date(2026, 5, 10)


def make_meeting(partnership: Partnership, title: str = "Steering group", **fields: object) -> Meeting:
    """A meeting of ninety minutes that nobody was told of."""
    starts = fields.pop("starts_at", AHEAD)
    values = {"purpose": "Agree on the year", "starts_at": starts, "ends_at": starts + timedelta(minutes=90)}
    return plan_meeting(partnership=partnership, by=None, title=title, **{**values, **fields})


def make_item(meeting: Meeting, title: str = "The room", **fields: object) -> AgendaItem:
    """A subject of ten minutes to discuss."""
    return add_item(meeting=meeting, by=None, title=title, **fields)


def invite_all(meeting: Meeting) -> list[Attendance]:
    """Everybody who speaks for a member is on the list."""
    speakers = active_representatives().filter(member__partnership=meeting.partnership)
    return invite_people(meeting=meeting, speakers=speakers, by=None)


def call_meeting(partnership: Partnership, by: User, **fields: object) -> Meeting:
    """A meeting everybody was invited to."""
    meeting = make_meeting(partnership, **fields)
    invite_all(meeting)
    return schedule_meeting(meeting=meeting, by=by)


def hold_meeting(partnership: Partnership, by: User, *, absent: tuple[PartnershipMember, ...] = ()) -> Meeting:
    """A meeting that is over, with everybody there but those who speak for some members; minutes are not sent."""
    meeting = call_meeting(partnership, by)
    gone = {member.pk for member in absent}
    presences = {
        one.pk: "absent" if one.member_id in gone else "present" for one in Attendance.objects.filter(meeting=meeting)
    }
    note_presence(meeting=meeting, presences=presences, by=by)
    return close_meeting(meeting=meeting, by=by, now=AHEAD + timedelta(hours=1))
