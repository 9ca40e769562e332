"""Many changes of tables in one step of a migration."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.db.migrations import AlterField, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState, StateApps

Models = dict[tuple[str, str], ModelState]


class ChangeTables(Operation):
    """As its operations one after another; none may need to read what one before it made, as ``RunPython`` would.

    After each new table or column Django makes each model anew that is related to it, and here all are, through their
    tenant: a hundred tables one by one took most of half a minute. This way the models are made once, and of them only
    those that change with those they point at.
    """

    serialization_expand_args: ClassVar[list[str]] = ["operations"]

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change the models; they are made when next asked for."""
        state.__dict__.pop("apps", None)
        for one in self.operations:
            one.state_forwards(app_label, state)
        state.apps = _MadeWhenAsked(state.real_apps, state.models)  # type: ignore[assignment]  # in its place

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Change the database in their order."""
        before, after = self._narrowed(app_label, from_state), self._narrowed(app_label, to_state)
        for one in self.operations:
            one.database_forwards(app_label, schema_editor, before, after)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Take them back, last first."""
        before, after = self._narrowed(app_label, from_state), self._narrowed(app_label, to_state)
        for one in reversed(self.operations):
            one.database_backwards(app_label, schema_editor, before, after)

    def describe(self) -> str:
        """For people."""
        return f"{len(self.operations)} changes of tables"

    def _narrowed(self, app_label: str, state: ProjectState) -> ProjectState:
        """The models that change and those they point at; all of them where others may point at what changes."""
        if any(isinstance(one, AlterField) and one.field.unique for one in self.operations):
            return state
        named = [getattr(one, "model_name", None) or one.name for one in self.operations]  # type: ignore[attr-defined]
        found: Models = {}
        waiting = [(app_label, name.lower()) for name in named]
        while waiting:
            key = waiting.pop()
            if key in state.models and key not in found:
                found[key] = state.models[key]
                waiting += _pointed_at(state.models[key])
        return ProjectState(models=found, real_apps=state.real_apps)


class CreateTables(ChangeTables):
    """New tables, each before those that point at it."""

    serialization_expand_args: ClassVar[list[str]] = ["tables"]

    def __init__(self, tables: list[CreateModel]) -> None:
        super().__init__(tables)

    def describe(self) -> str:
        """For people."""
        return f"Create {len(self.operations)} tables"


class _MadeWhenAsked:
    """The models of a state, for which the next step of ours does not ask; Django would make all before each step."""

    def __init__(self, real_apps: set[str], models: Models) -> None:
        self._real_apps, self._models = real_apps, models

    @cached_property
    def _made(self) -> StateApps:
        return StateApps(self._real_apps, self._models)  # type: ignore[arg-type]  # a set

    def __getattr__(self, name: str) -> Any:
        return getattr(self._made, name)

    def clone(self) -> "StateApps | _MadeWhenAsked":
        """Those of now, whatever becomes of the state."""
        if "_made" in self.__dict__:
            return self._made.clone()
        return _MadeWhenAsked(self._real_apps, {key: model.clone() for key, model in self._models.items()})


def _pointed_at(model: ModelState) -> Iterable[tuple[str, str]]:
    """What a model's fields and its parents name: application and model in small letters."""
    ends = [field.remote_field for field in model.fields.values() if field.remote_field]
    for name in [*(end.model for end in ends), *(getattr(end, "through", None) for end in ends), *model.bases]:
        if isinstance(name, str) and name != "self":
            app_label, _dot, model_name = name.lower().rpartition(".")
            yield app_label or model.app_label, model_name
