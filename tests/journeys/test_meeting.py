"""A meeting from its suggestions to its approved minutes: called, answered by link, run, written down, approved."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_good
from tests.browser.fixtures import BROWSER, PageAs
from tests.browser.running_demo import RunningDemo
from tests.browser.words import Words
from tests.journeys.steps import field, heading, in_days, open_link, open_tab, press, unfold

pytestmark = BROWSER


@dataclass(frozen=True)
class Story:
    """Who meets, about what, and what comes of it."""

    partnership: str
    title: str
    parked: str
    guests: tuple[tuple[str, str], ...]
    guest: str
    organisation: str
    notes: str
    decision: str
    action: str
    result: str
    erratum: str


STORIES = {
    "it": Story(
        "/s/borgo/partnerships/scuola-lavoro/",
        "Cabina di regia straordinaria",
        "Festa di fine anno",
        (("Ivo Brandano", "ivo.brandano@borgo.example"), ("Sara Brandano", "sara.brandano@borgo.example")),
        "Giorgio Pellandra",
        "Officine Brandano",
        "La festa si tiene in officina, a giugno.",
        "La festa di fine anno si tiene il 12 giugno",
        "Prenotare il capannone",
        "Prenotazione confermata per iscritto",
        "La festa è il 13 giugno.",
    ),
    "en": Story(
        "/s/riverside/partnerships/first-job/",
        "Extraordinary steering group",
        "End-of-year party",
        (("Grace Trask", "grace.trask@riverside.example"), ("Owen Trask", "owen.trask@riverside.example")),
        "Ruth Ellingham",
        "Lockgate Boatyard",
        "The party takes place in the boatyard, in June.",
        "The end-of-year party is on 12 June",
        "Book the large shed",
        "A booking in writing",
        "The party is on 13 June.",
    ),
}
BEGIN = """
from datetime import timedelta
from django.utils import timezone
from core.models import Tenant
from core.tenancy.context import tenant_scope
from partnerships.models import Meeting
with tenant_scope(Tenant.objects.get(slug={slug!r}).pk):
    now = timezone.now()
    called = Meeting.objects.filter(title={title!r})
    print(called.update(starts_at=now - timedelta(hours=2), ends_at=now - timedelta(minutes=30)))
