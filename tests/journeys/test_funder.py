"""A funder reads, keeps and checks a report: by the mailed link, and with an account."""

import csv
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_good
from tests.browser.fixtures import BROWSER, PageAs
from tests.browser.running_demo import RunningDemo
from tests.browser.words import Words
from tests.journeys.steps import field, heading, open_link, press

pytestmark = BROWSER

PARTNERSHIP = {"it": "scuola-lavoro", "en": "first-job"}
NAME = {"it": "Scuola e lavoro a Borgo", "en": "First Job"}


def download(page: Page, words: str, to: Path) -> Path:
    with page.expect_download() as started:
        page.get_by_role("link", name=words).click()
    target = to / started.value.suggested_filename
    started.value.save_as(target)
    return target


@pytest.fixture
def mailed_report(demo: RunningDemo, language: str, space_slug: str) -> str:
    """The link the demo mailed to the funder of a space."""
    funder = demo.account("funder", space_slug)
    return demo.mailed_link(to=funder["email"], containing=NAME[language], path="/report/")


def test_a_funder_reads_downloads_and_answers_by_the_mailed_link(
    page_as: PageAs, language: str, space_slug: str, say: Words, mailed_report: str, tmp_path: Path
) -> None:
    page = page_as(None, language)
    page.goto(mailed_report)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    title = page.get_by_role("heading", level=1).inner_text()
    with pikepdf.open(download(page, say("Download the PDF"), tmp_path)) as document:
        assert str(document.Root.Lang).startswith(language)
        assert document.docinfo["/Title"]
    with download(page, say("The figures as CSV"), tmp_path).open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) > 5

    words = {"it": "Molto chiaro, grazie.", "en": "Very clear, thank you."}[language]
    field(page, say("What do you make of it?")).fill(words)
    press(page, say("Send"))
    expect(page.get_by_text(say("Thank you. The coordinator will read it."))).to_be_visible()
    assert_good(page, language)

    desk = page_as("coordinator", language)
    desk.goto(f"/s/{space_slug}/partnerships/{PARTNERSHIP[language]}/reports/")
    open_link(desk, title)
    expect(desk.get_by_text(words)).to_be_visible()
    expect(desk.locator("#read")).to_be_visible()


def test_the_downloaded_document_is_found_genuine_and_a_changed_one_is_not(
    page_as: PageAs, language: str, say: Words, mailed_report: str, tmp_path: Path, demo: RunningDemo, space_slug: str
) -> None:
    desk = page_as("coordinator", language)
    desk.goto(f"/s/{space_slug}/partnerships/{PARTNERSHIP[language]}/reports/1/")
    code = desk.get_by_role("main").locator("a[href*='/verify/']").inner_text()

    page = page_as(None, language)
    page.goto(mailed_report)
    genuine = download(page, say("Download the PDF"), tmp_path)
    page.goto(f"/verify/{space_slug}/{code}/")
    heading(page, say("This code belongs to a report of ours"))
    field(page, say("The PDF you have")).set_input_files(genuine)
    press(page, say("Compare"))
    expect(page.get_by_text(say("Your document is genuine: it is exactly the one we made."))).to_be_visible()

    assert_good(page, language)

    changed = tmp_path / "changed.pdf"
    changed.write_bytes(genuine.read_bytes() + b"%")
    field(page, say("The PDF you have")).set_input_files(changed)
    press(page, say("Compare"))
    expect(page.get_by_text(say("Your document is not the one we made, or it was changed."))).to_be_visible()
    page.goto(f"/verify/{space_slug}/NONE-0000/")
    heading(page, say("We made no report with this code"))


def test_a_funder_with_an_account_sees_its_reports_and_nothing_else(
    page_as: PageAs, language: str, space_slug: str, say: Words
) -> None:
    page = page_as("funder", language)
    page.goto(f"/s/{space_slug}/")
    reports = page.locator("a.card-link")
    assert reports.count() >= 1
    reports.first.click()
    expect(page.get_by_role("link", name=say("Download the PDF"))).to_be_visible()
    own = page.url
    assert page.request.get(own.rsplit("reports/", 1)[0]).status == 403
    for path in ("stakeholders/", "residents/", "settings/", "reminders/"):
        assert page.request.get(f"/s/{space_slug}/{path}").status == 403, path
    other = {"it": "riverside", "en": "borgo"}[language]
    assert page.request.get(f"/s/{other}/").status == 404
