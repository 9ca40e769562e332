"""A coordinator looks whose voices are missing: a community, slips without names, a sentence and a dated action."""

import pytest
from playwright.sync_api import expect

from tests.browser.checks import assert_good
from tests.browser.fixtures import BROWSER, PageAs
from tests.browser.words import Words
from tests.journeys.steps import field, heading, in_days, open_link, press

pytestmark = BROWSER

WIDTHS = pytest.mark.parametrize("width", [390, 1280])
SLIPS = 6


@WIDTHS
def test_slips_are_answered_without_a_name_and_the_audit_closes_with_an_action(
    page_as: PageAs, language: str, space_slug: str, say: Words, width: int
) -> None:
    page = page_as("coordinator", language, width=width)
    area = f"Area {width}"
    page.goto(f"/s/{space_slug}/stakeholders/representation/communities/new/")
    assert_good(page, language)
    field(page, say("Along what")).select_option(label=say("Language"))
    field(page, say("Area")).fill(area)
    field(page, say("Year of the figures")).fill("2024")
    field(page, say("Where the figures are from")).fill("Census")
    field(page, say("Groups and how many people each has")).fill("Italiano;900\nEnglish;x")
    press(page, say("Save"))
    assert_good(page, language)
    field(page, say("Groups and how many people each has")).fill("Italiano;900\nEnglish;600\nRomână;100")
    press(page, say("Save"))

    page.goto(f"/s/{space_slug}/stakeholders/representation/")
    open_link(page, say("Look at a body"))
    field(page, say("Body")).fill(f"Assembly {width}")
    option = page.locator("select[name=profile] option").filter(has_text=area)
    field(page, say("Compared with")).select_option(value=str(option.get_attribute("value")))
    field(page, say("As it was on")).fill(in_days(-2))
    assert_good(page, language)
    press(page, say("Open", context="begin an audit"))
    here = page.url
    open_link(page, say("Hand out slips"))
    field(page, say("How many people are in the body?")).fill("3")
    field(page, say("Last day to answer")).fill(in_days(5))
    press(page, say("Make the slips"))
    assert_good(page, language)
    field(page, say("How many people are in the body?")).fill(str(SLIPS))
    press(page, say("Make the slips"))
    assert_good(page, language)
    slips = [str(link.get_attribute("href")) for link in page.locator("section.card a[rel=nofollow]").all()]
    assert len(slips) == SLIPS

    phone = page_as(None, language, width=390, script=False)
    for number, slip in enumerate(slips):
        phone.goto(slip)
        if not number:
            assert_good(phone, language)
        phone.get_by_label("Italiano" if number else say("I would rather not say")).check()
        press(phone, say("Send the answer"))
    phone.goto(slips[0])
    phone.get_by_label("English").check()
    press(phone, say("Send the answer"))
    expect(phone.get_by_text(say("There is no unused slip with this code. Check the letters and digits.")).first).to_be_visible()  # fmt: skip

    page.goto(here)
    expect(page.get_by_role("main").get_by_text("Italiano")).to_have_count(0)
    press(page, say("End the round now"))
    assert_good(page, language)
    open_link(page, say("Say what is done"))
    press(page, say("Close the audit"))
    assert_good(page, language)
    field(page, say("What will you do about it?")).fill("An interpreter at each meeting")
    field(page, say("By when")).fill(in_days(40))
    press(page, say("Close the audit"))
    heading(page, f"Assembly {width}")
    expect(page.get_by_text("An interpreter at each meeting")).to_be_visible()
    assert_good(page, language)
