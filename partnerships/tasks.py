"""Jobs of partnerships."""

from core.jobs import JobContext, job
from partnerships.operations import agreement_document, minutes


@job("partnerships.render_agreement", queue="documents")
def render_agreement(context: JobContext, version_id: str) -> None:
    """Make the document of an agreement's version."""
    agreement_document.render_agreement(version_id=version_id)


@job("partnerships.render_agenda", queue="documents")
def render_agenda(context: JobContext, meeting_id: str) -> None:
    """Make the document of an agenda."""
    minutes.render_agenda(meeting_id=meeting_id)


@job("partnerships.render_minutes", queue="documents")
def render_minutes(context: JobContext, minutes_id: str) -> None:
    """Make the document of approved minutes."""
    minutes.render_minutes(minutes_id=minutes_id)
