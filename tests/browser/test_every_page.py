"""Every page a person can reach, seen at two widths, in light and dark, in both languages.

Each page is loaded once in each language and looked at in two of the four pairs of width and theme, so that all four
are seen; at 320 px it must not scroll sideways. What several roles see alike is looked at once in full and once more,
in one pair, for each further role.
"""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import axe_faults, head_faults, width_faults
from tests.browser.fixtures import BROWSER, PageAs
from tests.browser.people import AGAIN, COORDINATOR, PEOPLE, PUBLIC, Explorer, Pages
from tests.browser.running_demo import RunningDemo
from tests.browser.windows import HEIGHTS, Windows
from tests.browser.words import SPACE

pytestmark = BROWSER

View = tuple[int, str]
VIEWS: dict[str, tuple[View, View]] = {
    "it": ((1280, "light"), (390, "dark")),
    "en": ((390, "light"), (1280, "dark")),
}
NARROWEST = 320
IN_A_JOURNEY = "a step that only sending a form leads to: looked at in tests/journeys"
NOT_REACHED = {
    r"/accounts/(2fa/|confirm-email/|login/code/confirm/|password/(set|reset/key)/)": IN_A_JOURNEY,
    r"/stakeholders/import/<uuid:import_id>/": IN_A_JOURNEY,
    r"/stakeholders/import/profiles/<uuid:import_profile_id>/": IN_A_JOURNEY,
    r"/personal-data/": "only administrators may, who are looked at below settings: looked at in tests/journeys",
    r"^/s/<slug:tenant>/profile/$": "leads on to the one organisation somebody belongs to",
    r"/stakeholders/bulk/<uuid:audit_event_id>/undo/": IN_A_JOURNEY,
    r"/stakeholders/<uuid:stakeholder_id>/tags/new/": IN_A_JOURNEY,
    r"/agreements/<int:number>/(force|open)/|/goals/<int:number>/adopt/": IN_A_JOURNEY,
    r"/jobs/<uuid:job_id>/|/goals/<int:number>/funding/": "a fragment that another page loads",
    r"^/(healthz|readyz|api/.*)$|/api/v1/": "for machines, not a page",
    r"<str:file_format>$|\.css$|/logo/|/download/$|/card/$|/export/(cards|directory)/$": "a file, not a page",
}


@pytest.fixture(scope="module")
def explorer(demo: RunningDemo, windows: Windows) -> Explorer:
    return Explorer(demo, windows)


def show(page: Page, view: View) -> None:
    width, theme = view
    page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 900)})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]


def look(page: Page, url: str, language: str, views: tuple[View, ...]) -> list[str]:
    """Everything wrong with one page in these views."""
    show(page, views[0])
    page.goto(url)
    # Parts that come by themselves after loading.
    expect(page.locator("[hx-trigger=load]")).to_have_count(0)
    faults = head_faults(page, language)
    for view in views:
        show(page, view)
        faults += [f"{view[0]} {view[1]}: {fault}" for fault in width_faults(page) + axe_faults(page)]
    show(page, (NARROWEST, views[-1][1]))
    return faults + width_faults(page)


def share(pages: Pages, language: str, who: str, known: Pages) -> dict[str, tuple[View, ...]]:
    """In which views a person's pages are looked at: those others have seen in full get one, in one language."""
    views = VIEWS[language]
    if who not in AGAIN:
        return dict.fromkeys(pages, views)
    turn = AGAIN.index(who) + list(VIEWS).index(language)
    found: dict[str, tuple[View, ...]] = {}
    for position, route in enumerate(sorted(pages)):
        if route not in known:
            found[route] = views
        elif (position + turn) % 2 == 0 or who == "treasurer":
            found[route] = (views[position // 2 % 2],)
    return found


@pytest.mark.parametrize(("language", "who"), PEOPLE)
def test_every_page_is_accessible_and_fits(explorer: Explorer, page_as: PageAs, language: str, who: str) -> None:
    pages = explorer.pages(language, who)
    known = explorer.pages(language, COORDINATOR) if who in AGAIN else {}
    page = page_as(None if who == PUBLIC else who, language, reduced_motion="reduce")
    faults = []
    for route, views in share(pages, language, who, known).items():
        faults += [f"{pages[route]}: {fault}" for fault in look(page, pages[route], language, views)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("language", "who"), [("it", COORDINATOR), ("en", PUBLIC), ("en", "partner_member")])
def test_pages_that_say_no_are_pages_too(page_as: PageAs, language: str, who: str) -> None:
    tenant = SPACE[language]
    refused = {COORDINATOR: "settings/", "partner_member": "residents/"}
    paths = [f"/s/{tenant}/nothing/", f"/p/{tenant}/nothing/", f"/l/{tenant}/task/nothing/", f"/verify/{tenant}/NO/"]
    paths += [f"/s/{tenant}/{refused[who]}"] if who in refused else []
    page = page_as(None if who == PUBLIC else who, language, reduced_motion="reduce")
    faults = [f"{path}: {fault}" for path in paths for fault in look(page, path, language, VIEWS[language])]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", list(VIEWS))
def test_every_route_with_a_page_was_reached(demo: RunningDemo, explorer: Explorer, language: str) -> None:
    routes = {one["pattern"] for one in json.loads(demo.manage("url_map", "--json")) if "GET" in one["methods"]}
    reached = {route for at, who in PEOPLE if at == language for route in explorer.pages(language, who)}
    missing = {route for route in routes - reached if not any(re.search(known, route) for known in NOT_REACHED)}
    assert not missing, "no link leads to:\n" + "\n".join(sorted(missing))
    stale = [known for known in NOT_REACHED if not any(re.search(known, route) for route in routes - reached)]
    assert not stale, "reached after all:\n" + "\n".join(stale)
