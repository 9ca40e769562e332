"""Jobs of reports."""

from core.jobs import JobContext, job
from reports.operations import report


@job("reports.render_impact_report", queue="documents")
def render_impact_report(context: JobContext, report_id: str) -> None:
    """Render the document of a frozen report."""
    report.render_report(report_id=report_id)
