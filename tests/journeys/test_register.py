"""A coordinator keeps the register: many at once and back, a filter of one's own, a talk, two records made one."""

import pytest
from playwright.sync_api import expect

from tests.browser.checks import assert_good
from tests.browser.fixtures import BROWSER, PageAs
from tests.browser.words import Words
from tests.journeys.steps import field, heading, in_days, open_link, press, unfold

pytestmark = BROWSER

WIDTHS = pytest.mark.parametrize("width", [390, 1280])


@WIDTHS
def test_many_are_tagged_narrowed_saved_and_put_back(
    page_as: PageAs, language: str, space_slug: str, say: Words, width: int
) -> None:
    page = page_as("coordinator", language, width=width)
    page.goto(f"/s/{space_slug}/stakeholders/?sector=education")
    tag = f"classe{width}"
    boxes = page.get_by_role("checkbox")
    total = boxes.count()
    for box in boxes.all():
        box.check()
    unfold(page, say("Do something with the ticked ones"))
    assert_good(page, language)
    page.locator("#bulk_tag").fill(tag)
    press(page, say("Put the tag on"))
    expect(page.get_by_text(say.count("%(shown)s stakeholder was changed.", "%(shown)s stakeholders were changed.", total, shown=total))).to_be_visible()  # fmt: skip

    undo = page.get_by_role("link", name=say("Take it back")).get_attribute("href")
    page.locator("#id_tag").select_option(label=tag)
    open_link(page, say("Save this filter"))
    heading(page, say("Save this filter"))
    assert_good(page, language)
    field(page, say("Name of the filter")).fill(f"Filtro {width}")
    press(page, say("Save"))
    open_link(page, say("Change or delete"))
    assert_good(page, language)
    open_link(page, say("Delete the filter"))
    assert_good(page, language)
    press(page, say("Delete the filter"))

    page.goto(str(undo))
    heading(page, say("Take the change back?"))
    assert_good(page, language)
    press(page, say("Take it back"))
    expect(page.get_by_text(say.count("Taken back for %(shown)s stakeholder.", "Taken back for %(shown)s stakeholders.", total, shown=total))).to_be_visible()  # fmt: skip
    expect(page.get_by_role("option", name=tag)).to_have_count(0)


@WIDTHS
def test_wrong_contact_is_told_where_it_was_written_and_a_talk_stands_in_the_timeline(
    page_as: PageAs, language: str, space_slug: str, say: Words, width: int
) -> None:
    page = page_as("coordinator", language, width=width)
    page.goto(f"/s/{space_slug}/stakeholders/?sector=media")
    open_link(page, {"it": "Radio Lento", "en": "Eastmere Voice"}[language])
    for summary, label, wrong, right in (
        ("Add a contact", "Address or number", "not an address", f"news{width}@{space_slug}.example"),
        ("Add a register number", "Number", "!", f"{width}"),
    ):
        open_link(page, say(summary))
        page.get_by_label(say(label), exact=True).fill(wrong)
        press(page, say("Add"))
        assert_good(page, language)
        page.get_by_label(say(label), exact=True).fill(right)
        press(page, say("Add"))
        expect(page.get_by_text(right).first).to_be_visible()

    open_link(page, say("Write down a talk"))
    field(page, say("What was said")).fill(f"Ascolto {width}")
    field(page, say("Day")).fill(in_days(2))
    press(page, say("Write it down"))
    assert_good(page, language)
    field(page, say("Day")).fill(in_days(-1))
    press(page, say("Write it down"))
    expect(page.get_by_text(f"Ascolto {width}")).to_be_visible()
    assert_good(page, language)


@WIDTHS
def test_two_records_are_compared_made_one_and_two_again(
    page_as: PageAs, language: str, space_slug: str, say: Words, width: int
) -> None:
    page = page_as("coordinator", language, width=width)
    page.goto(f"/s/{space_slug}/stakeholders/duplicates/")
    open_link(page, say("Compare"))
    assert_good(page, language)
    press(page, say("Make them one"))
    expect(page.get_by_text(say("The two are one record now. You can undo it on its page."))).to_be_visible()
    assert_good(page, language)

    page.goto(f"/s/{space_slug}/stakeholders/duplicates/")
    open_link(page, say("Undo"))
    press(page, say("Undo the merge"))
    expect(page.get_by_text(say("They are two records again, as before."))).to_be_visible()
