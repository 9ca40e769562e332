"""A coordinator asks who matters: a map is rated by two, one of them by link, and belongs to a partnership."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_good
from tests.browser.fixtures import BROWSER, PageAs
from tests.browser.running_demo import RunningDemo
from tests.browser.words import Words
from tests.journeys.steps import field, heading, open_link, press, unfold

pytestmark = BROWSER

WIDTHS = pytest.mark.parametrize("width", [390, 1280])
CENTRE = {"it": "Residenti di via delle Fontanelle", "en": "Tanners Row Tenants' Group"}
OTHER = {"it": "Biblioteca civica di Borgo", "en": "Weir Street Surgery"}
RATER = {"it": "Giorgio Pellandra", "en": "Colm Brannigan"}
ADDRESS = {"it": "giorgio.pellandra@borgo.example", "en": "colm.brannigan@riverside.example"}
PARTNERSHIP = {"it": "sapere-comune", "en": "open-questions"}


def put_on(page: Page, say: Words, name: str, *, ring: str = "") -> None:
    """Find somebody and put them on the map."""
    field(page, say("Name, place or what they offer")).fill(name)
    # What was typed is looked for by itself.
    expect(page.get_by_role("checkbox")).to_have_count(1)
    page.get_by_role("checkbox", name=name).check()
    if ring:
        field(page, say("How close are they to the issue?")).select_option(label=say(ring))
    press(page, say("Put them on the map"))


def rate(page: Page, say: Words, *, power: str, stake: str, reason: str = "") -> None:
    """Two taps, and a reason where one is asked for."""
    page.get_by_role("group", name=say("How much can they change about the issue?")).get_by_label(power).check()
    page.get_by_role("group", name=say("How much is at stake for them?")).get_by_label(stake).check()
    field(page, say("Why?")).fill(reason)
    page.locator("main form button[type=submit]").last.click()


@WIDTHS
def test_a_map_is_rated_by_two_closed_and_taken_along(
    page_as: PageAs, demo: RunningDemo, language: str, space_slug: str, say: Words, width: int
) -> None:
    desk = page_as("coordinator", language, width=width)
    title = f"{say('Map')} {width}"
    desk.goto(f"/s/{space_slug}/stakeholders/maps/")
    assert_good(desk, language)
    open_link(desk, say("New map"))
    press(desk, say("Save"))
    assert_good(desk, language)
    field(desk, say("Name of the map")).fill(title)
    field(desk, say("The issue")).fill("?")
    press(desk, say("Save"))
    put_on(desk, say, CENTRE[language], ring="People living the issue")
    open_link(desk, say("Add stakeholders"))
    put_on(desk, say, OTHER[language])
    heading(desk, title)
    here = desk.url
    press(desk, say("Close the round"))
    expect(desk.get_by_text(say("At least two people have to rate before a round is closed."))).to_be_visible()

    open_link(desk, say("Raters"))
    field(desk, say("Somebody without an account: their name")).fill(RATER[language])
    press(desk, say("Search"))
    field(desk, say("A person of the register, by mailed link")).select_option(index=1)
    press(desk, say("Ask to rate"))
    expect(desk.get_by_text(RATER[language]).first).to_be_visible()
    assert_good(desk, language)

    desk.goto(f"{here}rate/")
    rate(desk, say, power="2", stake="5")
    assert_good(desk, language)
    field(desk, say("Why?")).fill("…")
    press(desk, say("Save and go on"))
    rate(desk, say, power="4", stake="2")
    expect(desk.get_by_text(say("Everybody on the map"))).to_be_visible()
    assert_good(desk, language)

    phone = page_as(None, language, width=390, script=False)
    phone.goto(demo.mailed_link(to=ADDRESS[language], containing=title, path="/rate/"))
    assert_good(phone, language)
    rate(phone, say, power="4", stake="4")

    desk.goto(here)
    expect(desk.get_by_text(say("raters differ")).first).to_be_visible()
    unfold(desk, say("How close each one is to the issue"))
    unfold(desk, say("Power, legitimacy and urgency together"))
    assert_good(desk, language)
    press(desk, say("Close the round"))
    expect(desk.get_by_role("button", name=say("Open the next round"))).to_be_visible()

    desk.goto(f"/s/{space_slug}/partnerships/{PARTNERSHIP[language]}/maps/")
    assert_good(desk, language)
    field(desk, say("Map")).select_option(label=title)
    press(desk, say("Take it along"))
    expect(desk.get_by_role("link", name=title)).to_be_visible()
    press(desk, say("Leave behind"))
    expect(desk.get_by_role("link", name=title)).to_have_count(0)


@WIDTHS
def test_a_relation_is_written_down_and_ended(
    page_as: PageAs, language: str, space_slug: str, say: Words, width: int
) -> None:
    page = page_as("coordinator", language, width=width)
    page.goto(f"/s/{space_slug}/stakeholders/?sector=media")
    open_link(page, {"it": "Radio Lento", "en": "Eastmere Voice"}[language])
    page.locator("nav.tabs").get_by_role("link", name=say("Relations")).click()
    assert_good(page, language)
    open_link(page, say("Add a relation"))
    field(page, say("Name of the other stakeholder")).fill(OTHER[language])
    press(page, say("Search"))
    page.get_by_role("radio", name=OTHER[language]).check()
    field(page, say("Relation")).select_option(label=say("advises") if width == 390 else say("represents"))
    assert_good(page, language)
    press(page, say("Save"))
    row = page.get_by_role("row").filter(has_text=OTHER[language])
    expect(row).to_have_count(1)
    row.get_by_role("button", name=say("Has ended")).click()
    expect(page.get_by_role("button", name=say("Has ended"))).to_have_count(0)
    page.get_by_role("row").filter(has_text=OTHER[language]).get_by_role("button", name=say("Was a mistake")).click()
    expect(page.get_by_role("row").filter(has_text=OTHER[language])).to_have_count(0)
