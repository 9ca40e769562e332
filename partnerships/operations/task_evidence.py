"""Showing that a task is done."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core.access.visibility import Visibility
from core.models import StoredFile, User
from core.operations.audit import record
from core.operations.file import store_upload
from core.rules.upload_content import UploadError
from partnerships.models import Task, TaskEvidence
from partnerships.queries.authority import authority_over_task
from partnerships.rules.authority import LinkHolder
from partnerships.rules.task import CLOSED_FOR_EVIDENCE
from partnerships.rules.task_evidence import ALLOWED, Shown

PURPOSE = "task_evidence"


class EvidenceRefusedError(Exception):
    """The evidence cannot be taken; ``field`` is what the message is about."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def show_evidence(*, task: Task, by: User | LinkHolder, shown: Shown) -> TaskEvidence:
    """Add evidence to a task, also after it was done; the same words again return what is there, a file is always kept.

    Raises EvidenceRefusedError for a stranger to the task, for a cancelled or declined one, for nothing shown and for
    a file that cannot be taken.
    """
    authority = authority_over_task(task, by)
    if not authority.is_own and not authority.coordinates:
        raise EvidenceRefusedError("evidence", _("Only the organisation that was asked can say this."))
    if task.state in CLOSED_FOR_EVIDENCE:
        raise EvidenceRefusedError("evidence", _("This task is closed."))
    evidence = add_evidence(task=task, by=by, shown=shown)
    changes = {"person": str(by.person.pk), "link": str(by.link_id)} if isinstance(by, LinkHolder) else {}
    actor = None if isinstance(by, LinkHolder) else by
    label = {"actor_label": "link"} if isinstance(by, LinkHolder) else {}
    record("task.evidence_shown", task, by=actor, scope_id=task.partnership.scope_id, changes=changes, **label)
    return evidence


def add_evidence(*, task: Task, by: User | LinkHolder, shown: Shown) -> TaskEvidence:
    """The evidence of a word about a task; part of an operation that checked who speaks and that records.

    Raises EvidenceRefusedError for nothing shown and for a file that cannot be taken.
    """
    if not shown:
        raise EvidenceRefusedError("evidence", _("Write a line, give an address or choose a file."))
    # A file is always kept: two photos of a phone may have the same name.
    if shown.upload is None:
        same = TaskEvidence.objects.filter(task=task, note=shown.note, link=shown.link, file__isnull=True)
        if (known := same.order_by("-at").first()) is not None:
            return known
    return TaskEvidence.objects.create(
        task=task,
        note=shown.note,
        link=shown.link,
        file=keep_file(upload=shown.upload, by=by, task=task) if shown.upload else None,
        user=None if isinstance(by, LinkHolder) else by,
        person=by.person if isinstance(by, LinkHolder) else None,
    )


def keep_file(*, upload: UploadedFile[Any], by: User | LinkHolder, task: Task) -> StoredFile:
    """A file as evidence, as visible as its task. Raises EvidenceRefusedError with words for the person."""
    try:
        return store_upload(
            upload=upload,
            purpose=PURPOSE,
            allowed=ALLOWED,
            by=None if isinstance(by, LinkHolder) else by,
            scope_id=task.partnership.scope_id,
            visibility=Visibility(task.visibility),
        )
    except UploadError as error:
        raise EvidenceRefusedError("evidence_file", str(error)) from error
