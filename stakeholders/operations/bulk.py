"""One change to many stakeholders at once, which can be taken back for a while."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core.access.visibility import MORE_WOULD_SEE, Visibility
from core.models import AuditEvent, User
from core.operations.audit import record, record_for_all
from core.queries.tenant import root_scope
from stakeholders.models import Asset, Stakeholder, StakeholderTag, Tag
from stakeholders.operations.incoming_filling import refresh_words
from stakeholders.operations.stakeholder import note_what_is_kept_back
from stakeholders.operations.stakeholder_status import REST
from stakeholders.operations.tag import forget_unused, tag_named
from stakeholders.rules.stakeholder_status import RESTING, can_move_status

MOST_AT_ONCE = 5_000
UNDONE_WITHIN = timedelta(hours=1)
TAGGED, UNTAGGED, OWNED, MOVED, SHOWN = (
    f"stakeholders.bulk_{what}" for what in ("tagged", "untagged", "owned", "moved", "shown")
)
BULK_VERBS = (TAGGED, UNTAGGED, OWNED, MOVED, SHOWN)
UNDONE = "stakeholders.bulk_undone"


class BulkRefusedError(Exception):
    """Too many at once, or the change cannot be taken back any more; the message says why."""


@dataclass(frozen=True)
class BulkDone:
    """What was done: to how many, to how many it could not be, and the event that undoes it."""

    changed: int
    left_out: int
    event_id: uuid.UUID | None


def change_many(
    *,
    ids: Sequence[uuid.UUID],
    do: str,
    by: User,
    tag: str = "",
    owner: User | None = None,
    status: str = "",
    level: int = Visibility.COORDINATION,
    is_meant: bool = False,
) -> BulkDone:
    """Do one of ``rules.register.ACTS`` to many. Raises BulkRefusedError, ValidationError."""
    if do == "tag":
        return tag_many(ids=ids, name=tag, by=by)
    if do == "untag":
        return untag_many(ids=ids, name=tag, by=by)
    if do == "owner":
        return give_many(ids=ids, owner=owner, by=by)
    if do == "show":
        return show_many(ids=ids, level=level, is_meant=is_meant, by=by)
    return move_many(ids=ids, to=status, by=by)


@transaction.atomic
def tag_many(*, ids: Sequence[uuid.UUID], name: str, by: User) -> BulkDone:
    """Put a tag on many. Raises BulkRefusedError, ValidationError for a word that cannot be a tag."""
    rows = _locked(ids)
    tag = tag_named(name)
    there = set(StakeholderTag.objects.filter(tag=tag, stakeholder__in=rows).values_list("stakeholder_id", flat=True))
    new = [row for row in rows if row.pk not in there]
    StakeholderTag.objects.bulk_create([StakeholderTag(stakeholder=row, tag=tag) for row in new], batch_size=1_000)
    record_for_all("stakeholder.tagged", ((row, {"tag": str(tag.pk)}) for row in new), by=by)
    return _done(TAGGED, new, len(rows), by, {"tag": str(tag.pk)})


@transaction.atomic
def untag_many(*, ids: Sequence[uuid.UUID], name: str, by: User) -> BulkDone:
    """Take a tag off many. Raises BulkRefusedError, ValidationError."""
    rows = _locked(ids)
    tag = tag_named(name)
    links = StakeholderTag.objects.filter(tag=tag, stakeholder__in=rows)
    carried = set(links.values_list("stakeholder_id", flat=True))
    links.delete()
    had = [row for row in rows if row.pk in carried]
    record_for_all("stakeholder.untagged", ((row, {"tag": str(tag.pk)}) for row in had), by=by)
    return _done(UNTAGGED, had, len(rows), by, {"tag": str(tag.pk)})


@transaction.atomic
def give_many(*, ids: Sequence[uuid.UUID], owner: User | None, by: User) -> BulkDone:
    """Say for many who of us knows them best; None for nobody. Raises BulkRefusedError."""
    rows = [row for row in _locked(ids) if row.relationship_owner_id != (owner.pk if owner else None)]
    before = {str(row.pk): str(row.relationship_owner_id or "") for row in rows}
    Stakeholder.objects.filter(pk__in=[row.pk for row in rows]).update(
        relationship_owner=owner, updated_at=timezone.now()
    )
    after = str(owner.pk) if owner else ""
    record_for_all("stakeholder.changed", ((row, {"relationship_owner": []}) for row in rows), by=by)
    return _done(OWNED, rows, len(ids), by, {"to": after, "before": before})


@transaction.atomic
def move_many(*, ids: Sequence[uuid.UUID], to: str, by: User, today: date | None = None) -> BulkDone:
    """Move many to a state; those it does not follow for stay where they are. Raises BulkRefusedError."""
    today = today or timezone.localdate()
    rows = _locked(ids)
    able = [
        row for row in rows if can_move_status(current=row.status, to=to, ask_again_on=row.ask_again_on, today=today)
    ]
    before = {str(row.pk): row.status for row in able}
    asked_for = {str(row.pk): row.ask_again_on.isoformat() for row in able if row.ask_again_on}
    until = today + REST if to in RESTING else None
    moved = Stakeholder.objects.filter(pk__in=[row.pk for row in able])
    moved.update(status=to, ask_again_on=until, updated_at=timezone.now())
    record_for_all("stakeholder.moved", ((row, {"status": [row.status, to]}) for row in able), by=by)
    return _done(MOVED, able, len(rows), by, {"to": to, "before": before, "ask_again_on": asked_for})


@transaction.atomic
def show_many(*, ids: Sequence[uuid.UUID], level: int, is_meant: bool, by: User) -> BulkDone:
    """Say for many who may see them. Raises BulkRefusedError; ValidationError where more would see one unmeant."""
    rows = [row for row in _locked(ids) if row.visibility != level]
    if not is_meant and any(row.visibility < level for row in rows):
        raise ValidationError(MORE_WOULD_SEE)
    before = {str(row.pk): str(row.visibility) for row in rows}
    Stakeholder.objects.filter(pk__in=[row.pk for row in rows]).update(visibility=level, updated_at=timezone.now())
    _look_at_offers(rows)
    changes = ((row, {"visibility": [row.visibility, level]}) for row in rows)
    record_for_all("stakeholder.changed", changes, by=by)
    return _done(SHOWN, rows, len(ids), by, {"to": str(level), "before": before})


def _look_at_offers(rows: Sequence[Stakeholder]) -> None:
    """A search finds a stakeholder by what everybody who sees it may know it offers: these words are made anew."""
    ids = [row.pk for row in rows]
    offering = Stakeholder.objects.filter(pk__in=Asset.objects.filter(owner__in=ids).values("owner"))
    found = list(offering.order_by("id"))
    for row in found:
        note_what_is_kept_back(row)
    refresh_words(row.pk for row in found)


@transaction.atomic
def undo_bulk(*, event: AuditEvent, by: User, now: datetime | None = None) -> int:
    """Take a change of many back within an hour; how many were put back.

    What somebody changed since stays. Raises BulkRefusedError for somebody else's change, one undone and one too old.
    """
    if event.actor_id != by.pk or event.verb not in BULK_VERBS:
        raise BulkRefusedError(_("Only who made a change can take it back."))
    if event.at < (now or timezone.now()) - UNDONE_WITHIN:
        raise BulkRefusedError(_("More than an hour has passed: this cannot be taken back at once any more."))
    # The same act is not taken back twice, also by two who press at the same moment.
    rows = _locked([uuid.UUID(pk) for pk in event.changes["ids"]])
    if AuditEvent.objects.filter(verb=UNDONE, changes__event=str(event.pk)).exists():
        raise BulkRefusedError(_("This was undone already."))
    put_back = _TAKEN_BACK[event.verb](event, rows)
    record_for_all("stakeholder.changed", ((row, {"undone": str(event.pk)}) for row in rows), by=by)
    record(UNDONE, root_scope(), by=by, changes={"event": str(event.pk)})
    return put_back


def _take_tags_off(event: AuditEvent, rows: list[Stakeholder]) -> int:
    links = StakeholderTag.objects.filter(tag=event.changes["tag"], stakeholder__in=rows)
    taken, _rows = links.delete()
    for tag in Tag.objects.filter(pk=event.changes["tag"]):
        forget_unused(tag)
    return taken


def _put_tags_back(event: AuditEvent, rows: list[Stakeholder]) -> int:
    tag = Tag.objects.filter(pk=event.changes["tag"]).first()
    if tag is None:
        return 0
    links = [StakeholderTag(stakeholder=row, tag=tag) for row in rows]
    return len(StakeholderTag.objects.bulk_create(links, ignore_conflicts=True))


def _give_back(event: AuditEvent, rows: list[Stakeholder]) -> int:
    return _put_back(event, rows, "relationship_owner_id")


def _show_back(event: AuditEvent, rows: list[Stakeholder]) -> int:
    put_back = _put_back(event, rows, "visibility")
    _look_at_offers(rows)
    return put_back


def _move_back(event: AuditEvent, rows: list[Stakeholder]) -> int:
    still = [row for row in rows if row.status == event.changes["to"]]
    put_back = _put_back(event, still, "status")
    Stakeholder.objects.filter(pk__in=[row.pk for row in still]).update(ask_again_on=None)
    dates = event.changes["ask_again_on"]
    for row in still:
        if day := dates.get(str(row.pk)):
            Stakeholder.objects.filter(pk=row.pk).update(ask_again_on=date.fromisoformat(day))
    return put_back


_TAKEN_BACK = {
    TAGGED: _take_tags_off,
    UNTAGGED: _put_tags_back,
    OWNED: _give_back,
    MOVED: _move_back,
    SHOWN: _show_back,
}


def _put_back(event: AuditEvent, rows: list[Stakeholder], column: str) -> int:
    to, before = event.changes["to"], event.changes["before"]
    by_value: dict[str, list[uuid.UUID]] = {}
    for row in rows:
        if str(getattr(row, column) or "") == to:
            by_value.setdefault(before[str(row.pk)], []).append(row.pk)
    for value, ids in by_value.items():
        Stakeholder.objects.filter(pk__in=ids).update(**{column: value or None})
    return sum(map(len, by_value.values()))


def _done(verb: str, rows: list[Stakeholder], asked: int, by: User, changes: dict[str, object]) -> BulkDone:
    if not rows:
        return BulkDone(0, asked, None)
    event = record(verb, root_scope(), by=by, changes=changes | {"ids": [str(row.pk) for row in rows]})
    return BulkDone(len(rows), asked - len(rows), event.pk)


def _locked(ids: Sequence[uuid.UUID]) -> list[Stakeholder]:
    if len(ids) > MOST_AT_ONCE:
        raise BulkRefusedError(
            _("At most %(most)s stakeholders are changed at once. Narrow the list down first.")
            % {"most": number_format(MOST_AT_ONCE, force_grouping=True)}
        )
    return list(Stakeholder.objects.select_for_update().filter(pk__in=ids, merged_into=None).order_by("id"))
