"""Django's makemigrations, with each new table's walls written into its CREATE TABLE."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from typing import Any

from django.core.management.commands.makemigrations import Command as DjangoCommand
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.migration import Migration
from django.db.migrations.operations.base import Operation


class FoldingAutodetector(MigrationAutodetector):
    """Moves fields, constraints and indexes of a new model into its CreateModel.

    Django leaves them behind when later operations refer to the model; a composite foreign key, written inline, then
    finds no unique key to point at.
    """

    def _optimize_migrations(self) -> None:
        super()._optimize_migrations()  # type: ignore[misc]  # the stubs leave it out
        for migrations in self.migrations.values():  # type: ignore[attr-defined]  # the stubs leave it out
            for migration in migrations:
                fold_constraints(migration)


def fold_constraints(migration: Migration) -> None:
    """Rewrite the operations of one migration in place: a table stands before those that point at it."""
    _sort_tables(migration)
    order = [operation.name_lower for operation in migration.operations if isinstance(operation, CreateModel)]
    created: dict[str, CreateModel] = {}
    kept: list[Operation] = []
    for operation in migration.operations:
        if isinstance(operation, CreateModel):
            created[operation.name_lower] = operation
            kept.append(operation)
            continue
        model = created.get(getattr(operation, "model_name_lower", ""))
        if model is None or not _fold(operation, model, migration.app_label, order):
            kept.append(operation)
    migration.operations = kept  # type: ignore[misc]  # as Django itself does while it optimises


def _sort_tables(migration: Migration) -> None:
    tables = {one.name_lower: one for one in migration.operations if isinstance(one, CreateModel)}
    pointed: dict[str, set[str]] = {name: set() for name in tables}
    for name, field in _fields_of(migration):
        if name in tables:
            pointed[name] |= {_target(field, migration.app_label)} & tables.keys() - {name}
    try:
        order = list(TopologicalSorter(pointed).static_order())
    except CycleError:
        return
    others = [one for one in migration.operations if not isinstance(one, CreateModel)]
    migration.operations = [*(tables[name] for name in order), *others]  # type: ignore[misc]  # as Django itself does


def _fields_of(migration: Migration) -> Iterator[tuple[str, Any]]:
    """Each field that is added, with its table."""
    for operation in migration.operations:
        if isinstance(operation, CreateModel):
            yield from ((operation.name_lower, field) for _name, field in operation.fields)
        elif isinstance(operation, AddField):
            yield operation.model_name_lower, operation.field


def _target(field: Any, app_label: str) -> str:
    app, _dot, name = str(field.deconstruct()[3].get("to", "")).lower().rpartition(".")
    return name if app == app_label else ""


def _fold(operation: Operation, model: CreateModel, app_label: str, order: list[str]) -> bool:
    if isinstance(operation, AddField):
        name = _target(operation.field, app_label)
        # A table of this migration must stand before one that points at it; those of earlier migrations do.
        if name in order and order.index(name) > order.index(model.name_lower):
            return False
        model.fields.append((operation.name, operation.field))
    elif isinstance(operation, AddConstraint | AddIndex) and _fields_stand(operation, model):
        kind = "constraints" if isinstance(operation, AddConstraint) else "indexes"
        model.options.setdefault(kind, []).append(getattr(operation, kind.removesuffix("es").removesuffix("s")))
    else:
        return False
    return True


def _fields_stand(operation: AddConstraint | AddIndex, model: CreateModel) -> bool:
    declared: Any = operation.constraint if isinstance(operation, AddConstraint) else operation.index
    names = [getattr(declared, "field", None), *getattr(declared, "fields", ())]
    return {name.lstrip("-") for name in names if name} <= {name for name, _field in model.fields}


class Command(DjangoCommand):
    """As Django's."""

    autodetector = FoldingAutodetector
