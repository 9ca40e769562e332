import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.access.roles import Role
from core.models import AuditEvent
from core.tabular.reading import open_table
from core.tabular.writing import write_xlsx
from metrics.models import Measurement, MeasurementImport
from tests.factories.core import make_user
from tests.factories.metrics import Q1, make_indicator, make_measurement, make_speaking_member
from tests.factories.partnerships import make_partnership

HERE = "/s/borgo/partnerships/own/measurements/import/"
HEADER = "Code,Organisation,From,To,Value,How many,Out of how many,No value because,Source"


@pytest.fixture(autouse=True)
def in_november(time_machine):
    time_machine.move_to("2026-11-29", tick=False)


@pytest.fixture
def partnership(space):
    return make_partnership("own")


@pytest.fixture
def partner(partnership):
    return make_user("partner@borgo.example", "Luca Serra", role=Role.PARTNER_MEMBER, scope=partnership.scope)


@pytest.fixture
def member(partnership, partner):
    return make_speaking_member(partnership, partner)


@pytest.fixture
def indicators(partnership):
    return [
        make_indicator(partnership, "N-1"),
        make_indicator(partnership, "P-1", unit="percent", name_en="Share", name_it="Quota"),
    ]


def csv_of(*lines, header=HEADER):
    return SimpleUploadedFile("values.csv", "\n".join([header, *lines]).encode(), "text/csv")


def bring(browser, upload):
    """The address of the check."""
    answer = browser.post(HERE, {"file": upload})
    assert answer.status_code == 302, answer.content
    return answer.url


GOOD = (
    "N-1,Cooperativa Ponte,2026-01-01,2026-03-31,12,,,,The register",
    "P-1,Cooperativa Ponte,2026-01-01,,,40,180,,",
    "P-1,Cooperativa Ponte,2026-04-01,2026-06-30,41 of 180,,,,",
    "N-1,Cooperativa Ponte,1 April 2026,2026-06-30,,,,Closed,",
)


