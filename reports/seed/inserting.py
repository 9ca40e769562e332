"""INSERT ... SELECT statements from models: only what matters is spelt out, the rest is each field's default."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, models


@dataclass(frozen=True)
class Sowing:
    """Rows of one model: SQL expressions by column over a FROM clause. Both are ours, never a person's text."""

    model: type[models.Model]
    source: str
    columns: Mapping[str, str]


def insert_rows(sowing: Sowing, values: Mapping[str, Any]) -> int:
    """Run one sowing in the tenant at work; ``values`` are its parameters. Returns how many rows there were."""
    columns = dict(sowing.columns)
    parameters = dict(values)
    for field in sowing.model._meta.concrete_fields:
        if field.column is None or field.column in columns or field.null or field.has_db_default():
            continue
        columns[field.column] = f"%(default_{field.column})s"
        parameters[f"default_{field.column}"] = _default(field, values)
    table = connection.ops.quote_name(sowing.model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {', '.join(columns.values())} FROM {sowing.source}",  # noqa: S608 - ours
            parameters,
        )
        return int(cursor.rowcount)


def _default(field: models.Field[Any, Any], values: Mapping[str, Any]) -> Any:
    if getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False):
        return values["now"]
    return field.get_db_prep_save(field.get_default(), connection)
