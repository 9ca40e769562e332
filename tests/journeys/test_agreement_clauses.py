"""An agreement from clauses: read and remarked on by a partner, signed, changed, compared, signed again."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.checks import assert_good
from tests.browser.fixtures import BROWSER, PageAs
from tests.browser.running_demo import RunningDemo
from tests.browser.words import Words
from tests.journeys.steps import field, open_link, press, unfold

pytestmark = BROWSER


@dataclass(frozen=True)
class Story:
    """Two partners who agree on something small."""

    partnership: str
    organisation: str
    email: str
    agreement: str
    before: str
    after: str
    remark: str


STORIES = {
    "it": Story(
        "sapere-comune",
        "Biblioteca civica di Borgo",
        "giorgio.pellandra@borgo.example",
        "Uso della sala studio",
        "La sala è aperta il martedì pomeriggio.",
        "La sala è aperta il giovedì pomeriggio.",
        "Il martedì c'è già il gruppo di lettura.",
    ),
    "en": Story(
        "good-neighbours",
        "Weir Street Surgery",
        "colm.brannigan@riverside.example",
        "Use of the reading room",
        "The room is open on Tuesday afternoons.",
        "The room is open on Thursday afternoons.",
        "On Tuesdays the readers meet there.",
    ),
}


def write_clause(page: Page, say: Words, text: str) -> None:
    field(page, say("Text")).fill(text)
    press(page, say("Preview"))
    expect(page.locator("#preview").get_by_text(text)).to_be_visible()
    assert_good(page, say.language)
    press(page, say("Save"))


def open_for(page: Page, say: Words, story: Story, address: str) -> None:
    page.goto(address)
    open_link(page, say("Open for signing"))
    for other in page.get_by_role("group", name=say("Who signs"), exact=True).get_by_role("checkbox").all():
        other.uncheck()
    page.get_by_role("group", name=say("Who signs"), exact=True).get_by_label(story.organisation).check()
    assert_good(page, say.language)
    press(page, say("Fix the text and ask them"))


def sign(page_as: PageAs, say: Words, link: str) -> None:
    phone = page_as(None, say.language, width=390, script=False)
    phone.goto(link)
    assert_good(phone, say.language)
    phone.get_by_label(say("We accept this agreement")).check()
    field(phone, say("In which capacity do you speak?")).fill("Director")
    press(phone, say("Send the answer"))
    expect(phone.get_by_text(say("This is what we stored:"))).to_be_visible()


def test_agreement_is_composed_remarked_on_signed_and_changed(
    page_as: PageAs, demo: RunningDemo, language: str, space_slug: str, say: Words
) -> None:
    story = STORIES[language]
    agreements = f"/s/{space_slug}/partnerships/{story.partnership}/agreements/"
    desk = page_as("coordinator", language)
    desk.goto(f"{agreements}new/")
    field(desk, say("Title")).fill(story.agreement)
    press(desk, say("Begin"))
    address = desk.url.removesuffix("clauses/")
    assert_good(desk, language)
    open_link(desk, say("A clause of your own"))
    field(desk, say("Title")).fill(story.agreement)
    field(desk, say("Text")).fill(story.before)
    press(desk, say("Add the clause"))
    needed = desk.locator("details li", has=desk.get_by_text(say("Needed"), exact=True))
    for _clause in range(needed.count()):
        needed.first.get_by_role("button").click()
        desk.wait_for_load_state()
    desk.goto(f"{address}terms/")
    assert_good(desk, language)
    desk.goto(address)
    press(desk, say("Let the partners read it"))

    phone = page_as(None, language, width=390, script=False)
    phone.goto(demo.mailed_link(to=story.email, containing=story.agreement, path="/agreement-review/"))
    expect(phone.get_by_text(story.before)).to_be_visible()
    phone.get_by_label(say("We need a change")).check()
    field(phone, say("Your words")).fill(story.remark)
    press(phone, say("Send it"))
    assert_good(phone, language)

    desk.goto(address)
    expect(desk.get_by_text(story.remark)).to_be_visible()
    desk.locator("button[value=taken]").click()
    assert_good(desk, language)
    open_for(desk, say, story, address)
    sign(page_as, say, demo.mailed_link(to=story.email, containing=story.agreement, path="/agreement/"))

    desk.goto(address)
    expect(desk.get_by_text(say("In force"), exact=True).first).to_be_visible()
    press(desk, say("Write a new version"))
    desk.locator(".clauses").get_by_role("link", name=story.agreement).click()
    write_clause(desk, say, story.after)
    desk.goto(f"{address}minor/?version=2")
    assert_good(desk, language)
    desk.goto(f"{address}compare/")
    expect(desk.locator("del").first).to_be_visible()
    expect(desk.locator("ins").first).to_be_visible()
    assert_good(desk, language)
    old = demo.mailed_link(to=story.email, containing=story.agreement, path="/agreement/")
    open_for(desk, say, story, address)
    sign(page_as, say, demo.mailed_link(to=story.email, containing=story.agreement, path="/agreement/", but=old))
    desk.goto(address)
    expect(desk.get_by_text(say("In force"), exact=True).first).to_be_visible()
    unfold(desk, say("In full"))
    assert_good(desk, language)
    desk.goto(f"{address}accede/")
    assert_good(desk, language)
    desk.goto(f"{address}document/")
    expect(desk.get_by_role("link", name=say("Download the PDF"))).to_be_visible(timeout=180_000)
    assert_good(desk, language)
