"""The document shelf of a partnership."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.access.visibility import Visibility
from core.models import AuditEvent
from partnerships.models import ShelfDocument
from partnerships.operations.shelf import put_on_shelf
from partnerships.rules.shelf import level_of_new_document
from tests.factories.partnerships import make_member, make_partner, make_partnership

HERE = "/s/borgo/partnerships/own/documents/"
API = "/s/borgo/api/v1/partnerships/own/documents/"


def paper(text="We meet on Mondays.", name="statute.txt"):
    return SimpleUploadedFile(name, text.encode(), content_type="text/plain")


@pytest.fixture
def partnership(space):
    return make_partnership("own")


@pytest.fixture
def member(partnership):
    return make_member(partnership, "Scuola", state="member")


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


@pytest.fixture
def partner(member, signed_in_as):
    return signed_in_as(make_partner(member))


def add(browser, title="Statute", **fields):
    return browser.post(f"{HERE}new/", {"title": title, "upload": paper(), "visibility": 2, **fields})


def test_what_partners_bring_is_for_partners_and_nothing_passes_the_partnerships_level():
    assert level_of_new_document(coordinates=False, wanted=Visibility.PUBLIC, cap=4) == Visibility.PARTNERS
    assert level_of_new_document(coordinates=True, wanted=Visibility.PUBLIC, cap=3) == Visibility.FUNDERS
    assert level_of_new_document(coordinates=True, wanted=Visibility.SEALED, cap=4) == Visibility.PARTNERS
    assert level_of_new_document(coordinates=False, wanted=None, cap=1) == Visibility.COORDINATION


def test_document_is_added_renewed_and_every_version_downloaded(partnership, browser, partner):
    add(browser)
    document = ShelfDocument.objects.get()
    here = f"{HERE}{document.pk}/"
    partner.post(here, {"upload": paper("We meet on Tuesdays."), "note": "Second article"})
    page = browser.get(here).content.decode()
    assert "Second article" in page
    assert page.index("Version 2") < page.index("Version 1")
    first = browser.get(f"{here}1/download/")
    assert (first.content, first.headers["Content-Type"]) == (b"We meet on Mondays.", "text/plain")
    assert first.headers["Content-Disposition"] == 'attachment; filename="statute.txt"'
    assert "sandbox" in first.headers["Content-Security-Policy"]
    assert browser.get(f"{here}2/download/").content == b"We meet on Tuesdays."
    assert browser.get(f"{here}3/download/").status_code == 404
    verbs = list(AuditEvent.objects.filter(verb__startswith="shelf").order_by("id").values_list("verb", flat=True))
    assert verbs == ["shelf.added", "shelf.renewed"]


def test_hidden_document_does_not_exist_for_partners(partnership, browser, partner):
    add(browser, "Salaries", visibility=1)
    document = ShelfDocument.objects.get()
    assert "Salaries" not in partner.get(HERE).content.decode()
    for rest in ("", "1/download/"):
        assert partner.get(f"{HERE}{document.pk}/{rest}").status_code == 404
        assert partner.get(f"{API}{document.pk}/{rest}").status_code == 404
    assert partner.post(f"{HERE}{document.pk}/", {"upload": paper()}).status_code == 404
    assert partner.post(f"{HERE}{document.pk}/put-away/").status_code == 404


def test_search_finds_by_title_and_bad_files_are_refused_at_the_field(partnership, browser):
    add(browser)
    assert "Statute" in browser.get(f"{HERE}?q=stat").content.decode()
    assert "No document is called that" in browser.get(f"{HERE}?q=map").content.decode()
    answer = add(browser, upload=SimpleUploadedFile("run.exe", b"MZ"))
    assert answer.status_code == 422
    assert add(browser, title="").status_code == 422
    assert ShelfDocument.objects.count() == 1


def test_own_document_is_put_away_and_others_are_coordinations(partnership, browser, partner):
    add(browser, "Ours")
    ours = ShelfDocument.objects.get()
    assert partner.post(f"{HERE}{ours.pk}/put-away/").status_code == 403
    add(partner, "Theirs")
    theirs = ShelfDocument.objects.get(title="Theirs")
    partner.post(f"{HERE}{theirs.pk}/put-away/")
    assert [row["title"] for row in browser.get(API).json()["results"]] == ["Ours"]


def test_list_asks_the_same_number_of_questions_for_one_and_three(partnership, browser, coordinator):
    counts = []
    for number in range(3):
        put_on_shelf(partnership=partnership, title=f"Paper {number}", upload=paper(), by=coordinator, coordinates=True)
        if number != 1:
            with CaptureQueriesContext(connection) as asked:
                browser.get(HERE)
            counts.append(len(asked))
    assert counts[0] == counts[1]


def test_api_adds_lists_and_refuses(partnership, browser, partner):
    made = partner.post(API, {"title": "Map", "upload": paper(), "visibility": 4})
    assert (made.status_code, made.json()["visibility"]) == (201, Visibility.PARTNERS)
    here = f"{API}{made.json()['id']}/"
    assert partner.post(here, {"upload": paper("We meet on Fridays.")}).json()["number"] == 2
    assert [row["number"] for row in browser.get(here).json()["results"]] == [2, 1]
    assert browser.get(f"{here}2/download/").content == b"We meet on Fridays."
    refused = partner.post(API, {"title": "Run", "upload": SimpleUploadedFile("run.exe", b"MZ")})
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["upload"])
    assert browser.delete(here).status_code == 204
