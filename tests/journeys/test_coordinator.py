"""A coordinator's work: the morning's page, a partnership from a kit, a goal that can be checked, a report."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_good
from tests.browser.fixtures import BROWSER, PageAs
from tests.browser.running_demo import RunningDemo
from tests.browser.windows import sign_in
from tests.browser.words import Words
from tests.journeys.steps import field, heading, in_days, open_link, open_tab, press, propose_task, unfold

pytestmark = BROWSER
NEED = "Young people do not come home safely in the evening"


@dataclass(frozen=True)
class Story:
    """What the coordinator of a space of the demo starts and writes."""

    partnership: str
    kit: str
    purpose: str
    place: str
    organisation: str
    person: str
    agreement: str
    task: str
    goal_in: str
    goal: str
    whom: str
    indicator: str
    owner: str
    owner_person: str
    report: str


STORIES = {
    "it": Story(
        "Orti tra i palazzi",
        "Enti non profit ed enti pubblici",
        "Chi abita nei palazzi coltiva insieme i cortili.",
        "Borgo San Lento",
        "Radio Lento",
        "Irene Bonfatti",
        "Patto per gli orti",
        "Raccontare gli orti alla radio",
        "/s/borgo/partnerships/scuola-lavoro/",
        "Più studenti a piedi in azienda",
        "studenti dell'ultimo triennio",
        "Studenti che arrivano a piedi",
        "Istituto tecnico Ada Montelupi",
        "Paolo Righetto",
        "Rapporto di metà anno",
    ),
    "en": Story(
        "Gardens between the blocks",
        "Nonprofits and public bodies",
        "People who live in the blocks grow food in the courtyards together.",
        "Eastmere",
        "Eastmere Voice",
        "Dora Finch",
        "Garden agreement",
        "Tell readers about the gardens",
        "/s/riverside/partnerships/first-job/",
        "More students walking to their placement",
        "students in years 11 to 13",
        "Students who come on foot",
        "Quayside Academy",
        "Joan Pettifer",
        "Mid-year report",
    ),
}


@pytest.fixture
def story(language: str) -> Story:
    return STORIES[language]


def test_the_day_begins_with_what_needs_the_coordinator(
    page_as: PageAs, demo: RunningDemo, language: str, space_slug: str, say: Words
) -> None:
    page = page_as(None, language)
    account = demo.account("coordinator", space_slug)
    sign_in(page, account)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    voice = page.locator(".voice")
    expect(voice.get_by_role("heading")).to_be_visible()
    assert voice.get_by_role("link").count() >= 1, "nothing in the sentence can be followed"
    voice.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(account["start_url"])
    open_link(page, say("Your partnerships"))
    page.get_by_role("main").get_by_role("table").get_by_role("link").first.click()
    expect(page.locator("nav.tabs")).to_be_visible()


def start_from_kit(page: Page, say: Words, story: Story, space_slug: str) -> str:
    page.goto(f"/s/{space_slug}/partnerships/")
    open_link(page, say("New partnership"))
    page.get_by_role("radio", name=story.kit).check()
    press(page, say("Continue"))
    field(page, say("Name")).fill(story.partnership)
    field(page, say("Purpose, in one sentence")).fill(story.purpose)
    field(page, say("Territory")).fill(story.place)
    field(page, say("Start date")).fill(in_days(0))
    page.get_by_role("radio", name=say("Full: everything is open, rules stop you until they are met")).check()
    press(page, say("Start the partnership"))
    heading(page, story.partnership)
    return page.url


def add_member(page: Page, say: Words, story: Story, address: str) -> None:
    page.goto(address)
    open_tab(page, say("Members"))
    open_link(page, say("Ask an organisation"))
    field(page, say("Name, place or tax code")).press_sequentially(story.organisation[:6], delay=30)
    page.get_by_role("radio", name=story.organisation).check()
    press(page, say("Ask it to join"))
    heading(page, say("Who speaks for %(name)s?", name=story.organisation))
    field(page, say("Name")).fill(story.person)
    field(page, say("E-mail")).fill(email_of(story))
    page.get_by_label(say("May commit for the organisation: accept tasks and sign agreements")).check()
    field(page, say("Language of the mails")).select_option({"en": "en", "it": "it"}[say.language])
    press(page, say("Save the person"))
    expect(page.get_by_text(story.person).first).to_be_visible()


def email_of(story: Story) -> str:
    return story.person.lower().replace(" ", ".") + "@neighbours.example"


def write_agreement(page: Page, say: Words, story: Story, address: str) -> None:
    page.goto(address)
    open_tab(page, say("Agreements"))
    page.get_by_role("main").get_by_role("link", name=say("New agreement")).or_(
        page.get_by_role("main").get_by_role("link", name=say("Write the agreement"))
    ).first.click()
    field(page, say("Title")).fill(story.agreement)
    press(page, say("Begin"))
    unfold(page, say("The text as it stands"))
    expect(page.get_by_text(story.purpose).first).to_be_visible()
    open_link(page, say("A clause of your own"))
    field(page, say("Title")).fill("Mercoledì / Wednesday")
    field(page, say("Text")).fill("17.00")
    press(page, say("Add the clause"))
    open_link(page, say("Dates and terms"))
    field(page, say("Valid from")).fill(in_days(0))
    field(page, say("Valid until")).fill(in_days(700))
    press(page, say("Save"))
    heading(page, story.agreement)
    open_link(page, say("Open for signing"))
    expect(page.get_by_role("checkbox", name=story.organisation)).to_be_checked()
    press(page, say("Fix the text and ask them"))
    heading(page, story.agreement)


def test_a_partnership_grows_from_a_kit_to_a_signed_agreement(
    page_as: PageAs, demo: RunningDemo, language: str, space_slug: str, say: Words, story: Story
) -> None:
    desk = page_as("coordinator", language)
    address = start_from_kit(desk, say, story, space_slug)
    add_member(desk, say, story, address)
    write_agreement(desk, say, story, address)

    phone = page_as(None, language, width=390)
    phone.goto(demo.mailed_link(to=email_of(story), containing=story.agreement, path="/agreement/"))
    phone.get_by_label(say("We accept this agreement")).check()
    field(phone, say("In which capacity do you speak?")).fill("Editor")
    press(phone, say("Send the answer"))
    phone.wait_for_load_state()
    assert_good(phone, language)
    expect(phone.get_by_text(story.agreement).first).to_be_visible()

    desk.goto(f"{address}agreements/")
    open_link(desk, story.agreement)
    expect(desk.get_by_text(say("Accepted"), exact=True).first).to_be_visible()

    propose_task(desk, say, address, title=story.task, who=story.person, mailed=True)
    assert demo.mailed_link(to=email_of(story), containing=story.task, path="/task/")


def draft_goal(page: Page, say: Words, story: Story) -> None:
    page.goto(f"{story.goal_in}goals/")
    open_link(page, say("New goal"))
    field(page, say("Title, in a few words")).fill(story.goal)
    field(page, say("For whom?")).fill(story.whom)
    missing = page.locator("#smart-count")
    expect(missing).not_to_have_text(say("The goal in one sentence"))
    field(page, say("Where?")).fill("Centro")
    field(page, say("Indicator")).select_option(label=say("Something new"))
    unfold(page, say("Something new: describe it"))
    field(page, say("What you measure")).fill(story.indicator)
    field(page, say("Starting value")).fill("12")
    field(page, say("Day of the starting value")).fill(in_days(-345))
    field(page, say("Value to be reached")).fill("60")
    field(page, say("Why can it be reached?")).fill("Four of five hosts are nearer than a mile, and the path is lit.")
    field(page, say("Who could be left out, and what do you do about it?")).fill("Students with a disability: a taxi.")
    field(page, say("Starts on")).fill(in_days(-335))
    field(page, say("Ends on")).fill(in_days(10))
    unfold(page, say("The other language, who looks after it, review, money"))
    field(page, say("Organisation that looks after it")).select_option(label=story.owner)
    field(page, say("Person who looks after it")).select_option(label=story.owner_person)
    field(page, say("Next common review")).fill(in_days(5))
    press(page, say("Save as a draft"))
    heading(page, story.goal)


def complete_indicator(page: Page, say: Words, story: Story) -> None:
    open_link(page, say("Every value of “%(name)s”", name=story.indicator))
    open_link(page, say("Edit"))
    unfold(page, say("What it means"))
    definition = {"it": "What counts and what does not, in Italian", "en": "What counts and what does not, in English"}[
        say.language
    ]
    field(page, say(definition)).fill("Counted at the gate on the first Monday of the month.")
    unfold(page, say("How it is measured"))
    field(page, say("How often it is measured")).select_option("monthly")
    field(page, say("Where the figure comes from")).fill("Gate count")
    press(page, say("Save the indicator"))


def add_milestone(page: Page, say: Words) -> None:
    open_link(page, say("Add a milestone"))
    field(page, say("What will be there?")).fill("Twenty")
    field(page, say("By")).fill(in_days(-100))
    press(page, say("Save the milestone"))


def write_need(page: Page, say: Words, story: Story) -> None:
    page.goto(f"{story.goal_in}community-needs/new/")
    field(page, say("What is missing or has to change?")).fill(NEED)
    field(page, say("How do we know?")).select_option(label=say("Lived experience"))
    field(page, say("From where?")).fill("Open evening")
    field(page, say("Of which day?")).fill(in_days(-30))
    press(page, say("Save"))


def say_why(page: Page, say: Words) -> None:
    open_link(page, say("Choose needs and change"))
    page.get_by_label(NEED).check()
    page.get_by_role("radio").nth(1).check()
    press(page, say("Save the choice"))


def write_risk(page: Page, say: Words) -> None:
    open_link(page, say("Write down a risk"))
    field(page, say("What could go wrong?")).fill("The gate closes in winter.")
    field(page, say("How do we answer it?")).select_option(index=1)
    field(page, say("What do we do?")).fill("Use the side door from November on.")
    press(page, say("Save"))


# The days partners have pass, and each says by its link that it supports the goal.
ANSWERED = """
from datetime import timedelta
from django.utils import timezone
from core.models import Tenant
from core.tenancy.context import tenant_scope
from core.tenancy.keys import new_id
from goals.models import Endorsement, EndorsementRound
from goals.operations.endorsement import answer_endorsement
from partnerships.queries.representative import active_representatives
from partnerships.rules.authority import LinkHolder
with tenant_scope(Tenant.objects.get(slug={slug!r}).pk):
    asked = timezone.localdate() - timedelta(days=25)
    rounds = EndorsementRound.objects.filter(goal__title_{language}={goal!r}, outcome="open")
    places = Endorsement.objects.filter(round__in=rounds)
    print(places.update(asked_on=asked), rounds.update(asked_on=asked, answer_by=asked + timedelta(days=14)))
    for place in places:
        person = active_representatives().filter(member=place.member)[0].person
        answer_endorsement(endorsement=place, position=5, comment="", by=LinkHolder(person, new_id()))
