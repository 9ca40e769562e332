"""How far the documents of a meeting are: its agenda, and its approved minutes."""

from dataclasses import dataclass

from core.models import Job, StoredFile
from partnerships.models import Meeting, Minutes


@dataclass(frozen=True)
class MeetingDocument:
    """``job_state`` of the newest run, None where none is known any more, and the ``file`` that can be had."""

    job_state: str | None
    file: StoredFile | None


def agenda_document(meeting: Meeting) -> MeetingDocument:
    """The document of an agenda, which a worker makes when the agenda is sent."""
    return MeetingDocument(_newest_run("render_agenda", meeting_id=str(meeting.pk)), meeting.agenda_pdf)


def minutes_document(minutes: Minutes) -> MeetingDocument:
    """The document of minutes, which a worker makes when they are approved."""
    return MeetingDocument(_newest_run("render_minutes", minutes_id=str(minutes.pk)), minutes.pdf)


def _newest_run(name: str, **arguments: str) -> str | None:
    rows = Job.objects.filter(name=f"partnerships.{name}", arguments=arguments)
    return rows.order_by("-created_at", "-id").values_list("state", flat=True).first()
