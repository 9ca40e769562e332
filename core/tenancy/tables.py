"""Many changes of tables in one step of a migration."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class ChangeTables(Operation):
    """As its operations one after another; none may need to read what one before it made, as ``RunPython`` would.

    After each new table or column Django makes each model anew that is related to it, and here all are, through their
    tenant: a hundred tables one by one took most of half a minute. This way the models are made once.
    """

    serialization_expand_args: ClassVar[list[str]] = ["operations"]

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change the models; they are made when next asked for."""
        state.__dict__.pop("apps", None)
        for one in self.operations:
            one.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Change the database in their order."""
        for one in self.operations:
            one.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Take them back, last first."""
        for one in reversed(self.operations):
            one.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """For people."""
        return f"{len(self.operations)} changes of tables"


class CreateTables(ChangeTables):
    """New tables, each before those that point at it."""

    serialization_expand_args: ClassVar[list[str]] = ["tables"]

    def __init__(self, tables: list[CreateModel]) -> None:
        super().__init__(tables)

    def describe(self) -> str:
        """For people."""
        return f"Create {len(self.operations)} tables"
