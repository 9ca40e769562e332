"""A survey is answered on a phone, sheet by sheet without JavaScript and without network with it; then it is read."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.checks import assert_good
from tests.browser.fixtures import BROWSER, PageAs
from tests.browser.words import Words
from tests.journeys.steps import WIDTHS, open_link, open_tab, press
from tests.journeys.test_resident import code_on, write_message

pytestmark = BROWSER

PARTNERSHIP = {"it": "vicini-di-casa", "en": "good-neighbours"}
TITLE = {"it": "Lo sportello di sera", "en": "The desk in the evening"}
FIRST = {"it": "Sì, allo sportello del quartiere", "en": "Yes, to the desk of the quarter"}
NOBODY = {"it": "No", "en": "No"}
HELP = {"it": "Aiuto con i moduli", "en": "Help with forms"}
WORDS = {
    "it": "Qualcuno che passi la domenica mattina con il giornale.",
    "en": "Somebody who comes by on Sunday mornings with the paper.",
}
# The worker is active, and this page is kept with its whole form: it comes after its parts.
WHEN_KEPT = """async () => {
  await navigator.serviceWorker.ready;
  for (let tries = 0; tries < 100; tries++) {
    const forms = await caches.open("telaio-forms");
    if (await forms.match(location.href, { ignoreVary: true, ignoreSearch: true })) return true;
    await new Promise((done) => setTimeout(done, 100));
  }
  return false;
}"""
KEPT = (
    "No network: what you wrote is saved on this phone. It is sent by itself once the network is back and a page of this "
    "site is open; then you read here what comes of it."
)
AGE = {"it": "65 o più", "en": "65 and older"}


def agree_and_send(page: Page, say: Words) -> None:
    page.get_by_label(say("I am %(age)d or older", age=14)).check()
    page.get_by_label(say("I agree that my answers are used as explained here")).check()
    press(page, say("Send the answers"))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_resident_answers_sheet_by_sheet_without_script(
    page_as: PageAs, language: str, space_slug: str, say: Words, width: int
) -> None:
    phone = page_as(None, language, width=width, script=False)
    phone.goto(f"/p/{space_slug}/{PARTNERSHIP[language]}/")
    phone.get_by_role("link", name=TITLE[language]).click()
    assert_good(phone, language)
    phone.get_by_label(FIRST[language]).check()
    # The form refuses what is filled in faster than anybody can read it.
    phone.wait_for_timeout(3_200)
    press(phone, say("Go on"))
    phone.get_by_label("4", exact=True).check()
    phone.get_by_label(HELP[language]).check()
    press(phone, say("Back to the page before"))
    expect(phone.get_by_label(FIRST[language])).to_be_checked()
    press(phone, say("Go on"))
    phone.get_by_role("textbox").first.fill(WORDS[language])
    press(phone, say("Go on"))
    phone.get_by_label(AGE[language]).check()
    press(phone, say("Go on"))
    assert_good(phone, language)
    agree_and_send(phone, say)
    expect(phone.get_by_role("heading", level=1)).to_have_text(say("Thank you. Your answers are here."))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_phone_without_network_keeps_the_answers_and_sends_them_once(
    page_as: PageAs, language: str, space_slug: str, say: Words, width: int
) -> None:
    phone = page_as(None, language, width=width)
    address = f"/p/{space_slug}/{PARTNERSHIP[language]}/surveys/2/"
    phone.goto(f"{address}?lang={language}")
    assert phone.evaluate(WHEN_KEPT)
    context: BrowserContext = phone.context
    context.set_offline(True)
    phone.goto(f"{address}?lang={language}")
    phone.get_by_label(NOBODY[language], exact=True).check()
    phone.get_by_label(HELP[language]).check()
    agree_and_send(phone, say)
    state = phone.get_by_role("status")
    expect(state).to_contain_text(
        say(
            "No network: your answers are saved on this phone and are sent by themselves once the network is back and this page is open."
        )
    )
    context.set_offline(False)
    expect(state).to_contain_text(
        say("Your answers were sent. Nothing of them is left on this phone. Thank you."), timeout=25_000
    )
    address = f"/p/{space_slug}/{PARTNERSHIP[language]}/feedback/?lang={language}"
    phone.goto(address)
    assert phone.evaluate(WHEN_KEPT)
    context.set_offline(True)
    phone.goto(address)
    write_message(phone, say, f"{width}. {WORDS[language]}")
    expect(phone.get_by_role("status")).to_contain_text(say(KEPT))
    context.set_offline(False)
    code_on(phone, say, timeout=25_000)
    left = phone.evaluate(
        "new Promise((done) => { const opening = indexedDB.open('telaio-forms'); opening.onsuccess = () => {"
        " const rows = opening.result.transaction('waiting').objectStore('waiting').count();"
        " rows.onsuccess = () => done(rows.result) } })"
    )
    assert left == 0


def test_results_say_of_whom_they_speak_and_everybody_reads_the_same(
    page_as: PageAs, language: str, space_slug: str, say: Words
) -> None:
    desk = page_as("coordinator", language)
    desk.goto(f"/s/{space_slug}/partnerships/{PARTNERSHIP[language]}/")
    open_tab(desk, say("Surveys"))
    assert_good(desk, language)
    desk.goto(f"/s/{space_slug}/partnerships/{PARTNERSHIP[language]}/surveys/1/results/?first=Q1&second=Q5")
    assert_good(desk, language)
    everybody = page_as(None, language, width=390, script=False)
    everybody.goto(f"/p/{space_slug}/{PARTNERSHIP[language]}/surveys/1/results/")
    assert_good(everybody, language)
    said = everybody.locator("#honest + p").inner_text()
    expect(desk.get_by_text(said)).to_be_visible()
    desk.goto(f"/s/{space_slug}/partnerships/{PARTNERSHIP[language]}/surveys/3/questions/")
    open_link(desk, say("New question"))
    assert_good(desk, language)
