"""The clock is read when something happens, never when a module is loaded: a worker runs for weeks, a suite past midnight."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

READS_CLOCK = re.compile(r"\b(?:localdate|localtime|now|today)\(\)")


def read_while_loading(source: str) -> list[int]:
    """The lines on which loading the module asks what time it is: its own statements, decorators and default values."""
    return sorted(node.lineno for node in loaded(ast.parse(source)) if READS_CLOCK.search(ast.unparse(node)))


def loaded(node: ast.AST) -> Iterator[ast.Call]:
    """The calls made when the module is loaded; what functions do inside waits until they are called."""
    is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    for name, value in ast.iter_fields(node):
        if is_function and name == "body":
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.Call):
                yield child
            elif isinstance(child, ast.AST):
                yield from loaded(child)


def sources() -> Iterator[tuple[str, str]]:
    """Each module that reads the clock somewhere, with its text."""
    for folder in (*settings.LADDER, "config", "tests", "bench"):
        for path in sorted((settings.BASE_DIR / folder).rglob("*.py")):
            text = Path(path).read_text()
            if READS_CLOCK.search(text):
                yield str(path.relative_to(settings.BASE_DIR)), text


def test_no_module_keeps_the_hour_it_was_loaded_at():
    found = [f"{path}:{line}" for path, text in sources() for line in read_while_loading(text)]
    assert found == []


def test_what_is_read_while_loading_is_found():
    source = (
        "A = date.today()\n@given(now())\ndef f(day=localdate()):\n    return now()\nB = [lambda: now(), x(now())]\n"
    )
    assert read_while_loading(source) == [1, 2, 3, 5]
