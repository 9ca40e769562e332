"""When a rhythm is missed, and who may publish."""

from datetime import date, timedelta

import pytest

from partnerships.models import Update
from partnerships.rules.communication import can_approve_update, can_publish_update, can_take_back_update, missed_since

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("rhythms", "days", "missed"),
    [(["monthly"], 45, False), (["monthly"], 46, True), (["quarterly", "weekly"], 11, True), ([""], 900, False)],
)
def test_rhythm_is_missed_after_one_and_a_half_of_the_shortest(rhythms, days, missed):
    assert bool(missed_since(rhythms, TODAY - timedelta(days=days), today=TODAY)) is missed


def test_full_partnership_publishes_what_another_approved_and_a_light_one_at_once():
    draft = Update(tenant_id=1, state="draft", written_by_id=1)
    assert not can_approve_update(draft, by_id=1)
    assert can_approve_update(draft, by_id=2)
    assert not can_publish_update(draft, mode="full")
    assert can_publish_update(draft, mode="light")
    assert can_publish_update(Update(tenant_id=1, state="approved"), mode="full")
    assert not can_publish_update(Update(tenant_id=1, state="published"), mode="light")


def test_only_what_is_on_view_is_taken_back():
    assert [can_take_back_update(Update(tenant_id=1, state=state)).allowed for state in Update.State] == [
        False, False, True, True, False,
    ]  # fmt: skip
