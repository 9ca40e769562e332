"""Somebody asks what is held on them, and to be erased: an administrator does both from one screen."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.checks import assert_good
from tests.browser.fixtures import BROWSER, PageAs
from tests.browser.words import Words
from tests.journeys.steps import field, heading, open_link, press

pytestmark = BROWSER

WIDTHS = pytest.mark.parametrize("width", [390, 1280])


@WIDTHS
def test_person_is_handed_everything_and_erased(
    page_as: PageAs, language: str, space_slug: str, say: Words, width: int
) -> None:
    name = f"Zita Prova {width}"
    page = page_as("tenant_admin", language, width=width)
    page.goto(f"/s/{space_slug}/stakeholders/new/")
    field(page, say("Name")).fill(name)
    field(page, say("Kind")).select_option(label=say("Person"))
    field(page, say("E-mail")).first.fill(f"zita{width}@{space_slug}.example")
    press(page, say("Add"))
    heading(page, name)
    page.locator("nav.tabs").get_by_role("link", name=say("Personal data")).click()
    assert_good(page, language)
    with page.expect_download() as download:
        press(page, say("Download as a file (JSON)"))
    handed_over = json.loads(Path(download.value.path()).read_text())
    assert f"zita{width}@{space_slug}.example" in json.dumps(handed_over)
    press(page, say("Make the PDF"))
    expect(page.get_by_role("link", name=say("Download the PDF"))).to_be_visible(timeout=180_000)

    # Anew, without the message that lies over the foot of a phone's page.
    page.goto(page.url)
    open_link(page, say("See what erasing does"))
    assert_good(page, language)
    field(page, say("Type the person's name to erase them")).fill("Somebody else")
    press(page, say("Erase the person"))
    assert_good(page, language)
    field(page, say("Type the person's name to erase them")).fill(name)
    press(page, say("Erase the person"))
    expect(page.get_by_text(name)).to_have_count(0)
    page.goto(f"/s/{space_slug}/stakeholders/?q={name}")
    expect(page.get_by_role("link", name=name)).to_have_count(0)
