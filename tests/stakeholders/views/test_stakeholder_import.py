import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.jobs.running import run_job
from core.models import Job
from stakeholders.models import Stakeholder, StakeholderImport
from tests.factories.stakeholders import TAX_CODES, upload_of

IMPORT = "/s/borgo/stakeholders/import/"
GOOD = [f"{TAX_CODES[0]},CORO ALPINO,Borgo", f"{TAX_CODES[1]},Banda,Colle"]
BAD = "90000110801,Bad,Borgo"
COLUMNS = {
    "column_0": "tax_code",
    "column_1": "name",
    "column_2": "place",
    "default_kind": "group",
    "default_sector": "nonprofit",
}


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


def brought(browser, *rows):
    answer = browser.post(IMPORT, {"file": upload_of(*rows)})
    assert answer.status_code == 302, answer.content.decode()
    return StakeholderImport.objects.order_by("-created_at").first()


def test_file_goes_from_upload_to_result(space, browser):
    assert browser.get(IMPORT).status_code == 200
    found = brought(browser, *GOOD)
    page = browser.get(f"{IMPORT}{found.pk}/columns/").content.decode()
    assert '<option value="tax_code" selected>' in page
    assert "CORO ALPINO · Banda" in page
    assert browser.post(f"{IMPORT}{found.pk}/columns/", COLUMNS)["Location"] == f"{IMPORT}{found.pk}/check/"
    page = browser.get(f"{IMPORT}{found.pk}/check/").content.decode()
    assert "CORO ALPINO" in page
    assert "Add 2 stakeholders" in page
    assert not Stakeholder.objects.exists()
    assert browser.post(f"{IMPORT}{found.pk}/check/")["Location"] == f"{IMPORT}{found.pk}/"
    assert b"The rows are being stored" in browser.get(f"{IMPORT}{found.pk}/").content
    run_job(space.pk, str(Job.objects.get().pk))
    page = browser.get(f"{IMPORT}{found.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "2 stakeholders were added" in page
    assert "<html" not in page
    assert set(Stakeholder.objects.values_list("kind", "sector")) == {("group", "nonprofit")}


def test_bad_rows_are_listed_and_left_out_only_with_the_box_ticked(space, browser):
    found = brought(browser, *GOOD, BAD)
    browser.post(f"{IMPORT}{found.pk}/columns/", COLUMNS)
    page = browser.get(f"{IMPORT}{found.pk}/check/").content.decode()
    assert "check digit does not fit" in page
    refused = browser.post(f"{IMPORT}{found.pk}/check/")
    assert refused.status_code == 422
    assert b"Tick the box" in refused.content
    assert not Job.objects.exists()
    assert browser.post(f"{IMPORT}{found.pk}/check/", {"leave_out_bad_rows": "on"}).status_code == 302


def test_columns_that_cannot_be_followed_come_back_with_what_to_change(space, browser):
    found = brought(browser, *GOOD)
    answer = browser.post(f"{IMPORT}{found.pk}/columns/", COLUMNS | {"column_2": "name"})
    assert answer.status_code == 422
    assert "Two columns hold “Name”" in answer.content.decode()
    assert browser.post(f"{IMPORT}{found.pk}/columns/", COLUMNS | {"column_2": "tenant"}).status_code == 422


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("enti.csv", b""),
        ("enti.pdf", b"%PDF-1.7"),
        ("enti.xlsx", b"PK\x03\x04 nothing"),
        ("enti.csv", b"\x00\x00\x01"),
        ("enti.xls", b"a;b"),
    ],
)
def test_file_that_cannot_be_read_is_refused_in_plain_words(space, browser, name, content):
    answer = browser.post(IMPORT, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert b'class="errors"' in answer.content
    assert not StakeholderImport.objects.exists()


def test_no_file_is_told(space, browser):
    assert browser.post(IMPORT, {}).status_code == 422


@pytest.mark.parametrize("page", ["", "columns/", "check/"])
def test_foreign_and_random_imports_get_the_same_answer(foreign_import, space, browser, page):
    for pk in (foreign_import.pk, uuid.uuid4()):
        assert browser.get(f"{IMPORT}{pk}/{page}").status_code == 404
        assert browser.post(f"{IMPORT}{pk}/{page}", COLUMNS).status_code in {404, 405}
    assert b"enti.csv" not in browser.get(IMPORT).content


def test_step_that_is_over_leads_to_the_result(space, browser):
    found = brought(browser, *GOOD)
    browser.post(f"{IMPORT}{found.pk}/columns/", COLUMNS)
    browser.post(f"{IMPORT}{found.pk}/check/")
    for address in ("columns/", "check/"):
        assert browser.get(f"{IMPORT}{found.pk}/{address}")["Location"] == f"{IMPORT}{found.pk}/"
        assert browser.post(f"{IMPORT}{found.pk}/{address}", COLUMNS)["Location"] == f"{IMPORT}{found.pk}/"
    assert Job.objects.count() == 1


def test_result_asked_too_early_leads_to_the_open_step(space, browser):
    found = brought(browser, *GOOD)
    assert browser.get(f"{IMPORT}{found.pk}/", follow=True).redirect_chain[-1][0] == f"{IMPORT}{found.pk}/columns/"


def test_file_known_already_offers_the_way_back(space, browser):
    for _time in range(2):
        found = brought(browser, *GOOD)
        browser.post(f"{IMPORT}{found.pk}/columns/", COLUMNS)
        page = browser.get(f"{IMPORT}{found.pk}/check/").content.decode()
        browser.post(f"{IMPORT}{found.pk}/check/")
        run_job(space.pk, str(Job.objects.order_by("-created_at").first().pk))
    assert "Nothing to add" in page
    assert Stakeholder.objects.count() == 2


def test_work_given_up_is_told(space, browser):
    found = brought(browser, *GOOD)
    browser.post(f"{IMPORT}{found.pk}/columns/", COLUMNS)
    browser.post(f"{IMPORT}{found.pk}/check/")
    Job.objects.update(state="failed")
    assert b"This did not work" in browser.get(f"{IMPORT}{found.pk}/").content


@pytest.mark.parametrize("count", [1, 3])
def test_latest_imports_cost_the_same_queries_for_one_and_three(space, browser, django_assert_num_queries, count):
    for _number in range(count):
        brought(browser, *GOOD)
    with django_assert_num_queries(2 + 6):
        answer = browser.get(IMPORT)
    assert answer.content.count(b"enti.csv") == count


def test_file_of_a_thousand_columns_is_refused(space, browser):
    header = ",".join(f"c{number}" for number in range(1_000))
    assert browser.post(IMPORT, {"file": upload_of(header=header)}).status_code == 422
