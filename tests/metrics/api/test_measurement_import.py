import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from metrics.models import Measurement
from tests.factories.metrics import make_indicator
from tests.factories.partnerships import make_partnership

HERE = "/s/borgo/api/v1/partnerships/own/measurements/import/"


@pytest.fixture
def partnership(space):
    found = make_partnership("own")
    make_indicator(found, "N-1")
    return found


def csv_of(*lines):
    return SimpleUploadedFile("values.csv", "\n".join(["Code,From,To,Value", *lines]).encode(), "text/csv")


def test_dry_run_tells_and_writes_nothing(partnership, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    upload = csv_of("N-1,2026-01-01,2026-03-31,12", "N-1,2026-04-01,2026-06-30,many")
    answer = browser.post(HERE, {"file": upload, "dry_run": "true"})
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert (told["rows"], told["added"]) == (2, 1)
    assert [(error["row"], error["column"]) for error in told["errors"]] == [(3, "Value")]
    assert not Measurement.objects.exists()


def test_bad_cells_are_a_bad_request_by_row_and_column(partnership, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    lines = ("N-1,2026-01-01,2026-03-31,12", "N-1,2026-04-01,2026-06-30,many")
    answer = browser.post(HERE, {"file": csv_of(*lines)})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["rows.3.Value"]
    assert not Measurement.objects.exists()
    answer = browser.post(HERE, {"file": csv_of(*lines), "leave_out_bad_rows": "true"})
    assert (answer.status_code, answer.json()["added"]) == (201, 1)
    answer = browser.post(HERE, {"file": csv_of(lines[0])})
    assert (answer.status_code, answer.json()["added"], answer.json()["known"]) == (201, 0, 1)
