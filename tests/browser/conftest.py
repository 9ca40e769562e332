import pytest

from tests.browser.fixtures import demo, language, page_as, say, space_slug, windows

__all__ = ["demo", "language", "page_as", "say", "space_slug", "windows"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The sweep takes minutes and wants a quiet machine: it runs with the drills until it holds its time."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.drill)