"""
CLOSED = {"it": "- portineria chiusa", "en": "- gate closed"}
TOO_FEW = {
    "it": "Nove rilevazioni finora: troppo poche per parlare di tendenza.",
    "en": "Nine measurements so far: too few to speak of a trend.",
}


def hear_people_affected(page: Page, say: Words) -> None:
    open_link(page, say("All answers"))
    open_link(page, say("Write down what people affected say"))
    field(page, say("Who is it?")).select_option(index=1)
    field(page, say("Who spoke for them?")).fill("Two mothers")
    field(page, say("On which day?")).fill(in_days(-3))
    page.get_by_label(say("In a talk")).check()
    page.get_by_label(say("We can live with it")).check()
    press(page, say("Write it down"))


def measure_a_year(page: Page, say: Words, story: Story) -> None:
    """Nine months with a value, one that says why it has none, one nobody reported; then one value was wrong."""
    page.goto(f"{story.goal_in}measurements/grid/?periods=12&whose=whole")
    cells = page.get_by_role("row", name=story.indicator).get_by_role("textbox")
    for month, value in enumerate(("14", "17", CLOSED[say.language], "16", "", "22", "21", "26", "31", "290", "33")):
        cells.nth(month).fill(value)
    press(page, say("Send the values"))
    expect(page.get_by_role("status")).to_contain_text("10")
    cells.nth(9).fill("29")
    press(page, say("Send the values"))
    expect(cells.nth(9)).to_have_value("29")


def talk_about_it(page: Page, say: Words, story: Story) -> None:
    open_link(page, say("Trend reviews of this indicator"))
    open_link(page, say("Begin a review"))
    press(page, say("Begin"))
    field(page, say("What shall be different, and for whom?")).fill("Getting to work without a car.")
    field(page, say("Where does this go if nothing changes?")).fill("It stops at half of them.")
    field(page, say("Which idea costs nothing or little?")).fill("Walk together from the station.")
    field(page, say("What shall be done")).fill("Light the path")
    field(page, say("By")).fill(in_days(30))
    press(page, say("Save and close"))
    press(page, say("We talked it through"))
    press(page, say("The tasks are agreed"))
    heading(page, story.indicator)


def test_a_goal_goes_from_a_need_to_a_year_of_values_and_what_is_done_about_them(
    page_as: PageAs, demo: RunningDemo, language: str, space_slug: str, say: Words, story: Story
) -> None:
    page = page_as("coordinator", language)
    write_need(page, say, story)
    draft_goal(page, say, story)
    goal = page.url
    complete = page.get_by_role("heading", name=say("Complete: nothing is missing"))
    expect(complete).to_have_count(0)
    complete_indicator(page, say, story)
    steps: list[Callable[[], None]] = [
        lambda: add_milestone(page, say),
        lambda: say_why(page, say),
        lambda: write_risk(page, say),
    ]
    for step in steps:
        page.goto(goal)
        expect(complete).to_have_count(0)
        step()
    page.goto(goal)
    expect(complete).to_be_visible()
    assert_good(page, language)
    press(page, say("Propose the goal"))
    press(page, say("Ask the partners"))
    # Silence is no yes, and nobody of the people affected was heard yet.
    expect(page.get_by_text(say("Nobody of the people it is about has been heard."))).to_be_visible()
    expect(page.get_by_role("link", name=say("Adopt the goal"))).to_have_count(0)
    assert_good(page, language)

    demo.in_shell(ANSWERED.format(slug=space_slug, language=language, goal=story.goal))
    hear_people_affected(page, say)
    page.goto(goal)
    open_link(page, say("Adopt the goal"))
    press(page, say("Adopt the goal"))
    press(page, say("Begin work on it"))
    measure_a_year(page, say, story)

    page.goto(goal)
    open_link(page, say("Every value of “%(name)s”", name=story.indicator))
    expect(page.get_by_text(TOO_FEW[language])).to_be_visible()
    assert_good(page, language)
    page.get_by_role("main").get_by_role("table").get_by_role("link").nth(1).click()
    expect(page.get_by_role("heading", name=say("What stood here before"))).to_be_visible()
    page.go_back()
    talk_about_it(page, say, story)
    expect(page.get_by_role("link", name="Light the path")).to_be_visible()


def test_a_report_is_frozen_made_ready_by_the_worker_and_shared(
    page_as: PageAs, demo: RunningDemo, language: str, say: Words, story: Story
) -> None:
    page = page_as("coordinator", language)
    page.goto(story.goal_in)
    open_tab(page, say("Reports"))
    open_link(page, say("New report"))
    field(page, say("Title")).fill(story.report)
    field(page, say("From")).fill(in_days(-180))
    field(page, say("To")).fill(in_days(0))
    field(page, say("What the reader should remember")).fill("More than half of the students finished well.")
    field(page, say("One thing that did not work")).fill("The bus.")
    press(page, say("Freeze the figures"))
    heading(page, story.report)
    assert_good(page, language)
    # The page asks every two seconds; the worker makes the PDF meanwhile.
    expect(page.get_by_role("link", name=say("Download the PDF"))).to_be_visible(timeout=180_000)
    email = f"reader.{language}@funder.example"
    field(page, say("Funder's e-mail")).fill(email)
    press(page, say("Send the link"))
    link = demo.mailed_link(to=email, containing=story.report, path="/report/")

    reader = page_as(None, language, width=390)
    reader.goto(link)
    heading(reader, story.report)
