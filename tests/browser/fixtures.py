"""Fixtures of everything that runs in a browser. One demo in a worker serves whichever folders ask for it there."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.browser.running_demo import RunningDemo, start_demo
from tests.browser.windows import Windows, chromium_path, open_chromium
from tests.browser.words import SPACE, Words

# Which worker drives which of them, with a demo of its own, is said in tests/scheduling.py.
BROWSER = [pytest.mark.browser]
_running: list[RunningDemo] = []
_users = 0


@pytest.fixture(scope="session")
def demo() -> Iterator[RunningDemo]:
    """The running demo, started once and stopped after the last who asked for it."""
    global _users  # noqa: PLW0603 - each folder that imports this fixture has a copy of its own
    chromium_path()
    if not _running:
        _running.append(start_demo())
    _users += 1
    yield _running[0]
    _users -= 1
    if not _users and _running[0].launcher:
        _running.pop().stop()


@pytest.fixture(scope="module")
def windows(demo: RunningDemo) -> Iterator[Windows]:
    """A browser for one module: Playwright's loop must not run while other modules use the database."""
    with sync_playwright() as playwright:
        browser = open_chromium(playwright)
        yield Windows(browser, demo.base_url, demo.signed_in)
        browser.close()


@pytest.fixture(params=["it", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Each story is told in both languages."""
    return str(request.param)


@pytest.fixture
def say(language: str) -> Words:
    """The words on the page."""
    return Words(language)


@pytest.fixture
def space_slug(language: str) -> str:
    """The demo's space that speaks the language."""
    return SPACE[language]


PageAs = Callable[..., Page]


@pytest.fixture
def page_as(demo: RunningDemo, windows: Windows) -> Iterator[PageAs]:
    """Opens a page for a role of the demo (``None``: nobody signed in) and checks it for faults at the end."""
    with ExitStack() as stack:

        def open_page(
            role: str | None = None, language: str = "en", width: int = 1280, theme: str = "light", **options: object
        ) -> Page:
            account = demo.account(role, SPACE[language]) if role else None
            window = windows.window(account=account, language=language, width=width, theme=theme, **options)
            return stack.enter_context(window)

        yield open_page
