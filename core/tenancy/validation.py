"""Validating what Django validates, with fewer statements, each written once in a process."""

from collections.abc import Collection
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import DatabaseError, connection, models, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.db.models.sql import Query
from django.utils.deconstruct import deconstructible


@dataclass(frozen=True)
class Given:
    """The place of a field's value in a statement that is written before there is one."""

    field: models.Field[Any, Any]

    def value_in(self, instance: models.Model) -> Any:
        """The value of one record, as the database takes it."""
        value = getattr(instance, self.field.attname)
        return self.field.get_db_prep_value(value, connection=connection, prepared=False)


@deconstructible
class _Place(models.Expression):
    """Such a place as an expression."""

    def __init__(self, field: models.Field[Any, Any]) -> None:
        super().__init__(output_field=field)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        given = Given(self.output_field)
        if hasattr(self.output_field, "get_placeholder_sql"):
            return self.output_field.get_placeholder_sql(given, compiler, connection)  # type: ignore[no-any-return]
        return "%s", (given,)


def all_checks_hold(instance: models.Model, *, exclude: Collection[str] | None = None) -> bool:
    """Whether a record keeps all its check constraints but those about excluded fields; one statement for all.

    As in the database, a condition that is unknown is not broken, and where it cannot be asked it decides itself.
    """
    values = (getattr(instance, field.attname) for field in instance._meta.local_concrete_fields)
    if any(hasattr(value, "resolve_expression") for value in values):
        # What only the database will know is not known to hold.
        return False
    sql, params = _checks_of(type(instance), frozenset(exclude or ()))
    if not sql:
        return True
    try:
        with transaction.atomic() if connection.in_atomic_block else nullcontext(), connection.cursor() as cursor:
            cursor.execute(sql, [one.value_in(instance) if isinstance(one, Given) else one for one in params])
            return cursor.fetchone() is not None
    except DatabaseError:
        return True


@cache
def _checks_of(model: type[models.Model], exclude: frozenset[str]) -> tuple[str, tuple[Any, ...]]:
    """The statement that finds a row where all checks hold; empty where there are none."""
    together = Q()
    for owner in (model, *model._meta.all_parents):
        for one in owner._meta.constraints:
            if not isinstance(one, models.CheckConstraint):
                continue
            if exclude and one._expression_refs_exclude(owner, one.condition, exclude):  # type: ignore[attr-defined]
                continue
            together &= Q(Coalesce(one.condition, True, output_field=models.BooleanField()))
    if not together:
        return "", ()
    query = Query(None)
    places = {name: field for field in model._meta.local_concrete_fields for name in (field.name, field.attname)}
    for name, field in {**places, "pk": model._meta.pk}.items():
        query.add_annotation(_Place(field), name, select=False)
    query.add_annotation(models.Value(1), "_check")
    query.add_q(together)
    sql, params = query.get_compiler(connection=connection).as_sql()
    return sql, tuple(params)
