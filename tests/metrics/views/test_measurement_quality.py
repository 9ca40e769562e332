import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.access.roles import Role
from metrics.models import Measurement, MeasurementEvidence, PeriodLock
from tests.factories.core import make_user
from tests.factories.metrics import Q1, make_indicator, make_measurement, make_speaking_member
from tests.factories.partnerships import make_partnership

HERE = "/s/borgo/partnerships/own/"
API = "/s/borgo/api/v1/partnerships/own/"


@pytest.fixture
def partnership(space):
    return make_partnership("own")


@pytest.fixture
def partner(partnership):
    return make_user("partner@borgo.example", "Luca Serra", role=Role.PARTNER_MEMBER, scope=partnership.scope)


@pytest.fixture
def measurement(partnership, partner):
    member = make_speaking_member(partnership, partner)
    return make_measurement(make_indicator(partnership, "N-1"), 3, by=partner, member=member)


def address(measurement, act="", root=HERE):
    return f"{root}measurements/{measurement.pk}/{act}"


def test_partner_shows_a_file_and_the_evaluator_reads_it(measurement, partner, evaluator, signed_in_as):
    upload = SimpleUploadedFile("register.txt", b"12 families")
    browser = signed_in_as(partner)
    assert browser.post(address(measurement, "evidence/"), {"evidence_file": upload}).status_code == 302
    evidence = MeasurementEvidence.objects.get()
    reader = signed_in_as(evaluator)
    assert "register.txt" in reader.get(address(measurement)).content.decode()
    answer = reader.get(address(measurement, f"evidence/{evidence.pk}/"))
    assert b"".join(answer.streaming_content) if answer.streaming else answer.content == b"12 families"


def test_partner_of_another_organisation_may_not_show_evidence(measurement, partnership, signed_in_as):
    other = make_user("other@borgo.example", role=Role.PARTNER_MEMBER, scope=partnership.scope)
    make_speaking_member(partnership, other, "Another")
    assert signed_in_as(other).post(address(measurement, "evidence/"), {"evidence": "x"}).status_code == 403
    assert signed_in_as(other).post(address(measurement, "evidence/", API), {"note": "x"}).status_code == 403


def test_evaluator_judges_and_the_page_says_it_in_plain_words(measurement, evaluator, signed_in_as):
    browser = signed_in_as(evaluator)
    grades = dict.fromkeys(
        ("quality_validity", "quality_integrity", "quality_precision", "quality_reliability", "quality_timeliness"),
        "unknown",
    )
    sent = {**grades, "evidence_strength": "moderate", "quality_precision": "poor"}
    assert browser.post(address(measurement, "grade/"), sent).status_code == 302
    page = browser.get(address(measurement)).content.decode()
    assert "A list or a register somebody keeps" in page
    assert "Is it exact enough?" in page
    assert "Does it measure what it says?" not in page


def test_estimate_and_another_method_are_said_with_the_value(partnership, partner, measurement, signed_in_as):
    browser = signed_in_as(partner)
    sent = {"value": "5", "is_estimate": "on", "method_deviation": "Counted by phone"}
    answer = browser.post(address(measurement, "correct/"), sent)
    new = Measurement.objects.get(state="submitted")
    assert (new.is_estimate, new.method_deviation) == (True, "Counted by phone")
    assert "estimate" in browser.get(answer.url).content.decode()


def test_period_is_locked_and_opened_with_a_reason(measurement, evaluator, partner, signed_in_as):
    browser = signed_in_as(evaluator)
    period = {"starts_on": "2026-01-01", "ends_on": "2026-03-31"}
    assert browser.post(f"{HERE}measurements/periods/new/", period).status_code == 302
    lock = PeriodLock.objects.get()
    own = signed_in_as(partner)
    page = own.get(address(measurement)).content.decode()
    assert "is locked: its values are settled" in page
    assert "/correct/" not in page
    answer = own.post(address(measurement, "correct/"), {"value": "5"})
    assert (answer.status_code, "is locked" in answer.content.decode()) == (422, True)
    assert own.post(f"{HERE}measurements/periods/{lock.pk}/open/", {"reason": "x"}).status_code == 403
    assert browser.post(f"{HERE}measurements/periods/{lock.pk}/open/", {"reason": ""}).status_code == 422
    browser.post(f"{HERE}measurements/periods/{lock.pk}/open/", {"reason": "A sheet was missing"})
    assert "A sheet was missing" in browser.get(f"{HERE}measurements/periods/").content.decode()
    assert own.post(address(measurement, "correct/"), {"value": "5"}).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_periods_costs_the_same_queries(partnership, evaluator, signed_in_as, django_assert_num_queries, count):
    for month in range(1, count + 1):
        PeriodLock.objects.create(
            partnership=partnership, starts_on=Q1[0].replace(month=month), ends_on=Q1[1], locked_by=evaluator
        )
    browser = signed_in_as(evaluator)
    with django_assert_num_queries(PERIOD_QUERIES):
        page = browser.get(f"{HERE}measurements/periods/").content.decode()
    assert page.count('<th class="t-main" scope="row">') == count


def send(browser, path, **body):
    return browser.post(f"{API}{path}", body, content_type="application/json")


def test_api_locks_opens_judges_and_shows(measurement, evaluator, partner, signed_in_as):
    browser = signed_in_as(evaluator)
    answer = send(browser, "measurements/periods/", starts_on="2026-01-01", ends_on="2026-03-31")
    assert answer.status_code == 201, answer.content
    key = answer.json()["id"]
    own = signed_in_as(partner)
    assert send(own, f"measurements/{measurement.pk}/correct/", value="5").status_code == 409
    entry = {"period_starts_on": "2026-02-01", "period_ends_on": "2026-02-28", "value": "5"}
    answer = send(own, "indicators/N-1/measurements/", **entry)
    assert list(answer.json()["errors"]) == ["period_ends_on"]
    assert send(own, f"measurements/periods/{key}/open/", reason="x").status_code == 403
    assert send(browser, f"measurements/periods/{key}/open/", reason="A sheet was missing").status_code == 200
    assert send(browser, f"measurements/periods/{key}/open/", reason="Again").status_code == 409
    answer = send(browser, f"measurements/{measurement.pk}/grade/", evidence_strength="strong")
    assert answer.json()["evidence_strength"] == "strong"
    assert send(own, f"measurements/{measurement.pk}/evidence/", note="The register").status_code == 201
    listed = own.get(f"{API}measurements/{measurement.pk}/evidence/").json()
    assert [one["note"] for one in listed["results"]] == ["The register"]


PERIOD_QUERIES = 9
