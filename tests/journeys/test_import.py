"""A coordinator brings the list the group kept in a spreadsheet."""

import codecs

from playwright.sync_api import expect

from tests.browser.checks import assert_good
from tests.browser.fixtures import BROWSER, PageAs
from tests.browser.words import Words
from tests.journeys.steps import field, heading, open_link, press

pytestmark = BROWSER

# The tax code in the third row has a wrong check digit; "Circolo" is what no guess can know.
ROWS = {
    "it": (
        "Denominazione;Codice fiscale;Comune;Circolo",
        "Circolo Scacchi Tre Torri;;Borgo San Lento;A",
        "Banda Musicale Santa Zita;90012340321;Borgo San Lento;B",
        "Coro delle Lavandaie;;Montefosco;A",
    ),
    "en": (
        "Organisation;Email;Town;Circle",
        "Eastmere Chess Club;chess@eastmere.example;Eastmere;A",
        "Lockgate Brass Band;not an address;Eastmere;B",
        "Weir Street Choir;choir@eastmere.example;Eastmere;A",
    ),
}


def test_a_spreadsheet_is_brought_in_without_its_bad_row(
    page_as: PageAs, language: str, space_slug: str, say: Words
) -> None:
    page = page_as("coordinator", language)
    page.goto(f"/s/{space_slug}/stakeholders/import/")
    text = codecs.BOM_UTF8 + "\r\n".join(ROWS[language]).encode()
    field(page, say("File")).set_input_files({"name": "list.csv", "mimeType": "text/csv", "buffer": text})
    press(page, say("Read the file"))
    heading(page, say("What do the columns hold?"))
    assert_good(page, language)
    header = ROWS[language][0].split(";")
    assert field(page, header[0]).input_value() == "name"
    field(page, header[3]).select_option("subtype")
    field(page, say("Keep these columns under a name")).fill("Circles")
    press(page, say("Check the file"))

    heading(page, say("This is what would happen"))
    assert_good(page, language)
    errors = page.get_by_role("table", name=say("Row by row"))
    expect(errors.get_by_role("row")).to_have_count(2)
    expect(errors.get_by_text(header[1])).to_be_visible()
    press(page, say.count("Add %(shown)s stakeholder", "Add %(shown)s stakeholders", 2, shown=2))
    expect(page.get_by_text(say("Tick the box, or put the file right and bring it again."))).to_be_visible()
    page.get_by_label(say("Import the good rows and leave the rows listed above out")).check()
    press(page, say.count("Add %(shown)s stakeholder", "Add %(shown)s stakeholders", 2, shown=2))

    # The page follows the worker by itself.
    done = say.count("%(shown)s stakeholder was added", "%(shown)s stakeholders were added", 2, shown=2)
    expect(page.get_by_role("heading", name=done)).to_be_visible(timeout=60_000)
    assert_good(page, language)
    open_link(page, say("See the list"))
    page.goto(f"/s/{space_slug}/stakeholders/?q={ROWS[language][1].split(';')[0].split()[-1]}")
    expect(page.get_by_role("link", name=ROWS[language][1].split(";")[0])).to_be_visible()

    # What the columns hold was kept under a name.
    page.goto(f"/s/{space_slug}/stakeholders/import/profiles/")
    assert_good(page, language)
    open_link(page, say("Rename"))
    field(page, say("Name")).fill("Clubs")
    assert_good(page, language)
    press(page, say("Save"))
    open_link(page, say("Delete"))
    assert_good(page, language)
    press(page, say("Delete the profile"))
    expect(page.get_by_role("table")).to_have_count(0)
