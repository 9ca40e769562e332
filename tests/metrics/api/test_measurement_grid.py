import uuid

import pytest

from core.access.roles import Role
from metrics.models import Measurement
from tests.factories.breakdown import make_cut
from tests.factories.core import make_user
from tests.factories.metrics import make_indicator, make_measurement, make_speaking_member
from tests.factories.partnerships import make_partnership

HERE = "/s/borgo/api/v1/partnerships/own/measurements/grid/"
Q3 = {"period_starts_on": "2026-07-01", "period_ends_on": "2026-09-30"}


@pytest.fixture(autouse=True)
def in_november(time_machine):
    time_machine.move_to("2026-11-29", tick=False)


@pytest.fixture
def partnership(space):
    return make_partnership("own")


@pytest.fixture
def partner(partnership):
    return make_user("partner@borgo.example", role=Role.PARTNER_MEMBER, scope=partnership.scope)


def send(browser, *cells, **more):
    return browser.post(HERE, {"cells": list(cells), **more}, content_type="application/json")


def test_grid_is_read_and_many_values_entered(partnership, coordinator, signed_in_as):
    make_indicator(partnership, "N-1")
    browser = signed_in_as(coordinator)
    answer = send(browser, {"indicator": "N-1", **Q3, "value": "12"})
    assert answer.status_code == 201, answer.content
    assert answer.json() == {"sent": 1, "drafted": 0, "corrected": 0}
    row = browser.get(HERE).json()["rows"][0]
    assert [(cell["value"], cell["is_missing"]) for cell in row["cells"]] == [
        (None, True),
        (None, True),
        ("12.0000", False),
        (None, False),
    ]


def test_errors_name_their_cell_and_nothing_is_kept(partnership, coordinator, signed_in_as):
    make_indicator(partnership, "N-1")
    answer = send(
        signed_in_as(coordinator),
        {"indicator": "N-1", **Q3, "value": "12"},
        {"indicator": "N-1", "period_starts_on": "2026-04-01", "period_ends_on": "2026-06-30", "value": "-1"},
        {"indicator": "N-1", "period_starts_on": "2026-01-01", "period_ends_on": "2026-03-31"},
    )
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["cells.1", "cells.2"]
    assert not Measurement.objects.exists()


def test_unknown_indicator_and_anothers_member_are_named(partnership, partner, evaluator, signed_in_as):
    make_indicator(partnership, "N-1")
    make_speaking_member(partnership, partner)
    other = make_speaking_member(partnership, evaluator, "Another")
    answer = send(
        signed_in_as(partner),
        {"indicator": "X-9", **Q3, "value": "12"},
        {"indicator": "N-1", **Q3, "value": "12", "member": str(other.pk)},
    )
    assert list(answer.json()["errors"]) == ["cells.0.indicator", "cells.1.member"]


def test_correction_names_what_it_takes_the_place_of(partnership, coordinator, signed_in_as):
    there = make_measurement(make_indicator(partnership, "N-1"), 3, period=tuple(Q3.values()))
    browser = signed_in_as(coordinator)
    assert send(browser, {"indicator": "N-1", **Q3, "value": "12"}).status_code == 400
    answer = send(browser, {"indicator": "N-1", **Q3, "value": "12", "over": str(there.pk)})
    assert answer.json()["corrected"] == 1


def test_words_are_no_value(partnership, coordinator, signed_in_as):
    make_indicator(partnership, "N-1")
    answer = send(signed_in_as(coordinator), {"indicator": "N-1", **Q3, "value": "about ten"})
    assert list(answer.json()["errors"]) == ["cells.0.value"]


def test_value_comes_with_what_falls_to_its_groups(partnership, coordinator, signed_in_as):
    indicator = make_indicator(partnership, "N-1")
    make_indicator(partnership, "N-2", name_en="Other")
    cut = make_cut(indicator, "area", "North", "South")
    parts = [{"cut": str(cut.pk), "parts": [{"count": 18}, {"count": 15}, None]}]
    browser, cell = signed_in_as(coordinator), {"indicator": "N-1", **Q3, "value": "40", "breakdown": parts}
    assert send(browser, {**cell, "indicator": "N-2"}).status_code == 400
    assert send(browser, {**cell, "breakdown": [{"cut": str(uuid.uuid4()), "parts": []}]}).status_code == 400
    assert send(browser, cell).status_code == 201
    values = Measurement.objects.get().group_values.order_by("group__position")
    assert [value.count for value in values] == [18, 15, 7]
