"""Having the documents of a meeting made again where a worker did not bring them."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.jobs import enqueue
from core.models import User
from core.operations.audit import record
from partnerships.models import Meeting, Minutes
from partnerships.operations.meeting import MeetingRefusedError, locked_meeting


@transaction.atomic
def ask_for_agenda_pdf(*, meeting: Meeting, by: User) -> None:
    """Have a worker make the document of an agenda that was sent; one that is there stays.

    Raises MeetingRefusedError before the agenda went out.
    """
    locked = locked_meeting(meeting)
    if locked.agenda_sent_at is None:
        raise MeetingRefusedError(_("The agenda was not sent yet."))
    enqueue("partnerships.render_agenda", dedup_key=f"agenda:{locked.pk}", meeting_id=locked.pk)
    record("meeting.document_asked", locked, by=by, scope_id=locked.partnership.scope_id)


@transaction.atomic
def ask_for_minutes_pdf(*, minutes: Minutes, by: User) -> None:
    """Have a worker make the document of approved minutes; one that is there stays.

    Raises MeetingRefusedError while they can still be changed.
    """
    locked = locked_meeting(minutes.meeting)
    if not Minutes.objects.filter(pk=minutes.pk, frozen_at__isnull=False).exists():
        raise MeetingRefusedError(_("These minutes are not approved yet."))
    enqueue("partnerships.render_minutes", dedup_key=f"minutes:{minutes.pk}", minutes_id=minutes.pk)
    record("meeting.document_asked", locked, by=by, scope_id=locked.partnership.scope_id)
