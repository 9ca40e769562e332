"""Steps of migrations that make many tables: models are made late, and only those a step is about."""

from django.db import models
from django.db.migrations import AddField, AlterField, CreateModel
from django.db.migrations.state import ProjectState

from core.tenancy.tables import ChangeTables, CreateTables

KEY = ("id", models.AutoField(primary_key=True))


def made(*steps: ChangeTables) -> tuple[ProjectState, ProjectState]:
    """The state before and after the last of some steps, as Django goes through them."""
    before = after = ProjectState()
    for step in steps:
        before = after.clone()
        step.state_forwards("core", after)
    return before, after


def tables() -> CreateTables:
    return CreateTables(
        [
            CreateModel("Loom", [KEY]),
            CreateModel("Cloth", [KEY, ("loom", models.ForeignKey("core.Loom", models.CASCADE))]),
            CreateModel("Market", [KEY]),
        ]
    )


def fields_of(state: ProjectState, name: str) -> set[str]:
    return {field.name for field in state.apps.get_model("core", name)._meta.get_fields()}


def test_models_asked_for_later_are_those_of_each_moment() -> None:
    colour = ChangeTables([AddField("Cloth", "colour", models.TextField(default=""))])
    length = AddField("Cloth", "length", models.IntegerField(default=0))

    before, after = made(tables(), colour)
    middle = after.clone()
    length.state_forwards("core", after)

    assert fields_of(before, "Cloth") == {"id", "loom"}
    assert fields_of(middle, "Cloth") == {"id", "loom", "colour"}
    assert fields_of(after, "Cloth") == {"id", "loom", "colour", "length"}
    assert fields_of(after, "Loom") == {"id", "cloth"}


def test_step_makes_what_it_changes_and_what_that_points_at() -> None:
    colour = ChangeTables([AddField("Cloth", "colour", models.TextField(default=""))])
    _before, after = made(tables(), colour)
    assert {name for _app, name in colour._narrowed("core", after).models} == {"cloth", "loom"}


def test_step_that_changes_a_key_makes_all_that_may_point_at_it() -> None:
    key = ChangeTables([AlterField("Loom", "id", models.BigAutoField(primary_key=True))])
    _before, after = made(tables(), key)
    assert {name for _app, name in key._narrowed("core", after).models} == {"cloth", "loom", "market"}
