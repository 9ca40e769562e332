"""Background work of engagement."""

from django.utils import timezone

from core.jobs import JobContext, job
from engagement.operations.retention import forget_contacts


@job("engagement.forget_contacts")
def forget_contacts_job(context: JobContext) -> None:
    """Once a day in each tenant."""
    forget_contacts(today=timezone.localdate())
