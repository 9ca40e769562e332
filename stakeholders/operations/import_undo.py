"""Undoing a whole import: what it added goes, what it filled in is emptied, unless somebody worked with it since."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext as _

from core.jobs import enqueue
from core.models import AccessLink, User
from core.operations.audit import record
from core.tenancy.context import current_tenant_id
from stakeholders.models import (
    Affiliation,
    ContactPoint,
    DuplicatePair,
    Identifier,
    ImportChange,
    Stakeholder,
    StakeholderImport,
    StakeholderMerge,
    StakeholderTag,
    Tag,
)
from stakeholders.operations.incoming_filling import refresh_words
from stakeholders.operations.journal import rows_of
from stakeholders.operations.repointing import keys_to
from stakeholders.operations.tag import forget_unused
from stakeholders.rules.import_undo import BELONGS, CHANGED, MERGED, code_of

State = StakeholderImport.State
# Every table that points to a row is asked whether it still does: few enough that no statement takes long.
DELETED_AT_ONCE = 500
# What is taken back while a person waits; a worker does the rest.
UNDONE_AT_ONCE = 300
UNDO_JOB = "stakeholders.undo_import"
MADE: dict[str, type[models.Model]] = {
    "affiliation": Affiliation,
    "contact": ContactPoint,
    "identifier": Identifier,
    "tag": StakeholderTag,
}
# The machine finds pairs again by itself.
_NOBODYS_WORK = (DuplicatePair,)


class ImportNotUndoableError(Exception):
    """The import did not end well, or was undone already; the message says which."""


@dataclass(frozen=True)
class Undone:
    """What undoing did: stakeholders removed, kept since somebody worked with them, and fields emptied again."""

    removed: int
    kept: int
    emptied: int


@transaction.atomic
def ask_to_undo(*, record_id: Any, by: User) -> Undone | None:
    """Undo a small import at once; None for one that is left to a worker. Raises as ``undo_import``."""
    found = _undoable(record_id)
    if is_being_undone(found):
        raise ImportNotUndoableError(_("It is being undone already."))
    if ImportChange.objects.filter(stakeholder_import=found).count() <= UNDONE_AT_ONCE:
        return undo_import(record_id=record_id, by=by)
    found.job = enqueue(UNDO_JOB, dedup_key=f"undo:{found.pk}", import_id=found.pk, user_id=by.pk)
    found.save(update_fields=["job"])
    return None


def is_being_undone(found: StakeholderImport) -> bool:
    """Whether a worker is at it."""
    return found.state == State.DONE and found.job is not None and found.job.name == UNDO_JOB and found.job.is_open


@transaction.atomic
def undo_import(*, record_id: Any, by: User | None) -> Undone:
    """Take back what an import did.

    A stakeholder it added stays when it was changed since or anything but this import's own rows points to it; a
    field it filled in is emptied only when it still holds what the import wrote. What stays is named with its reason
    on the import's changes. Raises ImportNotUndoableError.
    """
    found = _undoable(record_id)
    changes = list(ImportChange.objects.filter(stakeholder_import=found).order_by("id"))
    # Whoever wants to point to one of them waits.
    added = [change.stakeholder_id for change in changes if _is_added(change)]
    list(_of(added, Stakeholder.objects.select_for_update().order_by("id"), "pk").values_list("pk", flat=True))
    kept = _kept(found, changes, added)
    emptied = _empty_again(changes)
    removed = _remove(changes, kept)
    found.state, found.undone_at = State.UNDONE, timezone.now()
    found.save(update_fields=["state", "undone_at"])
    done = Undone(len(removed), len(kept), emptied)
    counts = {"removed": done.removed, "kept": done.kept, "emptied": done.emptied}
    record("stakeholders.import_undone", found, by=by, changes=counts)
    return done


def _undoable(record_id: Any) -> StakeholderImport:
    rows = StakeholderImport.objects.select_for_update(of=("self",)).select_related("job")
    found: StakeholderImport = rows.get(pk=record_id)
    if found.state != State.DONE:
        raise ImportNotUndoableError(_("Only an import that was done can be undone."))
    noted = ImportChange.objects.filter(stakeholder_import=found)
    if (found.added_count or found.updated_count) and not noted.exists():
        raise ImportNotUndoableError(_("What this import did was not noted yet at that time."))
    return found


def _is_added(change: ImportChange) -> bool:
    return "values" not in change.before


def _of(added: list[uuid.UUID], rows: models.QuerySet[Any], column: str) -> models.QuerySet[Any]:
    """The rows that point to one of those the import added.

    Ids rather than a subquery of the changes, which plans badly; as one array, because each parameter of a list costs
    more than its row.
    """
    return rows.filter(**{f"{column}__in": RawSQL("SELECT unnest(%s::uuid[])", [added])})


def _kept(found: StakeholderImport, changes: list[ImportChange], added: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Who of those added has to stay, and why; the first reason counts."""
    reasons: dict[uuid.UUID, str] = {}
    changed = _of(added, Stakeholder.objects.order_by(), "pk").filter(
        Q(updated_at__gt=F("created_at")) | Q(user__isnull=False) | Q(erased_at__isnull=False)
    )
    _note(reasons, changed.values_list("pk", flat=True), CHANGED)
    merges = StakeholderMerge.objects.order_by()
    for column in ("kept_id", "absorbed_id"):
        _note(reasons, _of(added, merges, column).values_list(column, flat=True), MERGED)
    later = _of(added, ImportChange.objects.exclude(stakeholder_import=found).order_by(), "stakeholder_id")
    _note(reasons, later.values_list("stakeholder_id", flat=True), CHANGED)
    made = _made(changes)
    for model, key in keys_to(Stakeholder):
        if model in _NOBODYS_WORK:
            continue
        own = made.get(model, set())
        pointing = _of(added, rows_of(model), key.attname).values_list("pk", key.attname)
        code = code_of(model._meta.app_label, str(model._meta.model_name))
        _note(reasons, (pk for row, pk in pointing if row not in own), code)
    for column in ("person_id", "subject_id"):
        links = _of(added, AccessLink.objects.order_by(), column)
        _note(reasons, links.values_list(column, flat=True), "link")
    _keep_organisations(added, made.get(Affiliation, set()), reasons)
    return reasons


