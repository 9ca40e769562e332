"""Text at 200 % and reduced motion, on the pages people spend their time on."""

import pytest
from playwright.sync_api import expect

from tests.browser.checks import width_faults
from tests.browser.fixtures import BROWSER, PageAs
from tests.browser.words import SPACE

pytestmark = BROWSER

PARTNERSHIP = {"it": "scuola-lavoro", "en": "first-job"}
PUBLIC = ["/p/{tenant}/", "/p/{tenant}/{slug}/", "/p/{tenant}/{slug}/feedback/", "/accounts/login/"]
OWN = [
    "/s/{tenant}/",
    "/s/{tenant}/residents/",
    "/s/{tenant}/stakeholders/",
    "/s/{tenant}/partnerships/{slug}/",
    "/s/{tenant}/partnerships/{slug}/tasks/",
    "/s/{tenant}/partnerships/{slug}/goals/1/",
    "/s/{tenant}/partnerships/{slug}/goals/new/",
    "/s/{tenant}/partnerships/{slug}/agreements/1/",
    "/s/{tenant}/partnerships/{slug}/reports/1/",
]
BIG_TEXT = "() => { document.documentElement.style.fontSize = '200%'; }"
# Under reduced motion nothing moves for longer than a frame.
MOVING = """() => [...document.querySelectorAll("body, body *")].filter((one) => {
  const style = getComputedStyle(one);
  const seconds = [...style.transitionDuration.split(","), ...style.animationDuration.split(",")].map(parseFloat);
  return Math.max(...seconds) > 0.02;
}).slice(0, 3).map((one) => one.outerHTML.slice(0, 100))"""


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_scrolls_sideways_with_text_twice_as_large(page_as: PageAs, language: str, width: int) -> None:
    faults = []
    for role, paths in ((None, PUBLIC), ("coordinator", OWN)):
        page = page_as(role, language, width=width)
        for path in paths:
            page.goto(path.format(tenant=SPACE[language], slug=PARTNERSHIP[language]))
            expect(page.locator("[hx-trigger=load]")).to_have_count(0)
            page.evaluate(BIG_TEXT)
            faults += [f"{page.url}: {fault}" for fault in width_faults(page)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", ["en"])
def test_nothing_moves_for_those_who_do_not_want_it(page_as: PageAs, language: str) -> None:
    faults = []
    for role, paths in ((None, PUBLIC), ("coordinator", OWN)):
        page = page_as(role, language, reduced_motion="reduce")
        for path in paths:
            page.goto(path.format(tenant=SPACE[language], slug=PARTNERSHIP[language]))
            faults += [f"{page.url}: {one}" for one in page.evaluate(MOVING)]
    assert not faults, "\n".join(faults)
