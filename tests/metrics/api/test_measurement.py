import pytest

from core.access.roles import Role
from core.access.visibility import Visibility
from core.tenancy.keys import new_id
from metrics.models import Indicator, Measurement
from tests.factories.core import make_user
from tests.factories.metrics import make_indicator, make_measurement, make_speaking_member
from tests.factories.partnerships import make_partnership

HERE = "/s/borgo/api/v1/partnerships/own/"
PERIOD = {"period_starts_on": "2026-01-01", "period_ends_on": "2026-03-31"}


@pytest.fixture
def partnership(space):
    return make_partnership("own")


@pytest.fixture
def partner(partnership):
    return make_user("partner@borgo.example", role=Role.PARTNER_MEMBER, scope=partnership.scope)


@pytest.fixture
def indicator(partnership):
    return make_indicator(partnership, "N-1")


def send(browser, path, **body):
    return browser.post(f"{HERE}{path}", body, content_type="application/json")


def test_indicator_is_defined_and_read_back(partnership, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    answer = send(
        browser,
        "indicators/",
        name_it="Studenti",
        unit="percent",
        baseline_numerator="40",
        baseline_denominator="180",
        baseline_on="2025-06-30",
    )
    assert answer.status_code == 201, answer.content
    shown = browser.get(f"{HERE}indicators/I-1/").json()
    assert (shown["name_it"], shown["baseline_value"], shown["standing"]) == ("Studenti", "22.2222", None)


def test_dishonest_indicator_is_a_bad_request_by_field(partnership, coordinator, signed_in_as):
    answer = send(signed_in_as(coordinator), "indicators/", name_en="People", unit="unique_people", is_cumulative=True)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["is_cumulative"]
    assert not Indicator.objects.exists()


def test_partner_may_not_define(partnership, partner, signed_in_as):
    assert send(signed_in_as(partner), "indicators/", name_en="Mine").status_code == 403


def test_kept_indicator_and_its_values_are_absent_for_a_partner(partnership, partner, signed_in_as):
    kept = make_indicator(partnership, "KEPT", visibility=Visibility.COORDINATION)
    measurement = make_measurement(kept, 3)
    browser = signed_in_as(partner)
    assert browser.get(f"{HERE}indicators/").json()["count"] == 0
    assert browser.get(f"{HERE}measurements/").json()["count"] == 0
    assert browser.get(f"{HERE}indicators/KEPT/").status_code == 404
    assert browser.get(f"{HERE}measurements/{measurement.pk}/").status_code == 404
    assert send(browser, "indicators/KEPT/measurements/", **PERIOD, value="3").status_code == 404


def test_partner_enters_for_the_own_organisation_only(indicator, partnership, partner, evaluator, signed_in_as):
    browser = signed_in_as(partner)
    assert send(browser, "indicators/N-1/measurements/", **PERIOD, value="3").status_code == 403
    own = make_speaking_member(partnership, partner)
    other = make_speaking_member(partnership, evaluator, "Another")
    assert send(browser, "indicators/N-1/measurements/", **PERIOD, value="3", member=str(other.pk)).status_code == 400
    assert send(browser, "indicators/N-1/measurements/", **PERIOD, value="3").json()["member"] == str(own.pk)


def test_missing_value_is_null_and_not_zero(indicator, coordinator, signed_in_as):
    answer = send(signed_in_as(coordinator), "indicators/N-1/measurements/", **PERIOD, missing_reason="closed")
    assert answer.json()["value"] is None


@pytest.mark.parametrize("value", ["-1", "2.5", "NaN", "1e400", "", None, [], "9" * 40])
def test_impossible_value_is_a_bad_request(indicator, coordinator, signed_in_as, value):
    assert send(signed_in_as(coordinator), "indicators/N-1/measurements/", **PERIOD, value=value).status_code == 400
    assert not Measurement.objects.exists()


def test_own_value_is_not_verified_and_somebody_elses_is(indicator, coordinator, evaluator, signed_in_as):
    measurement = make_measurement(indicator, 3, by=coordinator)
    refused = send(signed_in_as(coordinator), f"measurements/{measurement.pk}/verify/")
    assert refused.status_code == 409
    assert "someone else must check it" in refused.json()["detail"]
    assert send(signed_in_as(evaluator), f"measurements/{measurement.pk}/verify/").json()["state"] == "verified"


def test_question_and_correction(indicator, coordinator, evaluator, signed_in_as):
    measurement = make_measurement(indicator, 3, by=coordinator)
    assert (
        send(signed_in_as(evaluator), f"measurements/{measurement.pk}/question/", question="Sure?").json()["state"]
        == "queried"
    )
    new = send(signed_in_as(coordinator), f"measurements/{measurement.pk}/correct/", value="4")
    assert (new.status_code, new.json()["corrects"]) == (201, str(measurement.pk))
    assert send(signed_in_as(coordinator), f"measurements/{measurement.pk}/correct/", value="5").status_code == 409


def test_list_is_narrowed_by_state(indicator, coordinator, signed_in_as):
    make_measurement(indicator, 3)
    browser = signed_in_as(coordinator)
    assert browser.get(f"{HERE}measurements/", {"state": "verified"}).json()["count"] == 0
    assert browser.get(f"{HERE}measurements/", {"state": "submitted"}).json()["count"] == 1
    assert browser.get(f"{HERE}measurements/", {"state": "nonsense"}).status_code == 400


def test_unknown_id_is_the_same_not_found_as_one_of_elsewhere(indicator, coordinator, signed_in_as):
    elsewhere = make_measurement(make_indicator(make_partnership("elsewhere")), 3)
    browser = signed_in_as(coordinator)
    answers = [send(browser, f"measurements/{key}/verify/") for key in (elsewhere.pk, new_id())]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json() == answers[1].json()


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_queries_for_one_and_three_rows(
    partnership, coordinator, signed_in_as, django_assert_num_queries, count
):
    for number in range(count):
        make_measurement(make_indicator(partnership, f"N-{number}"), 3)
    browser = signed_in_as(coordinator)
    with django_assert_num_queries(11):
        assert browser.get(f"{HERE}indicators/").json()["count"] == count
    with django_assert_num_queries(10):
        assert browser.get(f"{HERE}measurements/").json()["count"] == count
