"""What import-linter cannot see of the layers: calls inside them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

BASE = settings.BASE_DIR
WRITING_CALLS = {
    "save",
    "delete",
    "create",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
    "aupdate",
}
# Django's own words for the database and the request, as modules a rule may not import from.
IMPURE = (
    "django.db.transaction",
    "django.http",
    "django.shortcuts",
    "django.urls",
    "django.core.mail",
    "django.core.cache",
)


def modules_of(layer: str) -> list[Path]:
    """The modules of one layer in every app."""
    return sorted(path for app in settings.LADDER for path in (BASE / app / layer).rglob("*.py"))


# What these tests look at; the millions of other nodes of a tree are not kept.
KINDS = (ast.Import, ast.ImportFrom, ast.Attribute, ast.Call, ast.FunctionDef)


@cache
def nodes_in(path: Path) -> list[ast.AST]:
    """The syntax nodes of a module that say what it does; each module is read once."""
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, KINDS)]


def nodes_of(layer: str) -> Iterator[tuple[str, ast.AST]]:
    """Every such node of a layer with the place it stands at."""
    for path in modules_of(layer):
        for node in nodes_in(path):
            yield f"{path.relative_to(BASE)}:{getattr(node, 'lineno', 0)}", node


def imported(node: ast.AST) -> list[str]:
    """The whole names a statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


@pytest.mark.parametrize("layer", ["models", "rules", "queries", "operations", "forms", "views", "api"])
def test_layer_has_modules(layer: str) -> None:
    assert len(modules_of(layer)) > len(settings.LADDER)


def test_rules_touch_neither_database_nor_request() -> None:
    found = [
        place
        for place, node in nodes_of("rules")
        if (isinstance(node, ast.Attribute) and node.attr in {"objects", "all_objects"})
        or any(name.startswith((*IMPURE, "django.db.connection")) for name in imported(node))
    ]

    assert found == []


def test_queries_never_write() -> None:
    found = [
        place
        for place, node in nodes_of("queries")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITING_CALLS
    ]

    assert found == []


def test_models_do_not_override_save_or_delete() -> None:
    found = [
        f"{place} {node.name}"
        for place, node in nodes_of("models")
        if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"}
    ]

    assert found == []


def test_operations_never_see_a_request() -> None:
    found = [
        f"{place} {node.name}"
        for place, node in nodes_of("operations")
        if isinstance(node, ast.FunctionDef)
        and "request" in {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
    ]

    assert found == []


def test_signals_connect_only_where_named() -> None:
    """Apps talk by calls and registries; Django's own events are heard in core's start-up alone."""
    found = {
        str(path.relative_to(BASE))
        for app in settings.LADDER
        for path in (BASE / app).rglob("*.py")
        if any({"signals", "dispatch"} & set(name.split(".")) for node in nodes_in(path) for name in imported(node))
    }

    assert found <= {"core/apps.py"}


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = {"utils", "helpers", "services", "signals", "common", "misc", "managers", "handlers"}
    found = {
        str(path.relative_to(BASE))
        for app in settings.LADDER
        for path in (BASE / app).rglob("*.py")
        if path.stem in vague
    }

    assert found <= {"core/tenancy/managers.py"}
