"""Writing agendas, taking notes on their items, and the promises made there."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access.visibility import Visibility
from core.models import User
from core.operations.audit import record
from core.operations.file import store_upload
from core.rules.upload import FileKind
from partnerships.agenda import suggestions_for
from partnerships.models import AgendaItem, Meeting, MeetingAction, PartnershipMember, Task
from partnerships.operations.meeting import (
    MeetingRefusedError,
    locked_meeting,
    minutes_over,
    require,
    require_length,
    writer_of,
)
from partnerships.operations.task import TaskRefusedError, propose_task
from partnerships.rules.action import missing_of_action
from partnerships.rules.authority import LinkHolder
from partnerships.rules.meeting import can_change_meeting, can_take_notes
from partnerships.rules.severity import Severity, severity_of
from stakeholders.models import Stakeholder

PAPER = "agenda_paper"
PAPERS = frozenset({FileKind.PDF, FileKind.DOCUMENT, FileKind.SPREADSHEET, FileKind.PRESENTATION, FileKind.IMAGE})
CODE_LENGTH = 80


class ActionIncompleteError(Exception):
    """A promise lacks something; ``fields`` says what, by field."""

    def __init__(self, fields: dict[str, Any]) -> None:
        super().__init__("; ".join(str(message) for message in fields.values()))
        self.fields = fields


@transaction.atomic
def add_item(
    *, meeting: Meeting, by: User | LinkHolder | None, paper: UploadedFile[Any] | None = None, **fields: Any
) -> AgendaItem:
    """Put a subject at the end of an agenda, also while the meeting runs; by link its note taker does.

    Raises MeetingRefusedError once the minutes went round and for more minutes than the meeting has, ValidationError,
    and what ``store_upload`` raises.
    """
    locked = locked_meeting(meeting)
    user = writer_of(locked, by)
    _require_open(locked)
    over = minutes_over(locked)
    last = AgendaItem.objects.filter(meeting=locked).aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem(meeting=locked, position=last + 1, **fields)
    _save(item, paper, user)
    require_length(locked, over_before=over)
    _record("item_added", locked, user, {"item": str(item.pk)}, by_link=isinstance(by, LinkHolder))
    return item


@transaction.atomic
def change_item(*, item: AgendaItem, by: User, paper: UploadedFile[Any] | None = None, **fields: Any) -> AgendaItem:
    """Reword a subject. Raises as ``add_item``."""
    locked = locked_meeting(item.meeting)
    _require_open(locked)
    over = minutes_over(locked)
    found = AgendaItem.objects.select_for_update().get(pk=item.pk)
    for name, value in fields.items():
        setattr(found, name, value)
    _save(found, paper, by)
    require_length(locked, over_before=over)
    _record("item_changed", locked, by, {"item": str(found.pk)})
    return found


@transaction.atomic
def move_item(*, item: AgendaItem, up: bool, by: User) -> None:
    """Have a subject change places with its neighbour; at the end of the list nothing happens."""
    locked = locked_meeting(item.meeting)
    require(can_change_meeting(state=locked.state))
    items = list(AgendaItem.objects.filter(meeting=locked).order_by("position", "id"))
    at = next(place for place, one in enumerate(items) if one.pk == item.pk)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(items):
        return
    items[at], items[other] = items[other], items[at]
    for position, one in enumerate(items, start=1):
        one.position = position
    AgendaItem.objects.bulk_update(items, ["position"])
    _record("item_moved", locked, by, {"item": str(item.pk)})


@transaction.atomic
def remove_item(*, item: AgendaItem, by: User) -> None:
    """Take a subject off an agenda. Raises MeetingRefusedError once the meeting is over or notes stand on it."""
    locked = locked_meeting(item.meeting)
    require(can_change_meeting(state=locked.state))
    used = item.summary or item.actions.exists() or item.decisions.exists() or item.conflicts.exists()
    if used or AgendaItem.objects.filter(carried_from=item).exists():
        raise MeetingRefusedError(_("Something was written on this item already. Park it instead."))
    _record("item_removed", locked, by, {"item": str(item.pk)})
    item.delete()


@transaction.atomic
def take_suggestion(*, meeting: Meeting, code: str, by: User, today: date | None = None) -> AgendaItem:
    """Put a suggestion on the agenda. Raises MeetingRefusedError for one that is not offered any more."""
    locked = locked_meeting(meeting)
    require(can_change_meeting(state=locked.state))
    offered = suggestions_for(locked, today=today or timezone.localdate())
    found = next((one for one in offered if one.code == code), None)
    if found is None:
        raise MeetingRefusedError(_("This is not in the list any more. Choose another one."))
    before = AgendaItem.objects.filter(pk=found.item_id).first() if found.item_id else None
    return add_item(
        meeting=locked,
        by=by,
        title=found.title,
        kind=found.kind,
        minutes_planned=found.minutes,
        owner_member=PartnershipMember.objects.filter(pk=found.member_id).first() if found.member_id else None,
        task=Task.objects.filter(pk=found.task_id).first() if found.task_id else None,
        carried_from=before,
        desired_outcome=before.desired_outcome if before else "",
        paper_link=before.paper_link if before else "",
        paper_file=before.paper_file if before else None,
        proposed_by=before.proposed_by if before else None,
        source_code=found.code,
    )


@transaction.atomic
def put_suggestion_aside(*, meeting: Meeting, code: str, by: User) -> None:
    """Not this time: the suggestion is not offered again for this meeting."""
    locked = locked_meeting(meeting)
    require(can_change_meeting(state=locked.state))
    if code and code not in locked.put_aside:
        locked.put_aside = [*locked.put_aside, code[:CODE_LENGTH]]
        locked.save(update_fields=["put_aside", "updated_at"])
        _record("suggestion_put_aside", locked, by)


@transaction.atomic
def write_notes(*, item: AgendaItem, by: User | LinkHolder, summary: str, state: str = "") -> AgendaItem:
    """Keep what was agreed on an item and why, and whether it is dealt with or parked.

    Raises MeetingRefusedError outside the time for notes and for the link of somebody else, ValidationError for a text
    that is too long.
    """
    locked = locked_meeting(item.meeting)
    user = writer_of(locked, by)
    require(can_take_notes(state=locked.state))
    found: AgendaItem = AgendaItem.objects.select_for_update().get(pk=item.pk)
    found.summary = summary
    if state in AgendaItem.State.values:
        found.state = state
    found.full_clean(exclude=["meeting"])
    found.save(update_fields=["summary", "state"])
    _record("notes_written", locked, user, {"item": str(found.pk)}, by_link=isinstance(by, LinkHolder))
    return found


@transaction.atomic
def write_action(
    *,
    meeting: Meeting,
    by: User,
    title: str,
    item: AgendaItem | None = None,
    member: PartnershipMember | None = None,
    person: Stakeholder | None = None,
    due_on: date | None = None,
    result_expected: str = "",
    today: date | None = None,
) -> MeetingAction:
    """Write down a promise made in a meeting; it is a task at once, and its owner is asked to accept it.

    Raises ActionIncompleteError for what is missing where R-C2 blocks, MeetingRefusedError outside the time for
    notes, and TaskRefusedError's words as ActionIncompleteError for somebody who cannot be asked.
    """
    locked = locked_meeting(meeting)
    require(can_take_notes(state=locked.state))
    missing = missing_of_action(
        has_owner=member is not None or person is not None,
        due_on=due_on,
        result=result_expected,
        today=today or timezone.localdate(),
    )
    stops = severity_of("R-C2", locked.partnership.mode) == Severity.BLOCKS
    if missing and (stops or "who" in missing):
        raise ActionIncompleteError(missing if stops else {"who": missing["who"]})
    try:
        task = propose_task(
            partnership=locked.partnership, title=title, by=by, member=member, person=person, due_on=due_on,
            result_expected=result_expected,
        )  # fmt: skip
    except TaskRefusedError as refusal:
        raise ActionIncompleteError({"who": str(refusal)}) from refusal
    action = MeetingAction.objects.create(meeting=locked, item=item, task=task)
    _record("action_written", locked, by, {"task": task.number})
    return action


def _require_open(meeting: Meeting) -> None:
    require(can_change_meeting(state=meeting.state) or can_take_notes(state=meeting.state))


def _save(item: AgendaItem, paper: UploadedFile[Any] | None, by: User | None) -> None:
    partnership = item.meeting.partnership
    people = [member for member in (item.owner_member, item.proposed_by) if member is not None]
    if any(member.partnership_id != partnership.pk for member in people):
        raise ValidationError(_("This organisation is not in the partnership."))
    item.full_clean(exclude=["meeting", "carried_from"])
    if paper is not None:
        item.paper_file = store_upload(
            upload=paper, purpose=PAPER, allowed=PAPERS, by=by, scope_id=partnership.scope_id,
            visibility=Visibility(min(item.meeting.visibility, partnership.visibility)),
        )  # fmt: skip
    item.save()


def _record(
    what: str, meeting: Meeting, by: User | None, changes: dict[str, Any] | None = None, *, by_link: bool = False
) -> None:
    label, scope_id = "link" if by_link else "", meeting.partnership.scope_id
    record(f"meeting.{what}", meeting, by=by, actor_label=label, scope_id=scope_id, changes=changes)
