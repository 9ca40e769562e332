from pathlib import Path

import pytest

from tests.browser.fixtures import demo, language, page_as, say, space_slug, windows

__all__ = ["demo", "language", "page_as", "say", "space_slug", "windows"]
HERE = Path(__file__).parent
IN_THE_DRILL = {("it", 1280), ("en", 390)}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Stories that are told at two widths: CI tells each language at one of them, ``make drill`` the other pairs."""
    for item in items:
        told = getattr(getattr(item, "callspec", None), "params", {})
        if HERE in item.path.parents and (told.get("language"), told.get("width")) in IN_THE_DRILL:
            item.add_marker(pytest.mark.drill)
