"""Rows that every request reads, by statements written once: composing them anew costs more than running them."""

from typing import Any

from django.db import connection, models

from core.queries.planned import planned_cursor


class PreparedRow[ModelT: models.Model]:
    """The row of a table a condition finds, as a record of its model. The condition is ours, with ``%s`` for values.

    ``beside`` are further expressions, whose values follow the record.
    """

    def __init__(self, model: type[ModelT], condition: str, *, beside: tuple[str, ...] = ()) -> None:
        fields = model._meta.concrete_fields
        self._model = model
        self._names = [field.attname for field in fields]
        self._converters = [
            (position, field.from_db_value) for position, field in enumerate(fields) if hasattr(field, "from_db_value")
        ]
        table = model._meta.db_table
        columns = ", ".join([*(f'"{table}"."{field.column}"' for field in fields), *beside])
        self._statement = f'SELECT {columns} FROM "{table}" WHERE {condition}'  # noqa: S608 - names of our own columns

    def __call__(self, *values: Any) -> tuple[ModelT, tuple[Any, ...]] | None:
        """The record with what stands beside it; None when there is no such row."""
        with planned_cursor() as cursor:
            cursor.execute(self._statement, values)
            row = cursor.fetchone()
        if row is None:
            return None
        count = len(self._names)
        own = list(row[:count])
        for position, convert in self._converters:
            own[position] = convert(own[position], None, connection)
        return self._model.from_db("default", self._names, own), row[count:]
