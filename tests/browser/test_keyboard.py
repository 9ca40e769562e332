"""The main path of each user with the keyboard alone; the resident's stands in tests/journeys/test_resident.py."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.fixtures import BROWSER, PageAs
from tests.browser.keyboard import tab_to
from tests.browser.running_demo import RunningDemo
from tests.browser.words import SPACE, Words

pytestmark = [*BROWSER, pytest.mark.parametrize("language", ["en"])]


def test_skip_link_comes_first_and_leads_to_the_content(page_as: PageAs, language: str, say: Words) -> None:
    page = page_as("coordinator", language)
    page.goto(f"/s/{SPACE[language]}/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=say("Skip to the content"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_coordinator_answers_a_resident(page_as: PageAs, language: str, say: Words) -> None:
    page = page_as("coordinator", language)
    page.goto(f"/s/{SPACE[language]}/")
    tab_to(page, say("Residents"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/residents/"))
    tab_to(page, "safety boots")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/residents/.+/"))
    tab_to(page, say("Your answer"))
    page.keyboard.type("The firm pays for them.")
    tab_to(page, say("Send the answer"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("The firm pays for them.")).to_be_visible()


def test_coordinator_opens_and_leaves_the_account_menu(page_as: PageAs, language: str, say: Words) -> None:
    page = page_as("coordinator", language)
    page.goto(f"/s/{SPACE[language]}/")
    tab_to(page, say("Your account:"))
    page.keyboard.press("Enter")
    menu = page.locator("#account-menu")
    expect(menu).to_be_visible()
    tab_to(page, say("Sign out"), most=8)
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(page.get_by_role("button", name=say("Your account:"))).to_be_focused()


def test_partner_answers_by_link(page_as: PageAs, demo: RunningDemo, language: str, say: Words) -> None:
    page = page_as(None, language, width=390)
    page.goto(demo.link("partner", SPACE[language], "/task/"))
    tab_to(page, say("We are working on it"))
    page.keyboard.press("Space")
    tab_to(page, say("Send"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(say("Thank you"))


def test_funder_signs_in_and_downloads(page_as: PageAs, demo: RunningDemo, language: str, say: Words) -> None:
    account = demo.account("funder", SPACE[language])
    page = page_as(None, language)
    page.goto(account["start_url"])
    tab_to(page, "Email")
    page.keyboard.type(account["email"])
    tab_to(page, say("Password"))
    page.keyboard.type(account["password"])
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/s/{SPACE[language]}/$"))
    tab_to(page, "Impact report")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=say("Download the PDF")).first).to_be_visible()
    tab_to(page, say("Download the PDF"))
    with page.expect_download():
        page.keyboard.press("Enter")
