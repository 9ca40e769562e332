"""A partner keeps its own page by an e-mailed link or signed in; the coordinator accepts it or puts it back."""

import pytest
from playwright.sync_api import expect

from tests.browser.checks import assert_good
from tests.browser.fixtures import BROWSER, PageAs
from tests.browser.running_demo import LINK, RunningDemo
from tests.browser.words import Words
from tests.journeys.steps import field, heading, open_link, press

pytestmark = BROWSER

WIDTHS = pytest.mark.parametrize("width", [390, 1280])
ORGANISATION = {"it": "Biblioteca civica di Borgo", "en": "Weir Street Surgery"}
PERSON = {"it": "Giorgio Pellandra", "en": "Colm Brannigan"}
ADDRESS = {"it": "giorgio.pellandra@borgo.example", "en": "colm.brannigan@riverside.example"}


@WIDTHS
def test_page_is_kept_by_link_and_the_coordination_answers(
    page_as: PageAs, demo: RunningDemo, language: str, space_slug: str, say: Words, width: int
) -> None:
    desk = page_as("coordinator", language, width=width)
    desk.goto(f"/s/{space_slug}/stakeholders/?q={ORGANISATION[language]}")
    open_link(desk, ORGANISATION[language])
    old = next((one for mail in demo.mails(to=ADDRESS[language]) for one in LINK.findall(mail["text"])), "")
    open_link(desk, say("Mail a link to the profile"))
    desk.get_by_role("radio", name=PERSON[language]).check()
    assert_good(desk, language)
    press(desk, say("Mail the link"))
    link = demo.mailed_link(to=ADDRESS[language], containing=ORGANISATION[language], path="/profile/", but=old)

    phone = page_as(None, language, width=390, script=False)
    phone.goto(link)
    heading(phone, ORGANISATION[language])
    field(phone, say("E-mail")).fill("no address")
    press(phone, say("Save"))
    assert_good(phone, language)
    field(phone, say("E-mail")).fill(f"info{width}@{space_slug}.example")
    field(phone, say("Phone")).fill(f"+39 0555 01{width}")
    press(phone, say("Save"))
    open_link(phone, say("Add a person"))
    field(phone, say("Name")).fill(f"Lea {width}")
    press(phone, say("Save"))
    expect(phone.get_by_text(f"Lea {width}")).to_be_visible()
    open_link(phone, say("Add something"))
    assert_good(phone, language)
    field(phone, say("What it is")).fill(f"Hall {width}")
    press(phone, say("Save"))
    expect(phone.get_by_role("link", name=f"Hall {width}")).to_be_visible()
    assert_good(phone, language)

    desk.goto(f"/s/{space_slug}/stakeholders/edits/")
    expect(desk.get_by_text(f"Lea {width}")).to_be_visible()
    assert_good(desk, language)
    changed = desk.get_by_role("article").filter(has_text=f"info{width}@")
    changed.get_by_label(say("E-mail")).check()
    changed.get_by_role("button", name=say("Put back what is ticked, or all")).click()
    expect(desk.get_by_text(f"info{width}@")).to_have_count(0)
    asked = desk.get_by_role("article").filter(has_text=f"Lea {width}")
    asked.get_by_role("button", name=say("Accept")).click()
    expect(desk.get_by_text(f"Lea {width}")).to_have_count(0)


@WIDTHS
def test_partner_signed_in_finds_its_own_page(
    page_as: PageAs, language: str, space_slug: str, say: Words, width: int
) -> None:
    page = page_as("partner_member", language, width=width)
    page.goto(f"/s/{space_slug}/profile/")
    assert_good(page, language)
    field(page, say("What you want from working together, in your own words")).fill(f"Apprentices {width}")
    press(page, say("Save"))
    expect(page.get_by_text(f"→ Apprentices {width}")).to_be_visible()
