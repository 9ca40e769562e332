"""What a resident says travels from a phone to "we did", and comes back with its code; without script on the phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_good
from tests.browser.fixtures import BROWSER, PageAs
from tests.browser.words import Words
from tests.journeys.steps import WIDTHS
from tests.journeys.test_resident import PARTNERSHIP, code_on, follow, write_message

pytestmark = BROWSER

MESSAGE = {
    "it": "Il sentiero dietro la scuola è buio e la sera nessuno ci passa più.",
    "en": "The path behind the school is dark and nobody walks there in the evening.",
}
ADDED = {"it": "Anche il cancello resta chiuso.", "en": "The gate stays locked as well."}
HEARD = {"it": "Il sentiero dietro la scuola è buio.", "en": "The path behind the school is dark."}
DID = {"it": "Da questa settimana ci sono tre lampioni.", "en": "Three lamps light it since this week."}


def send(phone: Page, say: Words, address: str, text: str) -> str:
    phone.goto(address)
    phone.get_by_role("link", name=say("Tell us what you think")).click()
    write_message(phone, say, text)
    return code_on(phone, say)


def put_into_a_theme_that_is_done(desk: Page, say: Words, space: str, language: str, width: int) -> None:
    heard = f"{width}. {HEARD[language]}"
    desk.goto(f"/s/{space}/residents/")
    desk.get_by_role("link", name=f"{width}. {MESSAGE[language]}"[:30]).click()
    desk.get_by_role("button", name=say("Mark as read")).click()
    desk.get_by_label(say("What we heard, for a new theme")).fill(heard)
    desk.get_by_role("button", name=say("Put it there")).click()
    desk.get_by_role("link", name=heard).click()
    desk.get_by_role("link", name=say("Edit")).click()
    desk.get_by_label(say("What became of it")).select_option("done")
    desk.get_by_label(say(f"Our answer, in {'Italian' if language == 'it' else 'English'}")).fill(DID[language])
    desk.get_by_role("button", name=say("Save"), exact=True).click()
    # Nothing counts as done without what did it.
    expect(desk.get_by_text(say("Choose the task, decision or milestone that did it.")).first).to_be_visible()
    desk.get_by_label(say("The finished task that did it")).select_option(index=1)
    desk.get_by_role("button", name=say("Save"), exact=True).click()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_message_becomes_we_did_and_comes_back_with_its_code(
    page_as: PageAs, language: str, space_slug: str, say: Words, width: int
) -> None:
    address = f"/p/{space_slug}/{PARTNERSHIP[language]}/"
    phone = page_as(None, language, width=width, script=False)
    code = send(phone, say, address, f"{width}. {MESSAGE[language]}")
    phone.goto(address)
    follow(phone, say, code)
    expect(phone.locator("[aria-current=step]")).to_have_text(say("Received"))
    phone.get_by_text(say("Add something")).click()
    phone.get_by_label(say("What do you want to add?")).fill(ADDED[language])
    phone.get_by_role("button", name=say("Add this")).click()
    expect(phone.get_by_text(ADDED[language])).to_be_visible()
    assert_good(phone, language)

    desk = page_as("coordinator", language)
    put_into_a_theme_that_is_done(desk, say, space_slug, language, width)
    assert_good(desk, language)
    desk.get_by_role("button", name=say("Publish"), exact=True).click()
    expect(desk.get_by_role("button", name=say("Take off the public page"))).to_be_visible()

    phone.goto(address)
    follow(phone, say, code)
    expect(phone.locator("[aria-current=step]")).to_have_text(say("Done"))
    expect(phone.get_by_text(DID[language]).first).to_be_visible()
    assert_good(phone, language)