def _keep_organisations(added: list[uuid.UUID], own: set[uuid.UUID], reasons: dict[uuid.UUID, str]) -> None:
    """Whom a person that stays belongs to stays too."""
    places = _of(added, Affiliation.objects.order_by(), "organisation_id")
    for pk, person, organisation in places.values_list("pk", "person_id", "organisation_id"):
        if pk in own and person in reasons:
            reasons.setdefault(organisation, BELONGS)


def _note(reasons: dict[uuid.UUID, str], ids: Iterable[uuid.UUID], code: str) -> None:
    for pk in ids:
        reasons.setdefault(pk, code)


def _made(changes: Iterable[ImportChange]) -> dict[type[models.Model], set[uuid.UUID]]:
    """The rows the import hung on stakeholders, by table."""
    found: dict[type[models.Model], set[uuid.UUID]] = {}
    for change in changes:
        for what, ids in change.before.get("made", {}).items():
            found.setdefault(MADE[what], set()).update(map(uuid.UUID, ids))
    return found


def _empty_again(changes: list[ImportChange]) -> int:
    """Take out what was filled in and still stands as it was written; what was changed since is noted as kept."""
    filled = {change.stakeholder_id: change for change in changes if change.before.get("values")}
    emptied, changed, touched = 0, [], []
    for row in Stakeholder.objects.filter(pk__in=filled).order_by("id"):
        change = filled[row.pk]
        stale = {name for name, (_old, new) in change.before["values"].items() if getattr(row, name) != new}
        for name in change.before["values"].keys() - stale:
            setattr(row, name, change.before["values"][name][0])
            emptied += 1
        if stale:
            change.before = change.before | {"stays": sorted(stale)}
            changed.append(change)
        row.updated_at = timezone.now()
        touched.append(row)
    names = {name for change in filled.values() for name in change.before["values"]}
    if touched:
        Stakeholder.objects.bulk_update(touched, [*names, "updated_at"], batch_size=500)
    ImportChange.objects.bulk_update(changed, ["before"], batch_size=500)
    return emptied


def _remove(changes: list[ImportChange], kept: dict[uuid.UUID, str]) -> list[uuid.UUID]:
    """Delete what goes, with what the import hung on it; returns the ids of the stakeholders."""
    removed = [change.stakeholder_id for change in changes if _is_added(change) and change.stakeholder_id not in kept]
    going = set(removed)
    unhung = [change for change in changes if change.stakeholder_id in going or not _is_added(change)]
    made = _made(unhung)
    made.setdefault(Affiliation, set()).update(_places_in(changes, going))
    tags = set(StakeholderTag.objects.filter(pk__in=made.get(StakeholderTag, ())).values_list("tag_id", flat=True))
    for model, ids in made.items():
        _delete(model, "id", ids)
    for tag in Tag.objects.filter(pk__in=tags):
        forget_unused(tag)
    for column in ("first_id", "second_id"):
        _delete(DuplicatePair, column, going)
    _delete(ImportChange, "stakeholder_id", going)
    _delete(Stakeholder, "id", going)
    _name_the_kept(changes, kept)
    refresh_words(change.stakeholder_id for change in changes if not _is_added(change))
    return removed


def _places_in(changes: list[ImportChange], going: set[uuid.UUID]) -> list[uuid.UUID]:
    """The places this import gave people who stay in organisations that go."""
    own = _made(changes).get(Affiliation, set())
    return list(Affiliation.objects.filter(pk__in=own, organisation_id__in=going).values_list("pk", flat=True))


def _name_the_kept(changes: list[ImportChange], kept: dict[uuid.UUID, str]) -> None:
    named = [change for change in changes if change.stakeholder_id in kept]
    for change in named:
        change.before = change.before | {"kept": kept[change.stakeholder_id]}
    ImportChange.objects.bulk_update(named, ["before"], batch_size=500)


def _delete(model: type[models.Model], column: str, ids: Iterable[uuid.UUID]) -> None:
    """Delete rows without asking what hangs on them: it was looked at before, and the database refuses what is not so.

    Not through the model, which would read every table that points to a hundred of them at a time.
    """
    known = list(ids)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        for start in range(0, len(known), DELETED_AT_ONCE):
            cursor.execute(
                f"DELETE FROM {table} WHERE tenant_id = %s AND {column} = ANY(%s)",  # noqa: S608 - our own names
                [current_tenant_id(), known[start : start + DELETED_AT_ONCE]],
            )
