from datetime import timedelta

import pytest
from django.utils import timezone

from engagement.operations.hours import confirm_hours
from funding.models import FundingSource
from tests.factories.activities import make_hours, make_shift, make_signup, publish
from tests.factories.engagement import make_public_partnership

PAGE = "/s/borgo/partnerships/orti/funding/time/"
API = "/s/borgo/api/v1/partnerships/orti/funding/time/"


@pytest.fixture
def orti(space, coordinator):
    partnership = make_public_partnership()
    work = publish(partnership, coordinator)
    confirm_hours(entry=make_hours(make_signup(make_shift(work, coordinator)).volunteer, work))
    return partnership


@pytest.fixture
def browser(coordinator, signed_in_as):
    return signed_in_as(coordinator)


@pytest.fixture
def given():
    today = timezone.localdate()
    return {"since": today - timedelta(days=9), "until": today, "rate_cents": "12.50", "valued_by": "Treasurer"}


def test_funding_offers_the_hours_until_they_are_written_down(orti, browser, given):
    assert PAGE in browser.get("/s/borgo/partnerships/orti/funding/").content.decode()
    assert "confirmed hours of one volunteer" in browser.get(PAGE).content.decode()
    assert browser.post(PAGE, {**given, "valued_by": ""}).status_code == 422
    assert browser.post(PAGE, given).status_code == 302
    assert FundingSource.objects.get().amount_cents == 2500
    assert PAGE not in browser.get("/s/borgo/partnerships/orti/funding/").content.decode()
    assert browser.post(PAGE, given).status_code == 422


def test_the_same_goes_by_api(orti, browser, given):
    assert browser.get(API).json()["hours"] == "2.00"
    body = {**given, "rate_cents": 1250, "since": str(given["since"]), "until": str(given["until"])}
    for code in (201, 400):
        assert browser.post(API, body, content_type="application/json").status_code == code
    assert browser.post(API, {**body, "goal": 9}, content_type="application/json").status_code == 400


@pytest.mark.parametrize(
    "rate",
    [
        "0",
        "0.00",
        "-3",
        "99999999999999",
        "999999999999",
        "9999999999.99",
        "10000000000",
        "8000000000",
        "9999999999999999999999999999999999999999",
        "1e9",
        "x",
    ],
)
def test_rate_that_makes_no_value_is_told_and_nothing_is_kept(orti, browser, given, rate):
    answer = browser.post(PAGE, {**given, "rate_cents": rate})
    assert answer.status_code == 422
    assert not FundingSource.objects.exists()
