"""Jobs of partnerships."""

from core.jobs import JobContext, job
from partnerships.operations import minutes


@job("partnerships.render_agenda", queue="documents")
def render_agenda(context: JobContext, meeting_id: str) -> None:
    """Make the document of an agenda."""
    minutes.render_agenda(meeting_id=meeting_id)


@job("partnerships.render_minutes", queue="documents")
def render_minutes(context: JobContext, minutes_id: str) -> None:
    """Make the document of approved minutes."""
    minutes.render_minutes(minutes_id=minutes_id)
