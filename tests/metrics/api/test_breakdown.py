"""Breakdowns, what happened and overlaps by API: the same rules as on the pages."""

import json
from datetime import date
from decimal import Decimal

import pytest

from core.access.roles import Role
from metrics.models import Cut, Happening, Overlap
from tests.factories.breakdown import make_cut, make_parts
from tests.factories.core import make_user
from tests.factories.metrics import Q1, make_indicator, make_measurement, make_speaking_member
from tests.factories.partnerships import make_member, make_partnership

HERE = "/s/borgo/api/v1/partnerships/own/"
N1 = f"{HERE}indicators/N-1/"


@pytest.fixture
def partnership(space):
    return make_partnership("own")


@pytest.fixture
def indicator(partnership):
    return make_indicator(partnership, "N-1")


@pytest.fixture
def partner(partnership):
    return make_user("partner@borgo.example", role=Role.PARTNER_MEMBER, scope=partnership.scope)


def send(browser, path, body, method="post"):
    return getattr(browser, method)(path, json.dumps(body), content_type="application/json")


def test_groups_are_chosen_changed_and_taken_away(indicator, coordinator, signed_in_as):
    browser = signed_in_as(coordinator)
    body = {"kind": "area", "groups": [{"label_en": "North", "target_value": "30"}, {"label_it": "Sud"}]}
    answer = send(browser, f"{N1}cuts/", body)
    assert answer.status_code == 201, answer.content
    cut = answer.json()
    assert [group["label_en"] for group in cut["groups"]] == ["North", "", "Not known"]
    assert browser.get(f"{N1}cuts/").json()["results"][0]["groups"][0]["target_value"] == "30.0000"
    changed = send(browser, f"{N1}cuts/{cut['id']}/", {"groups": [{"label_en": "A"}, {"label_en": "B"}]}, "put")
    assert [group["label_en"] for group in changed.json()["groups"]] == ["A", "B", "Not known"]
    assert browser.delete(f"{N1}cuts/{cut['id']}/").status_code == 204
    assert not Cut.objects.exists()


def test_groups_in_use_stay(indicator, coordinator, signed_in_as):
    cut = make_cut(indicator, "area", "North", "South")
    make_parts(make_measurement(indicator, 40), cut, 20, 20, 0)
    browser = signed_in_as(coordinator)
    assert browser.delete(f"{N1}cuts/{cut.pk}/").status_code == 409
    one_more = {"groups": [{"label_en": name} for name in "ABC"]}
    assert send(browser, f"{N1}cuts/{cut.pk}/", one_more, "put").status_code == 409


def test_partner_chooses_no_groups(indicator, partner, signed_in_as):
    body = {"kind": "area", "groups": [{"label_en": "North"}, {"label_en": "South"}]}
    assert send(signed_in_as(partner), f"{N1}cuts/", body).status_code == 403
    assert not Cut.objects.exists()


def test_parts_are_written_and_read_back_with_small_groups_hidden(partnership, indicator, partner, signed_in_as):
    member = make_speaking_member(partnership, partner)
    cut, measurement = make_cut(indicator), make_measurement(indicator, 40, member=member)
    path = f"{HERE}measurements/{measurement.pk}/breakdown/"
    parts = [{"count": 20}, {"count": 3}, {"count": 0}, None]
    answer = send(signed_in_as(partner), path, [{"cut": str(cut.pk), "parts": parts}], "put")
    assert answer.status_code == 200, answer.content
    told = [(group["showing"], group["count"]) for group in answer.json()[0]["groups"]]
    assert told == [("count", 20), ("small", None), ("count", 0), ("withheld", None)]
    assert signed_in_as(partner).get(path).json() == answer.json()
    (found,) = signed_in_as(partner).get(f"{N1}breakdown/").json()
    assert found["smallest"] == 5
    assert [(group["showing"], group["count"]) for group in found["periods"][0]["groups"]] == told


def test_space_may_hide_more(space, indicator, coordinator, signed_in_as):
    cut = make_cut(indicator)
    make_parts(make_measurement(indicator, 40), cut, 20, 8, 0, 12)
    browser = signed_in_as(coordinator)
    assert [group["count"] for group in browser.get(f"{N1}breakdown/").json()[0]["periods"][0]["groups"]] == [
        20,
        8,
        0,
        12,
    ]
    type(space).objects.filter(pk=space.pk).update(smallest_count=10)
    found = browser.get(f"{N1}breakdown/").json()[0]
    assert found["smallest"] == 10
    assert [group["count"] for group in found["periods"][0]["groups"]] == [20, None, 0, None]


def test_small_value_is_a_conflict_and_a_strange_cut_a_bad_request(indicator, coordinator, signed_in_as):
    cut, measurement = make_cut(indicator), make_measurement(indicator, 12)
    other = make_cut(make_indicator(indicator.partnership, "N-2"))
    browser, path = signed_in_as(coordinator), f"{HERE}measurements/{measurement.pk}/breakdown/"
    parts = [{"count": 6}, {"count": 6}, {"count": 0}, None]
    assert send(browser, path, [{"cut": str(cut.pk), "parts": parts}], "put").status_code == 409
    assert send(browser, path, [{"cut": str(other.pk), "parts": parts}], "put").status_code == 400


