"""A resident is heard and answered: on a phone, without an account and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_good
from tests.browser.fixtures import BROWSER, PageAs
from tests.browser.keyboard import tab_to
from tests.browser.words import Words
from tests.journeys.steps import WIDTHS

pytestmark = BROWSER

PARTNERSHIP = {"it": "vicini-di-casa", "en": "good-neighbours"}
MESSAGE = {
    "it": "La panchina davanti alla farmacia è rotta da un mese: chi aspetta l'autobus resta in piedi.",
    "en": "The bench by the chemist has been broken for a month: people waiting for the bus have to stand.",
}
ANSWER = {
    "it": "Grazie. L'officina la ripara giovedì prossimo.",
    "en": "Thank you. The workshop mends it next Thursday.",
}


def write_message(page: Page, say: Words, text: str) -> None:
    page.get_by_label(say("A problem"), exact=True).check()
    # The form refuses what is filled in faster than anybody can read it.
    page.get_by_label(say("2. What do you want to tell us?")).press_sequentially(text, delay=45)
    page.get_by_label(say("I am 14 or older")).check()
    page.get_by_label(say("I agree that my message is used as explained here")).check()
    page.get_by_role("button", name=say("Send the message")).click()


def code_on(page: Page, say: Words, *, timeout: int = 5_000) -> str:
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(say("Thank you. Your message is here."), timeout=timeout)
    return page.locator(".code").inner_text()


def follow(page: Page, say: Words, code: str) -> None:
    page.get_by_role("link", name=say("Follow your message")).first.click()
    page.get_by_label(say("Your code")).fill(code.lower())
    page.get_by_role("button", name=say("Show my message")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("Your message"))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_resident_writes_without_script_and_reads_the_answer(
    page_as: PageAs, language: str, space_slug: str, say: Words, width: int
) -> None:
    # Each width tells its own story in the same space.
    message = f"{width}. {MESSAGE[language]}"
    phone = page_as(None, language, width=width, script=False)
    phone.goto(f"/p/{space_slug}/")
    phone.locator(f"a[href*='/{PARTNERSHIP[language]}/']").first.click()
    phone.get_by_role("link", name=say("Tell us what you think")).click()
    write_message(phone, say, message)
    code = code_on(phone, say)
    assert_good(phone, language)
    phone.get_by_role("link", name="/follow/").click()
    phone.goto(f"/p/{space_slug}/{PARTNERSHIP[language]}/")
    follow(phone, say, code)
    expect(phone.get_by_text(message)).to_be_visible()
    expect(phone.get_by_text(say("Received"), exact=True)).to_be_visible()

    desk = page_as("coordinator", language)
    desk.goto(f"/s/{space_slug}/residents/")
    desk.get_by_role("link", name=message[:30]).click()
    desk.get_by_label(say("Your answer")).fill(ANSWER[language])
    desk.get_by_role("button", name=say("Send the answer")).click()
    expect(desk.get_by_text(ANSWER[language])).to_be_visible()

    phone.goto(f"/p/{space_slug}/{PARTNERSHIP[language]}/")
    follow(phone, say, code)
    expect(phone.get_by_text(ANSWER[language])).to_be_visible()
    expect(phone.get_by_text(say("Decided", "message"), exact=True)).to_be_visible()
    assert_good(phone, language)


def test_a_form_sent_empty_says_what_is_missing_and_takes_the_reader_there(
    page_as: PageAs, language: str, space_slug: str, say: Words
) -> None:
    page = page_as(None, language, width=390)
    page.goto(f"/p/{space_slug}/{PARTNERSHIP[language]}/feedback/")
    page.get_by_role("button", name=say("Send the message")).click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    assert_good(page, language)
    summary.get_by_role("link", name=say("Write your message")).click()
    expect(page.get_by_label(say("2. What do you want to tell us?"))).to_be_focused()


@pytest.mark.parametrize("language", ["en"])
def test_a_resident_needs_only_the_keyboard(page_as: PageAs, language: str, space_slug: str, say: Words) -> None:
    page = page_as(None, language, width=390)
    page.goto(f"/p/{space_slug}/{PARTNERSHIP[language]}/")
    tab_to(page, say("Tell us what you think"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(say("Tell us what you think"))
    tab_to(page, say("An idea"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label(say("Something we need"))).to_be_checked()
    tab_to(page, say("2. What do you want to tell us?"))
    page.keyboard.type("A tap for drinking water beside the football pitch.", delay=60)
    tab_to(page, say("I am 14 or older"))
    page.keyboard.press("Space")
    tab_to(page, say("I agree that my message is used as explained here"))
    page.keyboard.press("Space")
    tab_to(page, say("Send the message"))
    page.keyboard.press("Enter")
    code_on(page, say)
