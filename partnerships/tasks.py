"""Jobs of partnerships."""

from core.jobs import JobContext, job
from partnerships.operations import agreement_document


@job("partnerships.render_agreement", queue="documents")
def render_agreement(context: JobContext, version_id: str) -> None:
    """Make the document of an agreement's version."""
    agreement_document.render_agreement(version_id=version_id)
