from datetime import date
from decimal import Decimal

import pytest

from core.access.roles import Role
from core.access.visibility import Visibility
from metrics.models import Indicator
from metrics.operations.target import set_target
from tests.factories.core import make_user
from tests.factories.metrics import Q1, Q2, make_indicator, make_measurement
from tests.factories.partnerships import make_partnership

LIST = "/s/borgo/partnerships/own/indicators/"


@pytest.fixture
def partnership(space):
    return make_partnership("own")


@pytest.fixture
def partner(partnership):
    return make_user("partner@borgo.example", role=Role.PARTNER_MEMBER, scope=partnership.scope)


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_for_one_and_three_rows(
    partnership, coordinator, signed_in_as, django_assert_num_queries, count
):
    for number in range(count):
        indicator = make_indicator(partnership, f"N-{number}")
        make_measurement(indicator, 5)
        set_target(indicator=indicator, value=Decimal(9), due_on=date(2027, 1, 1), by=None, today=date(2026, 1, 1))
    browser = signed_in_as(coordinator)
    with django_assert_num_queries(LIST_QUERIES):
        answer = browser.get(LIST)
    assert answer.content.decode().count(f"{LIST}N-") == count


@pytest.mark.parametrize("count", [1, 3])
def test_detail_costs_the_same_queries_for_one_and_three_values(
    partnership, coordinator, signed_in_as, django_assert_num_queries, count
):
    indicator = make_indicator(partnership, "N-1")
    for month in range(1, count + 1):
        make_measurement(indicator, 5, period=(date(2026, month, 1), date(2026, month, 28)))
    browser = signed_in_as(coordinator)
    with django_assert_num_queries(DETAIL_QUERIES):
        browser.get(f"{LIST}N-1/")


def test_empty_list_offers_the_first_step(partnership, coordinator, signed_in_as):
    page = signed_in_as(coordinator).get(LIST).content.decode()
    assert f'href="{LIST}new/"' in page


def test_partner_sees_no_trace_of_what_is_kept_in_coordination(partnership, partner, signed_in_as):
    kept = make_indicator(partnership, "KEPT", name_en="Secret figure", visibility=Visibility.COORDINATION)
    make_measurement(kept, 5)
    browser = signed_in_as(partner)
    for address in (
        LIST,
        f"{LIST}?format=csv",
        "/s/borgo/partnerships/own/measurements/",
        "/s/borgo/partnerships/own/measurements/?format=csv",
    ):
        answer = browser.get(address)
        assert answer.status_code == 200
        assert b"Secret figure" not in answer.content
    assert browser.get(f"{LIST}KEPT/").status_code == 404


def test_partner_of_another_partnership_gets_the_answer_of_a_missing_one(partnership, signed_in_as):
    other = make_partnership("other")
    make_indicator(partnership, "N-1")
    stranger = signed_in_as(make_user("stranger@borgo.example", role=Role.PARTNER_MEMBER, scope=other.scope))
    assert stranger.get(LIST).status_code == 404
    assert stranger.get(f"{LIST}N-1/").status_code == 404
    assert stranger.get("/s/borgo/partnerships/none/indicators/N-1/").status_code == 404


def test_partner_may_not_define_indicators(partnership, partner, signed_in_as):
    assert signed_in_as(partner).post(f"{LIST}new/", {"name_en": "Mine"}).status_code == 403


def test_detail_says_what_the_values_allow_in_both_languages(partnership, coordinator, signed_in_as):
    indicator = make_indicator(
        partnership, "N-1", name_it="Famiglie raggiunte", baseline_value=Decimal(0), baseline_on=date(2025, 12, 31)
    )
    set_target(indicator=indicator, value=Decimal(40), due_on=date(2027, 12, 31), by=None, today=date(2026, 1, 1))
    make_measurement(indicator, 5, period=Q1)
    make_measurement(indicator, missing_reason="The desk was closed", period=Q2)
    browser = signed_in_as(coordinator)
    english = browser.get(f"{LIST}N-1/").content.decode()
    assert "One measurement so far: a single value shows no change." in english
    assert "One period has no value." in english
    assert "The desk was closed" in english
    assert "<svg" in english
    coordinator.language = "it"
    coordinator.save()
    italian = browser.get(f"{LIST}N-1/").content.decode()
    assert "Una sola rilevazione finora" in italian
    assert "sotto il valore atteso (40)" in italian


def test_indicator_is_defined_in_one_language_with_the_two_numbers_of_its_percentage(
    partnership, coordinator, signed_in_as
):
    answer = signed_in_as(coordinator).post(
        f"{LIST}new/",
        {
            "name_en": "Students placed",
            "unit": "percent",
            "wants_increase": "yes",
            "frequency": "yearly",
            "kind": "outcome",
            "visibility": "2",
            "baseline": "40 of 180",
            "baseline_on": "2025-06-30",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    indicator = Indicator.objects.get()
    assert (indicator.code, indicator.baseline_numerator, indicator.baseline_value) == ("I-1", 40, Decimal("22.2222"))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"name_en": ""}, "Write what is measured"),
        ({"baseline": "22 %"}, "the two numbers behind the percentage"),
        ({"baseline": "200 of 180"}, "cannot be larger than the whole"),
        ({"baseline_on": ""}, "Enter the day the starting value was true"),
        ({"is_cumulative": "on"}, "cannot be added up over time"),
    ],
)
def test_invalid_indicator_comes_back_with_what_was_typed(partnership, coordinator, signed_in_as, changed, message):
    typed = {
        "name_en": "Students placed",
        "unit": "percent",
        "wants_increase": "yes",
        "frequency": "yearly",
        "kind": "outcome",
        "visibility": "2",
        "baseline": "40 of 180",
        "baseline_on": "2025-06-30",
        "source_en": "Kept words",
    }
    answer = signed_in_as(coordinator).post(f"{LIST}new/", typed | changed)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert b"Kept words" in answer.content


def test_edit_shows_the_starting_value_as_it_was_typed(partnership, coordinator, signed_in_as):
    make_indicator(
        partnership,
        "N-1",
        unit="percent",
        baseline_numerator=Decimal(40),
        baseline_denominator=Decimal(180),
        baseline_on=Q1[0],
    )
    assert b'value="40 of 180"' in signed_in_as(coordinator).get(f"{LIST}N-1/edit/").content


def test_unit_stays_once_there_are_values(partnership, coordinator, signed_in_as):
    make_measurement(make_indicator(partnership, "N-1"), 5)
    typed = {
        "name_en": "Hours",
        "unit": "hours",
        "wants_increase": "yes",
        "frequency": "yearly",
        "kind": "outcome",
        "visibility": "2",
    }
    answer = signed_in_as(coordinator).post(f"{LIST}N-1/edit/", typed)
    assert answer.status_code == 422
    assert b"There are values already" in answer.content


def test_csv_of_the_list_has_its_standing(partnership, coordinator, signed_in_as):
    make_indicator(partnership, "N-1")
    text = signed_in_as(coordinator).get(LIST, {"format": "csv"}).content.decode()
    assert "N-1,Families reached,number" in text


LIST_QUERIES = 10
DETAIL_QUERIES = 15