"""


@pytest.fixture
def story(language: str) -> Story:
    return STORIES[language]


def call_from_suggestions(desk: Page, say: Words, story: Story) -> None:
    """Plan a meeting, invite everybody and a guest, take what was parked over, send invitation and agenda."""
    desk.goto(story.partnership)
    open_tab(desk, say("Meetings"))
    open_link(desk, say("Plan a meeting"))
    field(desk, say("Name of the meeting")).fill(story.title)
    field(desk, say("What for, in one line")).fill(story.title)
    # Within five working days on any day of the week, so that the agenda is late.
    field(desk, say("Day")).fill(in_days(4))
    field(desk, say("Begins at")).fill("15:00")
    press(desk, say("Save"))
    open_link(desk, say("Choose whom to invite"))
    field(desk, say("Look for guests by name")).press_sequentially(story.guest)
    desk.get_by_label(story.guest).check()
    # Looking for somebody else keeps who is chosen.
    field(desk, say("Look for guests by name")).fill("")
    expect(desk.get_by_role("checkbox", name=story.guest)).to_be_checked()
    assert_good(desk, say.language)
    press(desk, say("Put them on the list"))
    expect(desk.get_by_text(story.guest).first).to_be_visible()
    open_link(desk, say("Write the agenda"))
    press(desk, say("Take it over") + f" {story.parked}")
    expect(desk.get_by_role("list").get_by_text(story.parked).first).to_be_visible()
    assert_good(desk, say.language)
    open_link(desk, story.title)
    press(desk, say("Send the invitations"))
    expect(desk.locator(".lede").get_by_text(say("Invited"), exact=True)).to_be_visible()
    open_link(desk, say("Write the agenda"))
    field(desk, say("Why all the same")).fill(story.title)
    press(desk, say("Send the agenda"))
    expect(desk.locator(".lede").get_by_text(say("Agenda sent"), exact=True)).to_be_visible()


def answer_by_link(phone: Page, link: str, say: Words, name: str) -> None:
    phone.goto(link)
    assert_good(phone, say.language)
    phone.get_by_label(say("Yes, I come")).check()
    press(phone, say("Send"))
    heading(phone, say("Thank you, %(name)s", name=name))


def run_it(desk: Page, say: Words, story: Story) -> None:
    """Note who is there, keep notes, take a decision and a promise, end the meeting."""
    open_link(desk, say("Run the meeting"))
    for name, _email in story.guests:
        desk.get_by_label(name).select_option(label=say("Present"))
    press(desk, say("Keep who is here"))
    desk.get_by_role("navigation").get_by_role("link", name=story.parked).click()
    field(desk, say("What was agreed, and why")).fill(story.notes)
    field(desk, say("This item is")).select_option(label=say("Dealt with"))
    expect(desk.get_by_role("status").get_by_text(say("Saved"))).to_be_visible()
    unfold(desk, say("A decision"))
    field(desk, say("What is decided, in one sentence")).fill(story.decision)
    field(desk, say("Subject")).select_option(label=say("The work and its plan"))
    field(desk, say("How it was decided")).select_option(label=say("Consent: nobody objects"))
    press(desk, say("Put it into the register"))
    unfold(desk, say("Who does what"))
    field(desk, say("What shall be done")).fill(story.action)
    field(desk, say("Who is asked")).select_option(label=story.guests[1][0])
    field(desk, say("By")).fill(in_days(30))
    field(desk, say("How we will see that it is done")).fill(story.result)
    press(desk, say("Make it a task"))
    expect(desk.get_by_role("link", name=story.action)).to_be_visible()
    assert_good(desk, say.language)
    press(desk, say("End the meeting"))


def approve_by_link(phone: Page, link: str, say: Words, story: Story) -> None:
    phone.goto(link)
    expect(phone.get_by_text(story.notes)).to_be_visible()
    assert_good(phone, say.language)
    press(phone, say("Send the answer"))
    expect(phone.get_by_text(say("Approved"), exact=True)).to_be_visible()


def test_meeting_is_called_answered_run_written_down_and_approved(
    page_as: PageAs, demo: RunningDemo, language: str, space_slug: str, say: Words, story: Story
) -> None:
    desk = page_as("coordinator", language)
    call_from_suggestions(desk, say, story)

    phone = page_as(None, language, width=390, script=False)
    for name, email in story.guests:
        answer_by_link(phone, demo.mailed_link(to=email, containing=story.title, path="/meeting/"), say, name)

    assert demo.in_shell(BEGIN.format(slug=space_slug, title=story.title)).strip() == "1"
    desk.reload()
    run_it(desk, say, story)
    heading(desk, say("Minutes"))
    for words in (story.notes, story.decision, story.action):
        expect(desk.locator("article").get_by_text(words).first).to_be_visible()
    press(desk, say("Send the minutes"))

    for _name, email in story.guests:
        approve_by_link(phone, demo.mailed_link(to=email, containing=story.title, path="/minutes/"), say, story)
    desk.reload()
    expect(desk.get_by_text(say("Approved"), exact=True).first).to_be_visible()
    unfold(desk, say("Correct the minutes"))
    field(desk, say("What has to be corrected")).fill(story.erratum)
    press(desk, say("Add the correction"))
    expect(desk.get_by_text(story.erratum)).to_be_visible()
    assert_good(desk, language)

    desk.goto(f"{story.partnership}decisions/")
    open_link(desk, story.decision)
    heading(desk, story.decision)
    assert_good(desk, language)
    desk.goto(f"{story.partnership}tasks/")
    expect(desk.get_by_role("link", name=story.action)).to_be_visible()
