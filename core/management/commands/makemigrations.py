"""Django's makemigrations, with each new table's walls written into its CREATE TABLE."""

from typing import Any

from django.core.management.commands.makemigrations import Command as DjangoCommand
from django.db.migrations import AddConstraint, AddIndex, CreateModel
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.migration import Migration


class FoldingAutodetector(MigrationAutodetector):
    """Moves constraints and indexes of a new model into its CreateModel.

    Django leaves them behind when later operations refer to the model; a composite foreign key, written inline, then
    finds no unique key to point at.
    """

    def _optimize_migrations(self) -> None:
        super()._optimize_migrations()
        for migrations in self.migrations.values():
            for migration in migrations:
                fold_constraints(migration)


def fold_constraints(migration: Migration) -> None:
    """Rewrite the operations of one migration in place."""
    created = {op.name_lower: op for op in migration.operations if isinstance(op, CreateModel)}
    kept = []
    for operation in migration.operations:
        model = created.get(operation.model_name_lower) if isinstance(operation, AddConstraint | AddIndex) else None
        if model is None or not _fields_stand(operation, model):
            kept.append(operation)
        elif isinstance(operation, AddConstraint):
            model.options.setdefault("constraints", []).append(operation.constraint)
        elif isinstance(operation, AddIndex):
            model.options.setdefault("indexes", []).append(operation.index)
    migration.operations = kept


def _fields_stand(operation: AddConstraint | AddIndex, model: CreateModel) -> bool:
    declared: Any = operation.constraint if isinstance(operation, AddConstraint) else operation.index
    names = [getattr(declared, "field", None), *getattr(declared, "fields", ())]
    return {name.lstrip("-") for name in names if name} <= {name for name, _field in model.fields}


class Command(DjangoCommand):
    """As Django's."""

    autodetector = FoldingAutodetector
