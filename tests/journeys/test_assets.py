"""What one has, another needs: a coordinator writes both down, asks who can bring it, and finds whom to invite."""

import pytest
from playwright.sync_api import expect

from tests.browser.checks import assert_good
from tests.browser.fixtures import BROWSER, PageAs
from tests.browser.words import Words
from tests.journeys.steps import field, open_link, press

pytestmark = BROWSER

WIDTHS = pytest.mark.parametrize("width", [390, 1280])
OWNER = {"it": "Biblioteca civica di Borgo", "en": "Weir Street Surgery"}
THING = {"it": "Proiettore", "en": "Projector"}
PARTNERSHIP = {"it": "sapere-comune", "en": "open-questions"}


@WIDTHS
def test_who_can_lend_it_is_answered_with_reasons_and_the_need_is_met(
    page_as: PageAs, language: str, space_slug: str, say: Words, width: int
) -> None:
    page = page_as("coordinator", language, width=width)
    thing = f"{THING[language]} {width}"
    page.goto(f"/s/{space_slug}/stakeholders/?q={OWNER[language]}")
    open_link(page, OWNER[language])
    page.locator("nav.tabs").get_by_role("link", name=say("Can bring")).click()
    open_link(page, say("Write something down"))
    field(page, say("Kind")).select_option(label=say("Equipment"))
    press(page, say("Save"))
    assert_good(page, language)
    field(page, say("What it is")).fill(thing)
    field(page, say("Would they lend or give it?")).select_option(label=say("Offered", context="offered"))
    press(page, say("Save"))
    expect(page.get_by_text(thing).first).to_be_visible()

    page.goto(f"/s/{space_slug}/stakeholders/assets/?q={thing}")
    expect(page.get_by_text(say("willing"), exact=True)).to_be_visible()
    assert_good(page, language)

    page.goto(f"/s/{space_slug}/partnerships/{PARTNERSHIP[language]}/needs/")
    open_link(page, say("Add a need"))
    field(page, say("What is needed")).fill(thing)
    field(page, say("Kind")).select_option(label=say("Equipment"))
    press(page, say("Save"))
    assert_good(page, language)
    page.get_by_role("row").filter(has_text=thing).get_by_role("button", name=say("They bring it")).click()
    expect(page.get_by_text(say("Met by"), exact=True)).to_be_visible()


@WIDTHS
def test_missing_partners_are_named_with_a_letter_to_begin_with(
    page_as: PageAs, language: str, space_slug: str, say: Words, width: int
) -> None:
    page = page_as("coordinator", language, width=width)
    page.goto(f"/s/{space_slug}/partnerships/{PARTNERSHIP[language]}/")
    open_link(page, say("Find partners"))
    assert_good(page, language)
    open_link(page, say("How to begin"))
    expect(page.get_by_role("heading", name=say("A first letter"))).to_be_visible()
    assert_good(page, language)
    open_link(page, say("Write down a talk"))
    expect(field(page, say("What was said"))).to_be_visible()
