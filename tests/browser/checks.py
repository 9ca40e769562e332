"""What every page must be: free of axe's findings, no wider than its window, named and in its language."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
RUN_AXE = """async (tags) => {
  const found = await axe.run(document, { runOnly: tags, resultTypes: ["violations"], selectors: false });
  return found.violations.map((one) => ({ rule: one.id, help: one.help, where: one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160) + " " + (node.any[0]?.message ?? "")) }));
}"""
WIDER_THAN_WINDOW = """() => {
  const wide = document.documentElement.scrollWidth, room = document.documentElement.clientWidth;
  if (wide <= room + 1) return null;
  const out = [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > room + 1);
  return `${wide} > ${room}: ` + out.slice(-2).map((one) => one.outerHTML.slice(0, 120)).join(" | ");
}"""
HEAD = """() => ({
  title: document.title.trim(),
  h1: [...document.querySelectorAll("h1")].filter((one) => one.checkVisibility()).map((one) => one.innerText.trim()),
  lang: document.documentElement.lang,
})"""
# Where scripts run, the content of <noscript> is text.
SCRIPTS_RUN = """() => {
  const probe = document.createElement("div");
  probe.innerHTML = "<noscript><p></p></noscript>";
  return probe.querySelector("p") === null;
}"""


@cache
def _axe() -> str:
    return AXE.read_text()


def axe_faults(page: Page) -> list[str]:
    """What axe finds on the page as it is shown now."""
    if not page.evaluate("() => Boolean(window.axe)"):
        # Evaluated, not added as a script: the page's CSP rightly refuses strangers.
        page.evaluate(_axe())
    found: list[dict[str, Any]] = page.evaluate(RUN_AXE, TAGS)
    return [f"axe {one['rule']}: {one['help']}: {' | '.join(one['where'])}" for one in found]


def width_faults(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    too_wide = page.evaluate(WIDER_THAN_WINDOW)
    return [f"scrolls sideways: {too_wide}"] if too_wide else []


def head_faults(page: Page, language: str) -> list[str]:
    """A page without a title or one main heading, or in another language than asked for."""
    head = page.evaluate(HEAD)
    faults = [] if head["title"] else ["no title"]
    if len(head["h1"]) != 1 or not head["h1"][0]:
        faults.append(f"main headings: {head['h1']}")
    if not head["lang"].startswith(language):
        faults.append(f"lang is {head['lang']!r}")
    return faults


def assert_good(page: Page, language: str) -> None:
    """Fail with everything that is wrong with the page as it is shown now, or when it has arrived."""
    page.wait_for_load_state()
    with _with_script(page) as shown:
        faults = head_faults(shown, language) + width_faults(shown) + axe_faults(shown)
    assert not faults, page.url + "\n" + "\n".join(faults)


@contextmanager
def _with_script(page: Page) -> Iterator[Page]:
    """The page itself, or where its window runs no scripts (axe is one) the same document in a window that does."""
    browser = page.context.browser
    if page.evaluate(SCRIPTS_RUN) or browser is None:
        yield page
        return
    context = browser.new_context(viewport=page.viewport_size, storage_state=page.context.storage_state())
    try:
        twin = context.new_page()
        content = page.content()
        twin.route(page.url, lambda route: route.fulfill(body=content, content_type="text/html; charset=utf-8"))
        twin.goto(page.url)
        yield twin
    finally:
        context.close()
