"""Activities in the calendar of their partnership."""

from collections.abc import Iterator

from core.access.viewer import Viewer
from core.documents.calendar import CalendarEntry
from engagement.queries.activity import activity_list, calendar_entry
from partnerships.models import Partnership

MOST_ENTRIES = 200


def activity_entries(viewer: Viewer, partnership: Partnership) -> Iterator[CalendarEntry]:
    """The announced activities a viewer sees, the latest first, at most 200; called-off ones say so."""
    rows = activity_list(viewer, partnership).exclude(announced_on=None).exclude(starts_at=None)
    return (calendar_entry(activity) for activity in rows[:MOST_ENTRIES])
