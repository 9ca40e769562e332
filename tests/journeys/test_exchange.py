"""Contact cards come in and the whole import is taken back; the register goes out in other programs' formats."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.checks import assert_good
from tests.browser.fixtures import BROWSER, PageAs
from tests.browser.words import Words
from tests.journeys.steps import field, heading, open_link, press

pytestmark = BROWSER

WIDTHS = pytest.mark.parametrize("width", [390, 1280])
CARDS = """BEGIN:VCARD
VERSION:4.0
FN:Nives Prova {width}
ORG:Coro Prova {width}
EMAIL:nives{width}@coro.example
END:VCARD
"""


@WIDTHS
def test_cards_are_brought_in_and_the_import_is_undone(
    page_as: PageAs, language: str, space_slug: str, say: Words, width: int
) -> None:
    page = page_as("coordinator", language, width=width)
    page.goto(f"/s/{space_slug}/stakeholders/import/")
    cards = CARDS.format(width=width).replace("\n", "\r\n").encode()
    field(page, say("File")).set_input_files({"name": f"{width}.vcf", "mimeType": "text/vcard", "buffer": cards})
    press(page, say("Read the file"))
    heading(page, say("This is what would happen"))
    assert_good(page, language)
    press(page, say.count("Add %(shown)s stakeholder", "Add %(shown)s stakeholders", 2, shown=2))
    done = say.count("%(shown)s stakeholder was added", "%(shown)s stakeholders were added", 2, shown=2)
    expect(page.get_by_role("heading", name=done)).to_be_visible(timeout=60_000)
    open_link(page, say("Undo the import"))
    assert_good(page, language)
    press(page, say("Undo the import"))
    expect(page.get_by_text(say("What it brought is gone."))).to_be_visible()
    assert_good(page, language)


@WIDTHS
def test_register_goes_out_as_cards_and_each_format_says_what_it_cannot_hold(
    page_as: PageAs, language: str, space_slug: str, say: Words, width: int
) -> None:
    page = page_as("coordinator", language, width=width)
    page.goto(f"/s/{space_slug}/stakeholders/?sector=media")
    open_link(page, say("Other formats"))
    for summary in page.locator("summary").filter(has_text=say("What it holds")).all():
        summary.click()
    expect(page.get_by_role("heading", name=say("Has no place for")).first).to_be_visible()
    assert_good(page, language)
    with page.expect_download() as download:
        page.get_by_role("region").filter(has_text="vCard").get_by_role("link", name=say("Download")).click()
    assert Path(download.value.path()).read_text().startswith("BEGIN:VCARD\nVERSION:4.0")
