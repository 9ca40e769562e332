"""Everything that points to one record points to another afterwards, whichever app it belongs to.

The keys are read from the models, so a new table is covered by itself. A row that would then be there twice is folded:
the richer of the two stays, whatever hangs on the poorer one is hung on it, and the poorer one is taken out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, models, transaction

from core.tenancy.models import TenantForeignKey
from stakeholders.models import ImportChange, StakeholderMerge
from stakeholders.operations.journal import Journal, rows_of

# They tell what was done to a record at a time, under the name it had then.
HISTORY: tuple[type[models.Model], ...] = (StakeholderMerge, ImportChange)


def keys_to(model: type[models.Model]) -> Iterator[tuple[type[models.Model], TenantForeignKey]]:
    """Every foreign key of any app that points to a table, history left out."""
    for relation in model._meta.get_fields(include_hidden=True):
        is_key = relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)
        if not is_key or relation.related_model in HISTORY:
            continue
        yield relation.related_model, relation.field  # type: ignore[union-attr,misc]  # a reverse relation


@dataclass(frozen=True)
class _Move:
    """One key that has to point elsewhere."""

    model: type[models.Model]
    key: TenantForeignKey
    old: models.Model
    new: models.Model


def repoint(journal: Journal, *, old: models.Model, new: models.Model) -> None:
    """Have everything that points to ``old`` point to ``new``; both are rows of the same table."""
    for model, key in keys_to(type(old)):
        move = _Move(model, key, old, new)
        ids = list(rows_of(model).filter(**{key.attname: old.pk}).values_list("pk", flat=True))
        if not _moved(journal, move, ids):
            for pk in ids:
                _move_or_fold(journal, move, pk)


def _moved(journal: Journal, move: _Move, ids: list[Any]) -> bool:
    """Whether the rows could be moved; else nothing of them was."""
    noted = len(journal.steps)
    try:
        with transaction.atomic():
            journal.move(move.model, move.key.attname, ids, before=move.old.pk, after=move.new.pk)
    except IntegrityError:
        del journal.steps[noted:]
        return False
    return True


def _move_or_fold(journal: Journal, move: _Move, pk: Any) -> None:
    if _moved(journal, move, [pk]):
        return
    row = rows_of(move.model).filter(pk=pk).first()
    if row is None:
        return
    twin = _twin(row, move.key, move.new)
    if twin is None:
        # No second one of it, and still refused: it told of the two, and they are one now.
        _take_out(journal, row)
    elif _riches(row) > _riches(twin):
        _fold(journal, poorer=twin, richer=row)
        _move_or_fold(journal, move, pk)
    else:
        _fold(journal, poorer=row, richer=twin)


def _fold(journal: Journal, *, poorer: models.Model, richer: models.Model) -> None:
    repoint(journal, old=poorer, new=richer)
    journal.take_out(poorer)


def _take_out(journal: Journal, row: models.Model) -> None:
    for model, key in keys_to(type(row)):
        for child in rows_of(model).filter(**{key.attname: row.pk}):
            if key.null:
                journal.change(child, {key.attname: None})
            else:
                _take_out(journal, child)
    journal.take_out(row)


def _twin(row: models.Model, key: TenantForeignKey, new: models.Model) -> models.Model | None:
    """The row that stands where this one would come to stand."""
    for constraint in row._meta.constraints:
        if not isinstance(constraint, models.UniqueConstraint) or key.name not in constraint.fields:
            continue
        wanted = {name: getattr(row, row._meta.get_field(name).attname) for name in constraint.fields}  # type: ignore[union-attr]  # a column
        rows = rows_of(type(row)).filter(**(wanted | {key.name: new.pk})).exclude(pk=row.pk)
        if constraint.condition is not None:
            rows = rows.filter(constraint.condition)
        if found := rows.first():
            return found  # type: ignore[no-any-return]  # a row of the same table
    return None


def _riches(row: models.Model) -> tuple[int, int]:
    """How much hangs on a row, and how much it says."""
    hanging = sum(rows_of(model).filter(**{key.attname: row.pk}).count() for model, key in keys_to(type(row)))
    return hanging, sum(bool(getattr(row, field.attname)) for field in row._meta.concrete_fields)
