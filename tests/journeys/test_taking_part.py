"""A resident takes part: a place at an activity and the door; a volunteer's hours, confirmed by the host from a mail."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_good
from tests.browser.fixtures import BROWSER, PageAs
from tests.browser.running_demo import RunningDemo
from tests.browser.words import Words
from tests.journeys.steps import WIDTHS, field, heading, in_days, open_link, press

pytestmark = BROWSER

PARTNERSHIP = {"it": "vicini-di-casa", "en": "good-neighbours"}
HOST = {"it": "teresa.valdarni@borgo.example", "en": "harriet.olney@riverside.example"}
TITLE = {"it": "Colazione con i vicini", "en": "Breakfast with the neighbours"}


def plan(desk: Page, say: Words, address: str, title: str) -> None:
    desk.goto(f"{address}activities/new/")
    field(desk, say("Name of the activity")).fill(title)
    field(desk, say("The question or decision it is about")).fill("?")
    desk.locator("input[name=level][value='2']").check()
    field(desk, say("What is open")).fill("…")
    field(desk, say("Day")).fill(in_days(20))
    field(desk, say("Begins at")).fill("09:00")
    field(desk, say("Ends at")).fill("11:00")
    desk.locator("details", has=desk.locator("[name=capacity]")).locator("summary").click()
    field(desk, say("Places for how many people")).fill("1")
    press(desk, say("Save"))
    heading(desk, title)


def register(phone: Page, say: Words, name: str, email: str, *, button: str) -> None:
    # The form refuses what is filled in faster than anybody can read it.
    phone.get_by_label(say("1. Your name")).press_sequentially(name, delay=230)
    field(phone, say("2. Your e-mail")).fill(email)
    phone.get_by_label(say("I am 14 or older")).check()
    phone.get_by_label(say("I agree that my data are used as explained here")).check()
    press(phone, say(button))
    heading(phone, say("Thank you. Look into your mail."))


@pytest.mark.parametrize("width", WIDTHS)
def test_the_next_who_waits_gets_the_place_somebody_gives_back(
    page_as: PageAs, demo: RunningDemo, language: str, space_slug: str, say: Words, width: int
) -> None:
    desk, title = page_as("coordinator", language), f"{TITLE[language]} {width}"
    address = f"/s/{space_slug}/partnerships/{PARTNERSHIP[language]}/"
    plan(desk, say, address, title)
    press(desk, say("Announce it"))
    expect(desk.get_by_text(say("Announced. Everybody can read it and register."))).to_be_visible()
    assert_good(desk, language)

    phone = page_as(None, language, width=width, script=False)
    first, second = (f"{name}-{width}@taking-part.example" for name in ("mara", "lino"))
    waits = "Put me on the waiting list"
    for name, email, words, button in (
        ("Mara Primaverile", first, "I want to come", "Keep a place for me"),
        ("Lino Secondario", second, waits, waits),
    ):
        phone.goto(f"/p/{space_slug}/{PARTNERSHIP[language]}/")
        open_link(phone, title)
        open_link(phone, say(words))
        register(phone, say, name, email, button=button)
        assert_good(phone, language)
    phone.goto(demo.mailed_link(to=first, containing=title, path="/activity/"))
    heading(phone, say("You have a place"))
    press(phone, say("I do not come"))
    heading(phone, say("You are not on the list any more"))
    free = say("A place is free for you")
    phone.goto(demo.mailed_link(to=second, containing=free, path="/activity/"))
    heading(phone, free)
    press(phone, say("Yes, I take the place"))
    heading(phone, say("You have a place"))
    expect(phone.get_by_text(say("Your code for the door"))).to_be_visible()
    assert_good(phone, language)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_volunteer_says_hours_and_the_host_confirms_them_with_one_button(
    page_as: PageAs, demo: RunningDemo, language: str, space_slug: str, say: Words, width: int
) -> None:
    name, email = f"Gemma Volontariosa {width}", f"gemma-{width}@taking-part.example"
    phone = page_as(None, language, width=width, script=False)
    phone.goto(f"/p/{space_slug}/{PARTNERSHIP[language]}/volunteering/1/")
    open_link(phone, say("I want to help"))
    phone.locator("input[name=shifts]").first.check()
    phone.get_by_label(say("2. Your name")).press_sequentially(name, delay=200)
    phone.get_by_label(say("3. Your e-mail")).fill(email)
    phone.get_by_label(say("I am 18 or older")).check()
    phone.get_by_label(say("I agree that my data are used as explained here")).check()
    press(phone, say("Sign up"))
    heading(phone, say("Thank you. Look into your mail."))
    assert_good(phone, language)

    desk = page_as("coordinator", language)
    address = f"/s/{space_slug}/partnerships/{PARTNERSHIP[language]}/volunteering/"
    desk.goto(f"{address}people/")
    open_link(desk, name)
    field(desk, say("Trained on")).fill(in_days(-1))
    press(desk, say("Save"))
    desk.goto(f"{address}1/roster/")
    desk.get_by_role("button", name=f"{say('Take')} {name}").click()
    assert_good(desk, language)

    phone.goto(demo.mailed_link(to=email, containing=say("Your own link, no password needed:"), path="/volunteer/"))
    phone.get_by_role("button", name=say("I come")).first.click()
    field(phone, say("For what")).select_option(index=1)
    field(phone, say("Day")).fill(in_days(0))
    field(phone, say("How many hours")).fill("2")
    press(phone, say("Send the hours"))
    expect(phone.get_by_text(say("Thank you. The host is asked to confirm."))).to_be_visible()
    phone.goto(demo.mailed_link(to=HOST[language], containing=name, path="/hours/"))
    press(phone, say("Yes, confirm"))
    heading(phone, say("Confirmed. Thank you."))
    assert_good(phone, language)
