"""Steps several stories share. Each is what a person does on a page, with real clicks and typing."""

import re
from datetime import date, timedelta

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.browser.words import Words

# What every public story is told at: the smallest phone, a common one, a desk.
WIDTHS = (320, 390, 1280)


def in_days(days: int) -> str:
    """A date so many days from today, as a date field takes it."""
    day: date = timezone.now().date() + timedelta(days=days)
    return day.isoformat()


def heading(page: Page, text: str) -> None:
    """The page's one main heading says this."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def field(page: Page, label: str) -> Locator:
    """The first field whose label begins with these words, which "(optional)" may follow."""
    return page.get_by_label(re.compile(rf"^\s*{re.escape(label)}(\s*\(|\s*$)")).first


def press(page: Page, words: str) -> None:
    """Press the button with these words."""
    page.get_by_role("button", name=words).click()


def open_link(page: Page, words: str) -> None:
    """Follow the first link with these words in the content of the page."""
    page.get_by_role("main").get_by_role("link", name=words).first.click()


def unfold(page: Page, words: str) -> None:
    """Open what is folded away under these words."""
    page.locator("summary", has_text=words).first.click()


def open_tab(page: Page, words: str) -> None:
    """Go to a tab of a partnership, also to one behind "More"."""
    tabs = page.locator("nav.tabs")
    link = tabs.get_by_role("link", name=words)
    if not link.is_visible():
        tabs.locator(".tab-more").click()
    link.click()


def propose_task(page: Page, say: Words, address: str, *, title: str, who: str, mailed: bool) -> None:
    """As coordinator, ask somebody to do something."""
    page.goto(f"{address}tasks/")
    open_link(page, say("New task"))
    field(page, say("What shall be done")).fill(title)
    field(page, say("Who is asked")).select_option(label=who)
    field(page, say("By")).fill(in_days(21))
    page.get_by_label(say("Mail the person a link to answer with, no password needed")).set_checked(mailed)
    press(page, say("Ask for it"))
    expect(page.get_by_text(title).first).to_be_visible()
