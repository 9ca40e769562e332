from datetime import date

import pytest
from django.core.exceptions import ValidationError

from core.access.visibility import Visibility
from core.models import AuditEvent
from funding.operations.source import DecisionRefusedError, change_source, decide_source
from tests.factories.funding import TODAY, make_goal, make_source
from tests.factories.partnerships import make_partnership


def test_source_is_expected_in_the_tenants_currency_and_kept_in_coordination(space):
    source = make_source(make_partnership())
    assert (source.status, source.currency, source.visibility) == ("expected", "EUR", Visibility.COORDINATION)
    assert AuditEvent.objects.filter(verb="funding.added", subject_id=source.pk).exists()


def test_source_is_never_more_visible_than_its_partnership(space):
    source = make_source(make_partnership(visibility=Visibility.PARTNERS), visibility=Visibility.PUBLIC)
    assert source.visibility == Visibility.PARTNERS


def test_gift_in_kind_without_a_valuer_is_refused(space):
    with pytest.raises(ValidationError, match="who valued"):
        make_source(make_partnership(), kind="in_kind", valued_by="  ")


def test_valuer_is_dropped_when_the_source_is_no_gift(space):
    assert make_source(make_partnership(), kind="grant", valued_by="The mayor").valued_by == ""


@pytest.mark.parametrize("amount", [0, -1])
def test_amount_of_nothing_is_refused(space, amount):
    with pytest.raises(ValidationError, match="above zero"):
        make_source(make_partnership(), amount_cents=amount)


def test_secured_source_without_a_day_is_refused(space):
    with pytest.raises(ValidationError, match="on which day"):
        make_source(make_partnership(), status="secured")


def test_goal_of_another_partnership_is_refused(space):
    goal = make_goal(make_partnership("other"))
    with pytest.raises(ValidationError, match="another partnership"):
        make_source(make_partnership("own"), goal=goal)


def test_deciding_marks_it_secured_with_its_day(space, coordinator):
    source = make_source(make_partnership())
    decide_source(source=source, status="secured", decided_on=date(2026, 11, 1), by=coordinator, today=TODAY)
    source.refresh_from_db()
    assert (source.status, source.decided_on) == ("secured", date(2026, 11, 1))
    assert AuditEvent.objects.get(verb="funding.decided").changes["status"] == ["expected", "secured"]


@pytest.mark.parametrize(
    ("status", "day"), [("secured", None), ("lost", None), ("secured", date(2026, 11, 24)), ("expected", None)]
)
def test_deciding_without_a_day_in_the_past_or_without_a_change_is_refused(space, coordinator, status, day):
    source = make_source(make_partnership())
    with pytest.raises(DecisionRefusedError):
        decide_source(source=source, status=status, decided_on=day, by=coordinator, today=TODAY)
    source.refresh_from_db()
    assert source.status == "expected"


def test_decision_can_be_taken_back(space, coordinator):
    source = make_source(make_partnership(), status="lost", decided_on=date(2026, 10, 1))
    decide_source(source=source, status="expected", decided_on=date(2026, 10, 1), by=coordinator, today=TODAY)
    source.refresh_from_db()
    assert (source.status, source.decided_on) == ("expected", None)


def test_change_keeps_the_currency_and_tells_the_history(space, coordinator):
    source = make_source(make_partnership(), "Old name")
    changed = change_source(source=source, by=coordinator, today=TODAY, name="New name")
    assert (changed.name, changed.currency) == ("New name", "EUR")
    assert AuditEvent.objects.get(verb="funding.changed").changes == {"name": ["Old name", "New name"]}
