import extruct
import pytest

from core.access.roles import Role
from core.models import AccessLink
from core.operations.link import make_link, revoke_link
from engagement.operations.public_phrase import save_phrases
from engagement.operations.public_settings import change_public_settings
from reports.models import ReportDownload, ReportReply
from reports.operations.report import publish_report, share_report
from tests.factories.core import make_user
from tests.factories.partnerships import make_partnership
from tests.factories.reports import make_measured_partnership, make_report
from tests.reports.operations.test_report import with_document

REPORTS = "/s/borgo/partnerships/scuola-lavoro/reports/"


@pytest.fixture
def partnership(space, coordinator):
    return make_measured_partnership(coordinator)


@pytest.fixture
def report(partnership):
    return with_document(make_report(partnership))


@pytest.fixture
def shared(report, coordinator):
    _link, url = share_report(
        report=report, email="f1@funder.example", label="F1", days=9, language="en", by=coordinator
    )
    return url.partition("8000")[2]


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_for_one_and_three_rows(
    partnership, coordinator, signed_in_as, django_assert_num_queries, count
):
    for _number in range(count):
        make_report(partnership)
    browser = signed_in_as(coordinator)
    # Six of them are the test's own: savepoint and tenant around the request.
    with django_assert_num_queries(9):
        answer = browser.get(REPORTS)
    assert answer.content.decode().count("Half a year") == count


def test_freezing_leads_to_a_page_that_shows_progress(partnership, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    values = {
        "title": "Year one", "language": "it", "period_starts_on": "2026-01-01", "period_ends_on": "2026-06-30",
        "summary": "Better", "not_working": "Buses",
    }  # fmt: skip
    answer = browser.post(f"{REPORTS}new/", values, follow=True)
    assert b"<progress" in answer.content


def test_period_in_the_wrong_order_comes_back_with_what_was_typed(partnership, coordinator, signed_in_as):
    values = {"title": "Kept title", "language": "en", "period_starts_on": "2026-06-30", "period_ends_on": "2026-01-01"}
    answer = signed_in_as(coordinator).post(f"{REPORTS}new/", values)
    assert answer.status_code == 422
    assert b"Kept title" in answer.content


def test_funder_reads_only_what_was_shared_with_their_address(report, shared, signed_in_as, coordinator):
    own = make_user("f1@funder.example", role=Role.FUNDER)
    other = make_user("f2@funder.example", role=Role.FUNDER)
    address = f"{REPORTS}{report.number}/"
    assert signed_in_as(own).get(address).status_code == 200
    assert signed_in_as(other).get(address).status_code == 404
    assert signed_in_as(own).get(f"{address}report.pdf").status_code == 200
    assert ReportDownload.objects.get().user == own


ENDINGS = ["exe", "document", "PDF", "a%0Ab", "pdf%0D%0AX-Y: z", "%22; filename=%22a.exe"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_document_of_any_other_ending_is_a_page_that_is_not_there(
    report, shared, coordinator, client, signed_in_as, ending
):
    publish_report(report=report, by=coordinator)
    assert client.get(f"/p/borgo/scuola-lavoro/reports/{report.number}/report.{ending}").status_code == 404
    assert client.get(f"{shared}report.{ending}").status_code == 404
    assert signed_in_as(coordinator).get(f"{REPORTS}{report.number}/report.{ending}").status_code == 404
    assert not ReportDownload.objects.exists()


def test_share_link_opens_the_report_and_counts_the_download(client, shared, report):
    assert client.get(shared).status_code == 200
    assert client.get(f"{shared}report.pdf").content == b"%PDF"
    assert ReportDownload.objects.get().report == report
    assert AccessLink.objects.get(purpose="report").uses == 1


def test_revoked_link_is_gone_at_once(client, shared):
    revoke_link(link=AccessLink.objects.get(purpose="report"))
    assert client.get(shared).status_code == 410
    assert client.get(f"{shared}report.pdf").status_code == 410


def test_link_of_another_purpose_opens_nothing(client, report, coordinator):
    from datetime import timedelta

    _link, token = make_link(purpose="task", subject_id=report.pk, lasts=timedelta(days=1), by=coordinator)
    assert client.get(f"/l/borgo/report/{token}/").status_code == 404


def test_unpublished_report_is_not_on_the_public_page(client, report):
    assert client.get("/p/borgo/scuola-lavoro/reports/1/").status_code == 404


def test_published_report_takes_replies_and_machines_are_not_kept(client, report, coordinator):
    publish_report(report=report, by=coordinator)
    address = "/p/borgo/scuola-lavoro/reports/1/"
    assert client.post(address, {"text": "Thank you"}).status_code == 200
    client.post(address, {"text": "Buy now", "website": "http://spam.example"})
    assert [reply.text for reply in ReportReply.objects.all()] == ["Thank you"]


def test_published_report_is_told_to_machines_and_one_behind_a_link_is_not(client, report, shared, coordinator):
    publish_report(report=report, by=coordinator)
    page = client.get("/p/borgo/scuola-lavoro/reports/1/?lang=it").content.decode()
    (told,) = extruct.extract(page, syntaxes=["json-ld"], errors="strict")["json-ld"]
    assert (told["@type"], told["name"], told["inLanguage"]) == ("Report", "Half a year", "en")
    assert told["publisher"]["name"] == report.partnership.name
    assert [one["encodingFormat"] for one in told["encoding"]] == ["text/csv", "application/pdf"]
    assert "Rispondi" in page
    assert "ld+json" not in client.get(shared).content.decode()


def test_report_is_read_with_the_words_around_it_in_a_further_language(client, report, shared, coordinator, admin):
    publish_report(report=report, by=coordinator)
    change_public_settings(by=admin, extra_languages="ro")
    texts = {"Write back": "Scrieți-ne"}
    save_phrases(partnership=report.partnership, language_code="ro", texts=texts, by=coordinator)
    for address in ("/p/borgo/scuola-lavoro/reports/1/", shared):
        page = client.get(f"{address}?lang=ro").content.decode()
        assert '<html lang="ro"' in page
        assert "Scrieți-ne" in page
        assert '<h1 lang="en">Half a year</h1>' in page
        assert '<span lang="en">The figures as CSV</span>' in page


def test_proof_tells_a_genuine_document_from_a_changed_one(client, report):
    from django.core.files.uploadedfile import SimpleUploadedFile

    address = f"/verify/borgo/{report.code}/"
    genuine = client.post(address, {"document": SimpleUploadedFile("r.pdf", b"%PDF")}).content.decode()
    changed = client.post(address, {"document": SimpleUploadedFile("r.pdf", b"%PDF2")}).content.decode()
    assert "genuine" in genuine
    assert "was changed" in changed


def test_code_typed_in_small_letters_without_hyphens_is_found(client, report):
    assert client.get(f"/verify/borgo/{report.code.replace('-', '').lower()}/").status_code == 200
    assert client.get("/verify/borgo/AAAA-AAAA-AAAA/").status_code == 404


def test_partner_may_not_prepare_reports(partnership, signed_in_as):
    partner = make_user("p@borgo.example", role=Role.PARTNER_LEAD, scope=partnership.scope)
    assert signed_in_as(partner).get(f"{REPORTS}new/").status_code == 403


def test_report_of_another_partnership_cannot_be_reached_through_ones_own(report, signed_in_as):
    own = make_partnership("own")
    partner = make_user("p@borgo.example", role=Role.PARTNER_LEAD, scope=own.scope)
    assert signed_in_as(partner).get("/s/borgo/partnerships/own/reports/1/").status_code == 404
