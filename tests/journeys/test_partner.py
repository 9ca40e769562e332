"""A partner keeps its word: by an e-mailed link on a phone, or signed in."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_good
from tests.browser.fixtures import BROWSER, PageAs
from tests.browser.running_demo import RunningDemo
from tests.browser.words import Words
from tests.journeys.steps import heading, open_link, open_tab, press, propose_task

pytestmark = BROWSER


@dataclass(frozen=True)
class Story:
    """Who does what in a space of the demo."""

    task_path: str
    task: str
    person: str
    email: str
    school: str
    lead: str
    firm_person: str
    firm_email: str
    colleague: str
    colleague_email: str
    value: tuple[str, str]


STORIES = {
    "it": Story(
        "/s/borgo/partnerships/vicini-di-casa/",
        "Tavolo mensile sui casi",
        "Bruno Tessaroli",
        "bruno.tessaroli@borgo.example",
        "/s/borgo/partnerships/scuola-lavoro/",
        "Paolo Righetto",
        "Sara Brandano",
        "sara.brandano@borgo.example",
        "Ivo Brandano",
        "ivo.brandano@borgo.example",
        ("110", "178"),
    ),
    "en": Story(
        "/s/riverside/partnerships/good-neighbours/",
        "Quarterly meeting on Tanners Row",
        "Adaeze Obi",
        "adaeze.obi@riverside.example",
        "/s/riverside/partnerships/first-job/",
        "Joan Pettifer",
        "Owen Trask",
        "owen.trask@riverside.example",
        "Grace Trask",
        "grace.trask@riverside.example",
        ("55", "118"),
    ),
}
NEW = {"it": "Portare in classe i moduli firmati", "en": "Bring the signed forms to class"}
PASSED = {"it": "Preparare gli armadietti per i tirocinanti", "en": "Get lockers ready for the students"}


@pytest.fixture
def story(language: str) -> Story:
    return STORIES[language]


def mail_link(desk: Page, say: Words, story: Story) -> None:
    desk.goto(f"{story.task_path}tasks/")
    open_link(desk, story.task)
    press(desk, say("Mail %(name)s a link", name=story.person))


def open_mailed_link(phone: Page, link: str, subject: str) -> None:
    """The mail as the partner sees it: newest first, with one link."""
    phone.goto("/demo/mail/")
    open_link(phone, subject)
    phone.locator(f"main a[href='{link}']").click()


def test_three_taps_in_a_mail_are_enough(
    page_as: PageAs, demo: RunningDemo, language: str, say: Words, story: Story
) -> None:
    mail_link(page_as("coordinator", language), say, story)
    link = demo.mailed_link(to=story.email, containing=story.task, path="/task/")

    phone = page_as(None, language, width=390, script=False)
    open_mailed_link(phone, link, say("How does it stand? %(title)s", title=story.task))
    heading(phone, story.task)
    phone.get_by_label(say("It is done")).check()
    press(phone, say("Send"))
    heading(phone, say("Thank you, %(name)s", name=story.person))
    expect(phone.get_by_text(story.task)).to_be_visible()
    expect(phone.get_by_text(say("Done"), exact=True)).to_be_visible()
    assert_good(phone, language)

    desk = page_as("coordinator", language)
    desk.goto(f"{story.task_path}tasks/?state=done")
    expect(desk.get_by_role("link", name=story.task)).to_be_visible()


def test_a_partner_accepts_a_task_and_enters_a_value(
    page_as: PageAs, language: str, space_slug: str, say: Words, story: Story
) -> None:
    desk = page_as("coordinator", language)
    propose_task(desk, say, story.school, title=NEW[language], who=story.lead, mailed=False)

    partner = page_as("partner_lead", language)
    partner.goto(f"/s/{space_slug}/")
    open_link(partner, NEW[language])
    partner.get_by_label(say("We accept it")).check()
    press(partner, say("Send"))
    expect(partner.locator(".lede").get_by_text(say("Accepted"), exact=True)).to_be_visible()

    partner.goto(story.school)
    open_tab(partner, say("Indicators"))
    partner.get_by_role("table").get_by_role("link").first.click()
    open_link(partner, say("Enter a value"))
    numerator, denominator = story.value
    partner.get_by_label(say("How many")).first.fill(numerator)
    partner.get_by_label(say("Out of how many")).fill(denominator)
    press(partner, say("Send the value"))
    expect(partner.get_by_text(numerator).locator("visible=true").first).to_be_visible()


def test_who_is_not_the_one_asked_passes_the_task_on(
    page_as: PageAs, demo: RunningDemo, language: str, say: Words, story: Story
) -> None:
    desk = page_as("coordinator", language)
    propose_task(desk, say, story.school, title=PASSED[language], who=story.firm_person, mailed=True)
    first = demo.mailed_link(to=story.firm_email, containing=PASSED[language], path="/task/")

    phone = page_as(None, language, width=390, script=False)
    phone.goto(first)
    heading(phone, PASSED[language])
    phone.get_by_role(
        "link",
        name=say("You are not %(name)s, or it is not yours to do? Pass it on.", name=story.firm_person),
    ).click()
    assert_good(phone, language)
    phone.get_by_label(story.colleague).check()
    press(phone, say("Pass it on"))
    heading(phone, say("Passed on"))
    assert_good(phone, language)

    second = demo.mailed_link(to=story.colleague_email, containing=PASSED[language], path="/task/")
    assert second != first
    phone.goto(second)
    phone.get_by_label(say("We accept it")).check()
    press(phone, say("Send"))
    heading(phone, say("Thank you, %(name)s", name=story.colleague))
    phone.goto(first)
    heading(phone, say("This link has ended"))


EXPIRE = """
from datetime import timedelta
from django.utils import timezone
from core.models import AccessLink, Tenant
from core.operations.link import hash_of
from core.tenancy.context import tenant_scope
with tenant_scope(Tenant.objects.get(slug={slug!r}).pk):
    live = AccessLink.objects.filter(token_hash=hash_of({token!r}, purpose="task"))
    print(live.update(expires_at=timezone.now() - timedelta(days=1)))
"""


def test_an_expired_link_offers_to_mail_a_new_one(
    page_as: PageAs, demo: RunningDemo, language: str, space_slug: str, say: Words, story: Story
) -> None:
    title = {"it": "Aggiornare l'elenco dei tutor", "en": "Bring the list of tutors up to date"}[language]
    desk = page_as("coordinator", language)
    propose_task(desk, say, story.school, title=title, who=story.firm_person, mailed=True)
    old = demo.mailed_link(to=story.firm_email, containing=title, path="/task/")
    token = old.rstrip("/").rsplit("/", 1)[1]
    assert demo.in_shell(EXPIRE.format(slug=space_slug, token=token)).strip() == "1"

    phone = page_as(None, language, width=390, script=False)
    phone.goto(old)
    heading(phone, say("This link has ended"))
    assert_good(phone, language)
    press(phone, say("Mail me a new link"))
    heading(phone, say("Look into your mail"))
    assert_good(phone, language)
    new = demo.mailed_link(to=story.firm_email, containing=title, path="/task/", but=old)
    phone.goto(new)
    heading(phone, title)
