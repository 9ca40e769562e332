"""Five organisations from their first meeting to the second version of what they signed, told in ``make drill``."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_good
from tests.browser.fixtures import BROWSER, PageAs
from tests.browser.running_demo import RunningDemo
from tests.browser.words import Words
from tests.journeys.steps import field, heading, in_days, open_link, press, unfold
from tests.journeys.test_agreement_clauses import sign, write_clause
from tests.journeys.test_meeting import BEGIN, answer_by_link, approve_by_link

pytestmark = [*BROWSER, pytest.mark.drill]


@dataclass(frozen=True)
class Story:
    """Who comes together, and what they say, promise and sign."""

    partnership: str
    # Organisation and the person who may commit for it.
    people: tuple[tuple[str, str], ...]
    title: str
    subject: str
    notes: str
    action: str
    result: str
    agreement: str
    before: str
    after: str

    @property
    def organisations(self) -> list[str]:
        return [organisation for organisation, _person in self.people]


STORIES = {
    "it": Story(
        "Orti di cortile",
        (
            ("Biblioteca civica di Borgo", "Nives Taddei"),
            ("Passaparola APS", "Olmo Gherardini"),
            ("Caseificio Tre Colli", "Zeno Marchisio"),
            ("Volontari Argento ODV", "Lia Bonazzi"),
            ("Cooperativa sociale Filo Teso", "Ettore Sandrin"),
        ),
        "Primo incontro",
        "Che cosa mettiamo ciascuno",
        "Ciascuno mette un pomeriggio e gli attrezzi che ha.",
        "Chiedere in prestito dieci vanghe",
        "Dieci vanghe in magazzino",
        "Accordo degli orti",
        "Gli orti si aprono il martedì pomeriggio.",
        "Gli orti si aprono il giovedì pomeriggio.",
    ),
    "en": Story(
        "Courtyard gardens",
        (
            ("Mill Lane Bakery", "Nell Tolliver"),
            ("Weir Street Surgery", "Amos Brightwell"),
            ("Eastmere College", "Ida Farrow"),
            ("Riverside Community Trust", "Piers Holloway"),
            ("Quayside Academy", "Mona Strand"),
        ),
        "First meeting",
        "What each of us brings",
        "Each brings an afternoon and the tools they have.",
        "Borrow ten spades",
        "Ten spades in the shed",
        "Garden agreement of five",
        "The gardens open on Tuesday afternoons.",
        "The gardens open on Thursday afternoons.",
    ),
}


def email_of(person: str) -> str:
    return person.lower().replace(" ", ".") + "@courtyards.example"


def come_together(desk: Page, say: Words, story: Story, space_slug: str) -> str:
    """A partnership of five, each with somebody who may commit."""
    desk.goto(f"/s/{space_slug}/partnerships/new/?kit=scratch")
    field(desk, say("Name")).fill(story.partnership)
    field(desk, say("Purpose, in one sentence")).fill(story.subject)
    press(desk, say("Start the partnership"))
    heading(desk, story.partnership)
    address = desk.url
    for organisation, person in story.people:
        desk.goto(f"{address}members/add/?q={organisation}")
        desk.get_by_role("radio", name=organisation).first.check()
        press(desk, say("Ask it to join"))
        field(desk, say("Name")).fill(person)
        field(desk, say("E-mail")).fill(email_of(person))
        desk.get_by_label(say("May commit for the organisation: accept tasks and sign agreements")).check()
        field(desk, say("Language of the mails")).select_option(say.language)
        press(desk, say("Save the person"))
        expect(desk.get_by_text(person).first).to_be_visible()
    return address


def call_it(desk: Page, say: Words, story: Story, address: str) -> None:
    desk.goto(f"{address}meetings/")
    open_link(desk, say("Plan a meeting"))
    field(desk, say("Name of the meeting")).fill(story.title)
    field(desk, say("What for, in one line")).fill(story.subject)
    field(desk, say("Day")).fill(in_days(5))
    field(desk, say("Begins at")).fill("15:00")
    press(desk, say("Save"))
    open_link(desk, say("Choose whom to invite"))
    press(desk, say("Put them on the list"))
    open_link(desk, say("Write the agenda"))
    field(desk, say("What about")).fill(story.subject)
    press(desk, say("Put it on the agenda"))
    open_link(desk, story.title)
    press(desk, say("Send the invitations"))
    expect(desk.locator(".lede").get_by_text(say("Invited"), exact=True)).to_be_visible()


def run_it(desk: Page, say: Words, story: Story) -> None:
    open_link(desk, say("Run the meeting"))
    for _organisation, person in story.people:
        desk.get_by_label(person).select_option(label=say("Present"))
    press(desk, say("Keep who is here"))
    desk.get_by_role("navigation").get_by_role("link", name=story.subject).click()
    field(desk, say("What was agreed, and why")).fill(story.notes)
    field(desk, say("This item is")).select_option(label=say("Dealt with"))
    expect(desk.get_by_role("status").get_by_text(say("Saved"))).to_be_visible()
    unfold(desk, say("Who does what"))
    field(desk, say("What shall be done")).fill(story.action)
    field(desk, say("Who is asked")).select_option(label=story.people[0][1])
    field(desk, say("By")).fill(in_days(30))
    field(desk, say("How we will see that it is done")).fill(story.result)
    press(desk, say("Make it a task"))
    expect(desk.get_by_role("link", name=story.action)).to_be_visible()
    press(desk, say("End the meeting"))
    heading(desk, say("Minutes"))
    press(desk, say("Send the minutes"))


def keep_it(phone: Page, say: Words, link: str, person: str) -> None:
    phone.goto(link)
    phone.get_by_label(say("We accept it")).check()
    press(phone, say("Send"))
    open_link(phone, say("Change what you said"))
    phone.get_by_label(say("It is done")).check()
    press(phone, say("Send"))
    heading(phone, say("Thank you, %(name)s", name=person))


def open_for_all(desk: Page, say: Words, story: Story, address: str) -> None:
    desk.goto(address)
    open_link(desk, say("Open for signing"))
    for organisation in story.organisations:
        desk.get_by_role("group", name=say("Who signs"), exact=True).get_by_label(organisation).check()
    assert_good(desk, say.language)
    press(desk, say("Fix the text and ask them"))


def test_five_meet_promise_sign_and_sign_again(
    page_as: PageAs, demo: RunningDemo, language: str, space_slug: str, say: Words
) -> None:
    story = STORIES[language]
    desk, phone = page_as("coordinator", language), page_as(None, language, width=390, script=False)
    address = come_together(desk, say, story, space_slug)
    assert_good(desk, language)
    emails = [email_of(person) for _organisation, person in story.people]

    call_it(desk, say, story, address)
    for (_organisation, person), email in zip(story.people, emails, strict=True):
        answer_by_link(phone, demo.mailed_link(to=email, containing=story.title, path="/meeting/"), say, person)
    assert demo.in_shell(BEGIN.format(slug=space_slug, title=story.title)).strip() == "1"
    desk.reload()
    run_it(desk, say, story)
    minutes = desk.url
    for email in emails:
        approve_by_link(phone, demo.mailed_link(to=email, containing=story.title, path="/minutes/"), say, story)
    desk.goto(minutes)
    expect(desk.get_by_text(say("Approved"), exact=True).first).to_be_visible()
    assert_good(desk, language)

    desk.goto(f"{address}tasks/")
    open_link(desk, story.action)
    press(desk, say("Mail %(name)s a link", name=story.people[0][1]))
    keep_it(phone, say, demo.mailed_link(to=emails[0], containing=story.action, path="/task/"), story.people[0][1])
    desk.goto(f"{address}promises/?status=kept")
    expect(desk.get_by_role("link", name=story.action)).to_be_visible()

    desk.goto(f"{address}agreements/new/")
    field(desk, say("Title")).fill(story.agreement)
    press(desk, say("Begin"))
    agreement = desk.url.removesuffix("clauses/")
    open_link(desk, say("A clause of your own"))
    field(desk, say("Title")).fill(story.agreement)
    field(desk, say("Text")).fill(story.before)
    press(desk, say("Add the clause"))
    open_for_all(desk, say, story, agreement)
    first = [demo.mailed_link(to=email, containing=story.agreement, path="/agreement/") for email in emails]
    for link in first:
        sign(page_as, say, link)
    desk.goto(agreement)
    expect(desk.get_by_text(say("In force"), exact=True).first).to_be_visible()

    press(desk, say("Write a new version"))
    desk.locator(".clauses").get_by_role("link", name=story.agreement).click()
    write_clause(desk, say, story.after)
    desk.goto(f"{agreement}compare/")
    expect(desk.locator("del").first).to_be_visible()
    expect(desk.locator("ins").first).to_be_visible()
    open_for_all(desk, say, story, agreement)
    for email, old in zip(emails, first, strict=True):
        sign(page_as, say, demo.mailed_link(to=email, containing=story.agreement, path="/agreement/", but=old))
    desk.goto(agreement)
    expect(desk.get_by_text(say("In force"), exact=True).first).to_be_visible()
    for _organisation, person in story.people:
        expect(desk.get_by_text(f"{person}, Director")).to_be_visible()
    assert_good(desk, language)
