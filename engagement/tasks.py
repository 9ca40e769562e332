"""Jobs of engagement."""

from core.jobs import JobContext, job
from engagement.models import EngagementActivity
from engagement.operations import waiting_list


@job("engagement.move_waiting_list")
def move_waiting_list(context: JobContext, activity_id: str) -> None:
    """Give places nobody took in time to the next."""
    activity = EngagementActivity.objects.filter(pk=activity_id).first()
    if activity is not None:
        waiting_list.move_waiting_list(activity=activity)
