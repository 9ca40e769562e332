"""A promise is asked for, kept with evidence from a link, and told in the ledger and in a calendar."""

from dataclasses import dataclass

import pytest
from ical.calendar_stream import IcsCalendarStream
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_good
from tests.browser.fixtures import BROWSER, PageAs
from tests.browser.running_demo import RunningDemo
from tests.browser.words import Words
from tests.journeys.steps import field, heading, in_days, open_link, press, unfold

pytestmark = BROWSER


@dataclass(frozen=True)
class Story:
    """Who promises what in a space of the demo, and what its ledger holds already."""

    school: str
    person: str
    email: str
    title: str
    before: str
    step: str
    evidence: str
    kept_late: str
    released: str


STORIES = {
    "it": Story(
        "/s/borgo/partnerships/scuola-lavoro/",
        "Ivo Brandano",
        "ivo.brandano@borgo.example",
        "Consegnare gli armadietti nuovi",
        "Preparare l'attestato delle competenze",
        "Misurare il corridoio",
        "Armadietti montati, foto in portineria",
        "Scarpe antinfortunistiche per gli studenti",
        "Visita aperta alle famiglie",
    ),
    "en": Story(
        "/s/riverside/partnerships/first-job/",
        "Grace Trask",
        "grace.trask@riverside.example",
        "Deliver the new lockers",
        "Book the hall for the thank-you evening",
        "Measure the corridor",
        "Lockers are up, photo at the gate",
        "Bus passes for students from the Row",
        "Open evening for families",
    ),
}


@pytest.fixture
def story(language: str) -> Story:
    return STORIES[language]


def ask_with_evidence(desk: Page, say: Words, story: Story) -> None:
    desk.goto(f"{story.school}tasks/new/")
    field(desk, say("What shall be done")).fill(story.title)
    field(desk, say("Who is asked")).select_option(label=story.person)
    field(desk, say("By")).fill(in_days(21))
    if not desk.get_by_label(say("Begins")).is_visible():
        unfold(desk, say("More"))
    desk.get_by_label(say("Done only with evidence: a line, an address or a file")).check()
    desk.get_by_label(story.before).check()
    field(desk, say("Steps")).fill(story.step)
    press(desk, say("Ask for it"))
    heading(desk, story.title)


def keep_by_link(phone: Page, say: Words, story: Story, link: str, language: str) -> None:
    phone.goto(link)
    expect(phone.get_by_text(say("Waits for “%(title)s”.", title=story.before))).to_be_visible()
    phone.get_by_label(say("We accept it")).check()
    press(phone, say("Send"))
    open_link(phone, say("Change what you said"))
    phone.get_by_label(story.step).check()
    phone.get_by_label(say("It is done")).check()
    press(phone, say("Send"))
    expect(phone.get_by_text(say("Show that it is done: a line, an address or a file.")).first).to_be_visible()
    assert_good(phone, language)
    field(phone, say("What shows it")).fill(story.evidence)
    press(phone, say("Send"))
    heading(phone, say("Thank you, %(name)s", name=story.person))
    expect(phone.get_by_text(story.evidence)).to_be_visible()
    assert_good(phone, language)


def test_a_promise_is_kept_from_a_link_and_told_in_the_ledger(
    page_as: PageAs, demo: RunningDemo, language: str, say: Words, story: Story
) -> None:
    desk = page_as("coordinator", language)
    ask_with_evidence(desk, say, story)
    link = demo.mailed_link(to=story.email, containing=story.title, path="/task/")
    keep_by_link(page_as(None, language, width=390, script=False), say, story, link, language)

    desk.goto(f"{story.school}tasks/")
    open_link(desk, say("Promises"))
    for status, title in (("kept", story.title), ("kept_late", story.kept_late), ("released", story.released)):
        desk.goto(f"{story.school}promises/?status={status}")
        expect(desk.get_by_role("link", name=title)).to_be_visible()
    desk.goto(f"{story.school}promises/?status=kept")
    open_link(desk, story.title)
    press(desk, say("Confirm that it is done"))
    expect(desk.get_by_text(say("Confirmed. Everybody sees it now."))).to_be_visible()


def test_a_partner_moves_a_card_and_reads_its_tasks_in_a_calendar(
    page_as: PageAs, language: str, space_slug: str, say: Words, story: Story
) -> None:
    partner = page_as("partner_lead", language)
    partner.goto(f"{story.school}tasks/board/")
    card = partner.locator("article:has(option[value=in_review])").first
    title = card.get_by_role("heading").inner_text()
    card.get_by_role("combobox").select_option("in_review")
    card.get_by_role("button").click()
    expect(partner.get_by_text(say("Moved: %(title)s", title=title))).to_be_visible()
    assert_good(partner, language)
    partner.goto(f"{story.school}tasks/board/")
    _drag_a_card(partner, say)

    partner.goto(f"/s/{space_slug}/calendar/")
    press(partner, say("Make my address"))
    address = partner.locator("code").inner_text()
    text = page_as(None, language).request.get(address).text()
    events = IcsCalendarStream.calendar_from_ics(text).events
    assert title in " ".join(event.summary or "" for event in events)


def _drag_a_card(page: Page, say: Words) -> None:
    """The same with the pointer: only a column that the card's own choices name takes it."""
    expect(page.get_by_text(say("With the pointer you can also drag a card to another column."))).to_be_visible()
    card = page.locator("article[draggable=true]:has(option:is([value=in_progress], [value=in_review]))").first
    title = card.get_by_role("heading").inner_text()
    choices = [one.get_attribute("value") for one in card.locator("option").all()]
    columns = {column.get_attribute("data-column"): column for column in page.locator("[data-column]").all()}
    closed = next(column for state, column in columns.items() if state not in choices)
    card.drag_to(closed)
    expect(page.get_by_text(say("Moved: %(title)s", title=title))).to_have_count(0)
    to = next(state for state in choices if state in {"in_progress", "in_review"} & set(columns))
    card.drag_to(columns[to])
    expect(page.get_by_text(say("Moved: %(title)s", title=title))).to_be_visible()
    expect(page.locator(f"[data-column={to}]").get_by_role("heading", name=title)).to_be_visible()
