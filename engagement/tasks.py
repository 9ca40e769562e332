"""Jobs of engagement."""

from core.jobs import JobContext, job
from engagement.models import EngagementActivity
from engagement.operations import volunteer_certificate, volunteer_register, waiting_list


@job("engagement.move_waiting_list")
def move_waiting_list(context: JobContext, activity_id: str) -> None:
    """Give places nobody took in time to the next."""
    activity = EngagementActivity.objects.filter(pk=activity_id).first()
    if activity is not None:
        waiting_list.move_waiting_list(activity=activity)


@job("engagement.render_certificate", queue="documents")
def render_certificate(context: JobContext, certificate_id: str) -> None:
    """Make the document of a volunteer's certificate."""
    volunteer_certificate.render_certificate(certificate_id=certificate_id)


@job("engagement.render_register", queue="documents")
def render_register(context: JobContext, partnership_id: str) -> None:
    """Make the document of a partnership's register of volunteers."""
    volunteer_register.render_register(partnership_id=partnership_id)