def test_missing_part_is_a_bad_request_by_cut(indicator, coordinator, signed_in_as):
    cut, measurement = make_cut(indicator), make_measurement(indicator, 40)
    path = f"{HERE}measurements/{measurement.pk}/breakdown/"
    answer = send(signed_in_as(coordinator), path, [{"cut": str(cut.pk), "parts": [{"count": 6}, None]}], "put")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [str(cut.pk)]


def test_partner_writes_no_parts_of_anothers_value(partnership, indicator, partner, signed_in_as):
    make_speaking_member(partnership, partner)
    cut = make_cut(indicator)
    measurement = make_measurement(indicator, 40, member=make_member(partnership, "Other"))
    path = f"{HERE}measurements/{measurement.pk}/breakdown/"
    parts = [{"count": 20}, {"count": 20}, {"count": 0}, None]
    assert send(signed_in_as(partner), path, [{"cut": str(cut.pk), "parts": parts}], "put").status_code == 403


def months(indicator, *values):
    for number, value in enumerate(values):
        year, month = divmod(number, 12)
        first = date(2024 + year, month + 1, 1)
        make_measurement(indicator, value, period=(first, first.replace(day=28)))


def test_analysis_has_no_verdict_of_nine_and_one_of_ten(partnership, coordinator, signed_in_as):
    indicator = make_indicator(partnership, "N-1", frequency="monthly")
    months(indicator, *range(1, 10))
    browser = signed_in_as(coordinator)
    found = browser.get(f"{N1}analysis/").json()
    assert (found["run_chart"], found["measurements"], found["last_data_on"]) == (None, 9, "2024-09-28")
    assert "too few to speak of a trend" in found["says_en"]
    make_measurement(indicator, 10, period=(date(2024, 10, 1), date(2024, 10, 31)))
    found = browser.get(f"{N1}analysis/").json()
    assert found["run_chart"]["is_signal"] is True
    assert (found["run_chart"]["crossings"], found["run_chart"]["fewest_crossings"]) == (1, 2)
    assert "a signal of change" in found["says_en"]
    assert "c'è un segnale di cambiamento" in found["says_it"]


def test_analysis_compares_with_the_same_month_of_last_year_first(partnership, coordinator, signed_in_as):
    indicator = make_indicator(partnership, "N-1", frequency="monthly")
    months(indicator, *range(10, 23))
    found = signed_in_as(coordinator).get(f"{N1}analysis/").json()
    assert found["says_en"].startswith("22; a year before 10: 12 more.")


def test_what_happened_is_noted_listed_and_taken_away(indicator, coordinator, partner, signed_in_as):
    browser = signed_in_as(coordinator)
    answer = send(browser, f"{N1}happenings/", {"title_en": "Strike", "happened_on": "2026-02-10"})
    assert answer.status_code == 201, answer.content
    assert send(signed_in_as(partner), f"{N1}happenings/", {"title_en": "No"}).status_code == 403
    assert browser.get(f"{N1}analysis/").json()["happened"] == [{"on": "2026-02-10", "title": "Strike"}]
    assert browser.delete(f"{N1}happenings/{answer.json()['id']}/").status_code == 204
    assert not Happening.objects.exists()


def test_overlap_makes_unique_reach(partnership, coordinator, signed_in_as):
    people = make_indicator(partnership, "N-1", unit="unique_people")
    for number, value in enumerate((30, 20)):
        make_measurement(people, value, member=make_member(partnership, f"Partner {number}"))
    browser = signed_in_as(coordinator)
    body = {"period_starts_on": Q1[0].isoformat(), "period_ends_on": Q1[1].isoformat(), "how_known": "Lists"}
    assert send(browser, f"{N1}overlaps/", {**body, "people": 25}).status_code == 400
    assert send(browser, f"{N1}overlaps/", {**body, "people": 8}).status_code == 201
    (reach,) = browser.get(f"{N1}analysis/").json()["reaches"]
    assert (reach["plain_sum"], reach["unique"], reach["reported"], reach["expected"]) == (50, 42, 2, 2)
    # The list does not say that there is nothing, nor an older single value as if it were the newest.
    make_measurement(
        people, 9, member=make_member(partnership, "Partner 9"), period=(date(2025, 10, 1), date(2025, 12, 31))
    )
    page = browser.get("/s/borgo/partnerships/own/indicators/").content.decode()
    assert ("not added up" in page, "none yet" in page) == (True, False)
    assert "Added up over partners: 50" in browser.get("/s/borgo/partnerships/own/indicators/N-1/").content.decode()
    assert browser.get(f"{N1}overlaps/").json()["results"][0]["people"] == 8
    assert Overlap.objects.get().surplus == 8


def test_percentage_is_broken_down_by_both_numbers(partnership, coordinator, signed_in_as):
    share = make_indicator(partnership, "N-1", unit="percent")
    cut = make_cut(share)
    measurement = make_measurement(share, numerator=Decimal(40), denominator=Decimal(100))
    make_parts(measurement, cut, (20, 45), (15, 40), (0, 0), None)
    (found,) = signed_in_as(coordinator).get(f"{N1}breakdown/").json()
    told = [(group["count"], group["cases"]) for group in found["periods"][0]["groups"]]
    assert told == [(20, 45), (15, 40), (0, 0), (5, 15)]
