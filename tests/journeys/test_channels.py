"""Open channels: a question answered from the mail, and a worry that coordination never sees."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_good
from tests.browser.fixtures import BROWSER, PageAs
from tests.browser.running_demo import RunningDemo
from tests.browser.words import Words
from tests.journeys.steps import field, heading, open_link, press, unfold

pytestmark = BROWSER


@dataclass(frozen=True)
class Story:
    """Who asks and worries in a space of the demo."""

    place: str
    task: str
    asked: str
    email: str
    contact: str
    question: str
    answer: str
    worry: str


STORIES = {
    "it": Story(
        "/s/borgo/partnerships/scuola-lavoro/",
        "Cercare quindici nuovi mentori",
        "Ivo Brandano",
        "ivo.brandano@borgo.example",
        "Sara Brandano",
        "Chi chiama i mentori che mancano?",
        "Li chiamo io lunedì.",
        "Temo che la palestra non sia sicura.",
    ),
    "en": Story(
        "/s/riverside/partnerships/first-job/",
        "Book the hall for the thank-you evening",
        "Grace Trask",
        "grace.trask@riverside.example",
        "Owen Trask",
        "Who brings the keys of the hall?",
        "I do, at six.",
        "I fear the ladder in the yard is not safe.",
    ),
}


@pytest.fixture
def story(language: str) -> Story:
    return STORIES[language]


def ask_one_person(desk: Page, say: Words, story: Story) -> None:
    desk.goto(f"{story.place}tasks/")
    open_link(desk, story.task)
    unfold(desk, say("Talk about it"))
    field(desk, say("Your words")).fill(story.question)
    choice = desk.locator("option", has_text=story.asked).first.get_attribute("value") or ""
    field(desk, say("Ask one person")).select_option(choice)
    press(desk, say("Say it"))
    expect(desk.locator("#talk")).to_contain_text(story.question)


def test_question_is_answered_from_the_mail(
    page_as: PageAs, demo: RunningDemo, language: str, say: Words, story: Story
) -> None:
    desk = page_as("coordinator", language)
    ask_one_person(desk, say, story)
    link = demo.mailed_link(to=story.email, containing=story.question, path="/comment/")
    phone = page_as(None, language, width=390, script=False)
    phone.goto(link)
    heading(phone, story.task)
    assert_good(phone, language)
    field(phone, say("Your answer")).fill(story.answer)
    press(phone, say("Send the answer"))
    expect(phone.get_by_text(say("Thank you. Your answer is there."))).to_be_visible()
    desk.reload()
    expect(desk.locator("#talk")).to_contain_text(story.answer)


def test_worry_is_told_to_a_contact_and_coordination_never_sees_it(
    page_as: PageAs, language: str, say: Words, story: Story
) -> None:
    partner = page_as("partner_lead", language, width=390)
    partner.goto(f"{story.place}worries/new/")
    field(partner, say("What worries you?")).fill(story.worry)
    partner.get_by_label(re.compile(story.contact)).check()
    assert_good(partner, language)
    press(partner, say("Tell it in private"))
    expect(partner.get_by_text(story.worry)).to_be_visible()
    address, code = partner.url, partner.get_by_role("heading", level=1).inner_text()
    contact = page_as("partner_member", language)
    contact.goto(address)
    press(contact, say("Say that it arrived"))
    partner.reload()
    expect(
        partner.get_by_text(say("It arrived: the contact said so on %(day)s.", day="|").split("|")[0])
    ).to_be_visible()
    desk = page_as("coordinator", language)
    desk.goto(f"{story.place.partition('partnerships')[0]}worries/")
    expect(desk.get_by_text(code)).to_have_count(0)
    answer = desk.request.get(address)
    assert answer.status == 404
    assert story.worry not in answer.text()
