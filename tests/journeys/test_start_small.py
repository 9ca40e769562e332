"""Three volunteers with no file to import: an account, a space, and five screens later something to show."""

import re
import secrets

from playwright.sync_api import expect

from tests.browser.checks import assert_good
from tests.browser.fixtures import BROWSER, PageAs
from tests.browser.running_demo import RunningDemo
from tests.browser.words import Words
from tests.journeys.steps import field, heading, in_days, open_link, press, unfold

pytestmark = BROWSER

PASSWORD = "seven otters under the old bridge"
NAME = {"it": "Panchine fiorite", "en": "Benches in bloom"}
PROMISE = {"it": "Annaffiare le panchine fino a ottobre", "en": "Water the benches until October"}
TASK = {"it": "Chiedere i vasi al vivaio", "en": "Ask the nursery for pots"}
GOAL = {"it": "Più panchine curate", "en": "More benches looked after"}


def test_a_small_group_has_everything_in_five_screens(
    page_as: PageAs, demo: RunningDemo, language: str, say: Words
) -> None:
    page = page_as(None, language, width=390)
    email = f"volunteer.{secrets.token_hex(3)}@gardeners.example"
    page.goto("/accounts/signup/")
    field(page, say("Your name")).fill("Vera Campi")
    page.locator("input[type=email]").fill(email)
    for box in page.locator("input[type=password]").all():
        box.fill(PASSWORD)
    press(page, say("Make the account"))
    heading(page, say("Enter the code"))
    assert_good(page, language)
    page.locator("main form input[type=text]").first.fill(demo.mailed_code(to=email))
    press(page, say("Go on"))
    page.get_by_role("link", name=say("Make a new space")).click()
    field(page, say("Name of your group or space")).fill(NAME[language])
    press(page, say("Make the space"))
    expect(page.get_by_role("heading", name=say("Start a partnership"))).to_be_visible()
    assert_good(page, language)
    start = page.url

    screens = 0

    def next_screen(step: str) -> None:
        nonlocal screens
        screens += 1
        page.goto(start)
        open_link(page, step)

    next_screen(say("Start"))
    field(page, say("Name")).fill(NAME[language])
    field(page, say("Purpose, in one sentence")).fill("Every bench in our street has flowers.")
    field(page, say("Territory")).fill("Via dei Tigli")
    press(page, say("Start the partnership"))
    heading(page, NAME[language])

    next_screen(say("Write it down"))
    field(page, say("Who promised it")).fill(NAME[language])
    field(page, say("What was promised")).fill(PROMISE[language])
    field(page, say("Where")).select_option(label=say("Said in a talk"))
    field(page, say("By")).fill(in_days(30))
    press(page, say("Write it down"))
    heading(page, PROMISE[language])
    assert_good(page, language)

    next_screen(say("Add a task"))
    field(page, say("What shall be done")).fill(TASK[language])
    field(page, say("By")).fill(in_days(14))
    press(page, say("Ask for it"))
    expect(page.get_by_text(TASK[language]).first).to_be_visible()

    next_screen(say("Set a goal"))
    field(page, say("Title, in a few words")).fill(GOAL[language])
    field(page, say("For whom?")).fill("Via dei Tigli")
    field(page, say("Where?")).fill("Via dei Tigli")
    field(page, say("Indicator")).select_option(label=say("Something new"))
    if not field(page, say("What you measure")).is_visible():
        unfold(page, say("Something new: describe it"))
    field(page, say("What you measure")).fill(GOAL[language])
    field(page, say("Starting value")).fill("2")
    field(page, say("Day of the starting value")).fill(in_days(0))
    field(page, say("Value to be reached")).fill("9")
    field(page, say("Starts on")).fill(in_days(0))
    field(page, say("Ends on")).fill(in_days(200))
    press(page, say("Save as a draft"))
    heading(page, GOAL[language])

    next_screen(say("Open the page"))
    field(page, say("Who may see it")).select_option(label=say("Everyone"))
    press(page, say("Save"))
    field(page, say("Yes, more people shall see it")).check()
    press(page, say("Save"))
    assert screens == 5

    slug = re.search(r"/partnerships/([^/]+)/", page.url)
    space = re.search(r"/s/([^/]+)/", start)
    assert slug
    assert space
    neighbour = page_as(None, language, width=390, script=False)
    neighbour.goto(f"/p/{space[1]}/{slug[1]}/")
    heading(neighbour, NAME[language])
    neighbour.get_by_role("link", name=say("Tell us what you think")).first.click()
    expect(neighbour.get_by_role("button", name=say("Send the message"))).to_be_visible()
