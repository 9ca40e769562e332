"""Changes written down as they are made, so that all of them can be taken back exactly.

A step is plain JSON: rows that got another value in one column, a row changed, added or taken out. Values go through
``field.to_python`` on the way back, so that moments keep their microseconds.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models

Step = dict[str, Any]


class Journal:
    """Makes changes and remembers them. ``steps`` are in the order they were made."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def move(
        self, model: type[models.Model], column: str, ids: Sequence[uuid.UUID], *, before: Any, after: Any
    ) -> None:
        """Point rows from one record to another."""
        if ids:
            rows_of(model).filter(pk__in=ids).update(**{column: after})
            self._note("move", model, column=column, ids=[str(pk) for pk in ids], before=str(before), after=str(after))

    def change(self, row: models.Model, values: Mapping[str, Any]) -> None:
        """Give a row other values, by column; what has the value already stays out of the journal."""
        before = {column: getattr(row, column) for column in values}
        differing = {column: value for column, value in values.items() if value != before[column]}
        if not differing:
            return
        rows_of(type(row)).filter(pk=row.pk).update(**differing)
        for column, value in differing.items():
            setattr(row, column, value)
        pairs = {column: [plain(before[column]), plain(value)] for column, value in differing.items()}
        self._note("change", type(row), id=str(row.pk), values=pairs)

    def take_out(self, row: models.Model) -> None:
        """Delete a row; all its values stay in the journal."""
        values = {field.attname: plain(getattr(row, field.attname)) for field in stored_fields(type(row))}
        rows_of(type(row)).filter(pk=row.pk).delete()
        self._note("take_out", type(row), values=values)

    def add(self, row: models.Model) -> None:
        """Store a new row."""
        row.save(force_insert=True)
        self._note("add", type(row), id=str(row.pk))

    def _note(self, what: str, model: type[models.Model], **more: Any) -> None:
        self.steps.append({"what": what, "model": model._meta.label, **more})


def take_back(steps: Sequence[Step]) -> None:
    """Undo the steps, the last first.

    What somebody changed since stays as they left it. Raises IntegrityError where the rows of before no longer fit.
    """
    for step in reversed(steps):
        model = apps.get_model(step["model"])
        if step["what"] == "move":
            rows = rows_of(model).filter(pk__in=step["ids"], **{step["column"]: step["after"]})
            rows.update(**{step["column"]: step["before"]})
        elif step["what"] == "change":
            _take_back_change(model, step)
        elif step["what"] == "take_out":
            _put_back(model, step["values"])
        else:
            rows_of(model).filter(pk=step["id"]).delete()


def _take_back_change(model: type[models.Model], step: Step) -> None:
    fields = {field.attname: field for field in stored_fields(model)}
    row = rows_of(model).filter(pk=step["id"]).first()
    if row is None:
        return
    untouched = {
        column: fields[column].to_python(before)
        for column, (before, after) in step["values"].items()
        if column in fields and plain(getattr(row, column)) == after
    }
    if untouched:
        rows_of(model).filter(pk=row.pk).update(**untouched)


def _put_back(model: type[models.Model], values: Mapping[str, Any]) -> None:
    # A column that was added since has its default; one that is gone is left out.
    known = {f.attname: f.to_python(values[f.attname]) for f in stored_fields(model) if f.attname in values}
    row = model(**known)
    rows_of(model).bulk_create([row])
    # Storing a row stamps it with the time of day; it had its own.
    stamped = {f.attname for f in stored_fields(model) if getattr(f, "auto_now", 0) or getattr(f, "auto_now_add", 0)}
    if stamped & known.keys():
        rows_of(model).filter(pk=row.pk).update(**{column: known[column] for column in stamped & known.keys()})


def rows_of(model: type[models.Model]) -> models.QuerySet[Any]:
    """The rows of a table in the tenant at work."""
    return model._base_manager.order_by()


def stored_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns that are written, not worked out by the database."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def plain(value: Any) -> Any:
    """A value as JSON keeps it without loss."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, uuid.UUID | Decimal):
        return str(value)
    return value
