from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from engagement.operations.hours import confirm_hours
from funding.models import FundingSource, ValuedHours
from funding.operations.volunteer_time import value_volunteer_time
from funding.queries.source import means_of
from funding.queries.volunteer_time import open_hours
from funding.rules.coverage import SECURED, columns_of
from tests.factories.activities import make_hours, make_shift, make_signup, publish
from tests.factories.engagement import make_public_partnership

TODAY = timezone.localdate


@pytest.fixture
def orti(space):
    return make_public_partnership()


@pytest.fixture
def given(orti, coordinator):
    """Three and a half hours that were confirmed, and two that were not."""
    work = publish(orti, coordinator)
    volunteer = make_signup(make_shift(work, coordinator)).volunteer
    days = (TODAY(), TODAY() - timedelta(days=3), TODAY() - timedelta(days=4))
    first, second, _waiting = (
        make_hours(volunteer, work, on=on, hours=hours)
        for on, hours in zip(days, (Decimal("2.5"), Decimal(1), Decimal(2)), strict=True)
    )
    for entry in (first, second):
        confirm_hours(entry=entry)
    return work


def valued(orti, by, **fields):
    terms = {"since": TODAY() - timedelta(days=30), "until": TODAY(), "rate_cents": 1250, "valued_by": "Treasurer, C1"}
    return value_volunteer_time(partnership=orti, by=by, **{**terms, **fields})


def test_confirmed_hours_become_a_gift_in_kind_that_is_no_money(orti, given, coordinator):
    assert open_hours(orti).hours == Decimal("3.5")
    source = valued(orti, coordinator)
    assert (source.kind, source.status, source.amount_cents) == ("in_kind", "secured", 4375)
    assert "3.5" in source.name
    totals = columns_of([means_of(source)], SECURED)
    assert (totals.cash_cents, totals.in_kind_cents) == (0, 4375)


def test_no_hour_counts_twice(orti, given, coordinator):
    valued(orti, coordinator, since=TODAY())
    assert open_hours(orti).hours == Decimal(1)
    valued(orti, coordinator)
    with pytest.raises(ValidationError, match="no confirmed hours are left"):
        valued(orti, coordinator)
    assert (FundingSource.objects.count(), ValuedHours.objects.count()) == (2, 2)


def test_time_without_a_valuer_or_out_of_order_is_refused_and_stays_open(orti, given, coordinator):
    for wrong in ({"valued_by": " "}, {"since": TODAY(), "until": TODAY() - timedelta(days=1)}):
        with pytest.raises(ValidationError):
            valued(orti, coordinator, **wrong)
    assert open_hours(orti).hours == Decimal("3.5")