def test_file_is_checked_before_anything_is_written_and_then_imported(indicators, member, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    check = bring(browser, csv_of(*GOOD))
    page = browser.get(check).content.decode()
    assert "40 of 180" in page
    assert not Measurement.objects.exists()
    assert browser.post(check).status_code == 302
    found = Measurement.objects.order_by("indicator__code", "period_ends_on")
    assert [(row.value, row.numerator, row.missing_reason, row.member) for row in found][:2] == [
        (12, None, "", member),
        (None, None, "Closed", member),
    ]
    assert [(row.numerator, row.denominator) for row in found][2:] == [(40, 180), (41, 180)]
    assert AuditEvent.objects.get(verb="measurement.imported").changes["added"] == 4


def test_same_file_twice_adds_nothing(indicators, member, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    browser.post(bring(browser, csv_of(*GOOD)))
    again = bring(browser, csv_of(*GOOD))
    assert "Import the values" not in browser.get(again).content.decode()
    browser.post(again)
    assert Measurement.objects.count() == 4


def test_import_itself_cannot_be_run_twice(indicators, member, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    check = bring(browser, csv_of(*GOOD))
    browser.post(check)
    browser.post(check)
    assert Measurement.objects.count() == 4
    assert "Values added: 4" in browser.get(check).content.decode()


def test_each_cell_that_cannot_be_used_is_named_by_row_and_column(indicators, member, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    check = bring(
        browser,
        csv_of(
            "N-1,Cooperativa Ponte,2026-01-01,2026-03-31,about ten,,,,",
            "X-9,Cooperativa Ponte,2026-01-01,2026-03-31,1,,,,",
            "N-1,Nobody,2026-01-01,2026-03-31,1,,,,",
            "N-1,Cooperativa Ponte,31/31/2026,2026-03-31,1,,,,",
            "P-1,Cooperativa Ponte,2026-01-01,2026-03-31,22%,,,,",
            "N-1,Cooperativa Ponte,2026-04-01,2026-06-30,5,,,,",
            "N-1,Cooperativa Ponte,2026-04-01,2026-06-30,6,,,,",
        ),
    )
    page = browser.get(check).content.decode()
    for row, column in ((2, "Value"), (3, "Code"), (4, "Organisation"), (5, "From"), (6, "Value")):
        assert f'Row {row}</th><td class="t-date">{column}</td>' in page
    assert "An earlier row has a value for the same period." in page
    assert browser.post(check).status_code == 422
    assert not Measurement.objects.exists()
    browser.post(check, {"leave_out_bad_rows": "on"})
    assert Measurement.objects.get().value == 5


def test_different_value_stays_unless_it_is_to_be_corrected(indicators, member, coordinator, signed_in_as):
    make_measurement(indicators[0], 11, period=Q1, member=member)
    browser = signed_in_as(coordinator)
    browser.post(bring(browser, csv_of(GOOD[0])))
    assert Measurement.objects.get().value == 11
    browser.post(bring(browser, csv_of(GOOD[0])), {"corrects": "on"})
    assert set(Measurement.objects.values_list("value", "state")) == {(11, "corrected"), (12, "submitted")}


def test_partner_imports_for_the_own_organisation_only(
    indicators, partnership, member, partner, evaluator, signed_in_as
):
    make_speaking_member(partnership, evaluator, "Another")
    browser = signed_in_as(partner)
    check = bring(browser, csv_of("N-1,,2026-01-01,2026-03-31,3,,,,", "N-1,Another,2026-01-01,2026-03-31,4,,,,"))
    browser.post(check, {"leave_out_bad_rows": "on"})
    assert [(row.value, row.member) for row in Measurement.objects.all()] == [(3, member)]


def test_another_persons_import_is_not_there(indicators, partnership, member, partner, coordinator, signed_in_as):
    check = bring(signed_in_as(coordinator), csv_of(GOOD[0]))
    assert signed_in_as(partner).get(check).status_code == 404


def test_spreadsheet_with_italian_columns_and_real_numbers_and_dates(indicators, member, coordinator, signed_in_as):
    target = io.BytesIO()
    write_xlsx(
        target,
        header=["Codice", "Organizzazione", "Dal", "Al", "Valore"],
        rows=[
            ["N-1", "Cooperativa Ponte", date(2026, 1, 1), date(2026, 3, 31), 1200],
            ["N-1", "Cooperativa Ponte", "aprile-giugno 2026", "", 1300],
        ],
        title="Valori",
    )
    browser = signed_in_as(coordinator)
    browser.post(bring(browser, SimpleUploadedFile("valori.xlsx", target.getvalue())))
    assert list(Measurement.objects.order_by("period_ends_on").values_list("value", "period_ends_on")) == [
        (1200, date(2026, 3, 31)),
        (1300, date(2026, 6, 30)),
    ]


def test_file_without_the_columns_is_refused_in_words(indicators, coordinator, signed_in_as):
    answer = signed_in_as(coordinator).post(HERE, {"file": csv_of("a,b", header="One,Two")})
    assert answer.status_code == 422
    assert "needs columns named Code, From, To and Value" in answer.content.decode()
    assert not MeasurementImport.objects.exists()


def test_template_names_what_is_missing_and_is_read_back(indicators, member, partner, signed_in_as):
    browser = signed_in_as(partner)
    template = browser.get(f"{HERE}template/").content
    with open_table(template, filename="t.xlsx") as table:
        assert table.header[:6] == ("Code", "Indicator", "Organisation", "From", "To", "Value")
        rows = list(table)
    assert [row.texts[0] for row in rows] == ["N-1"] * 3 + ["P-1"] * 3
    check = bring(browser, SimpleUploadedFile("t.xlsx", template))
    assert "Enter a value, or say why there is none." in browser.get(check).content.decode()


def test_downloaded_list_of_values_is_known_when_it_comes_back(indicators, member, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    browser.post(bring(browser, csv_of(*GOOD)))
    listed = browser.get("/s/borgo/partnerships/own/measurements/", {"format": "csv"}).content
    page = browser.get(bring(browser, SimpleUploadedFile("list.csv", listed))).content.decode()
    assert "<dt>There already</dt><dd>4</dd>" in page
    assert "What cannot be used" not in page


def test_many_rows_cost_as_many_statements_as_one(partnership, coordinator, signed_in_as, django_assert_num_queries):
    make_indicator(partnership, "M-1", frequency="monthly")
    months = [f"M-1,,{year}-{month:02}-01,,{month},,,," for year in (2024, 2025) for month in range(1, 13)]
    browser = signed_in_as(coordinator)
    small, large = bring(browser, csv_of(months[0])), bring(browser, csv_of(*months[1:]))
    for check in (small, large):
        with django_assert_num_queries(IMPORT_QUERIES):
            browser.post(check)
    assert Measurement.objects.count() == 24


IMPORT_QUERIES = 25
