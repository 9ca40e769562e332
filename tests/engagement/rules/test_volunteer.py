from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from engagement.models import HoursEntry, Volunteer, VolunteerOpportunity
from engagement.rules.volunteer import (
    Guard,
    Span,
    hours_question,
    insurance_findings,
    is_check_valid,
    person_findings,
    team_findings,
    total_in_words,
)

Question = HoursEntry.Question
STARTS = datetime(2026, 12, 1, 15, tzinfo=UTC)
ON = STARTS.date()
Outcome, Contact, Policy = Volunteer.Outcome, VolunteerOpportunity.Contact, VolunteerOpportunity.CheckPolicy


def guard(**given):
    usual = {
        "is_insured": True,
        "insured_until": None,
        "check_policy": Policy.ASK,
        "needs_training": False,
        "needs_agreement": False,
        "contact": Contact.NONE,
        "minor_hours_a_day": 4,
        "min_age": 16,
    }
    return Guard(**{**usual, **given})


def codes(found):
    return [one.code for one in found]


def lacks(guarded, *, hours=2, **fields):
    volunteer = Volunteer(tenant_id=1, **fields)
    return codes(person_findings(guarded, volunteer, starts_at=STARTS, ends_at=STARTS + timedelta(hours=hours)))


def test_insurance_covers_the_day():
    assert codes(insurance_findings(guard(is_insured=False), on=ON)) == ["R-V1-insurance"]
    assert codes(insurance_findings(guard(insured_until=ON - timedelta(days=1)), on=ON)) == ["R-V1-insurance"]
    assert insurance_findings(guard(insured_until=ON), on=ON) == []


@pytest.mark.parametrize(
    ("outcome", "days_before", "valid"),
    [
        (Outcome.CLEAR, 0, True),
        (Outcome.CLEAR, 183, True),
        (Outcome.CLEAR, 184, False),
        (Outcome.CLEAR, -1, False),
        (Outcome.NOT_CLEAR, 10, False),
        (Outcome.UNKNOWN, 10, False),
    ],
)
def test_check_speaks_for_six_months(outcome, days_before, valid):
    assert is_check_valid(outcome, ON - timedelta(days=days_before), on=ON) is valid


def test_checks_training_and_agreement_are_asked_on_the_day_of_the_shift():
    strict = guard(check_policy=Policy.REQUIRED, needs_training=True, needs_agreement=True)
    assert lacks(strict) == ["R-V1-check", "R-V1-training", "R-V1-agreement"]
    fine = {"check_outcome": "clear", "check_on": date(2026, 11, 1), "trained_on": ON, "agreed_on": ON}
    assert lacks(strict, **fine) == []
    assert lacks(strict, **{**fine, "check_on": date(2026, 5, 1)}) == ["R-V1-check"]
    assert lacks(strict, **{**fine, "trained_on": ON + timedelta(days=1)}) == ["R-V1-training"]
    assert lacks(guard(), check_outcome="not_clear", check_on=ON) == ["R-V1-check"]
    assert lacks(guard()) == []


def test_minor_needs_consent_few_hours_and_work_for_their_age():
    assert lacks(guard(), is_minor=True) == ["R-V3-consent"]
    assert lacks(guard(), is_minor=True, guardian_consent_on=ON) == []
    assert lacks(guard(), is_minor=True, guardian_consent_on=ON, hours=5) == ["R-V3-hours"]
    assert lacks(guard(min_age=18), is_minor=True, guardian_consent_on=ON) == ["R-V3-age"]


def test_team_protects_minors_and_people_at_risk():
    assert codes(team_findings(guard(), adults=0, minors=1)) == ["R-V3-alone"]
    assert team_findings(guard(), adults=1, minors=1) == []
    regular = guard(contact=Contact.REGULAR)
    assert codes(team_findings(regular, adults=1, minors=0)) == ["R-V4"]
    assert codes(team_findings(regular, adults=1, minors=3)) == ["R-V4"]
    assert team_findings(regular, adults=2, minors=3) == []
    assert team_findings(regular, adults=0, minors=0) == []


def span(hours, begins=None, on=ON):
    return Span(on, Decimal(hours), begins)


def test_hours_over_twelve_a_day_and_two_at_once_raise_a_question():
    assert hours_question(span(12), []) == ""
    assert hours_question(span("12.25"), []) == Question.TOO_MANY
    assert hours_question(span(5), [span(8)]) == Question.TOO_MANY
    assert hours_question(span(5), [span(8, on=ON - timedelta(days=1))]) == ""
    assert hours_question(span(2, time(10)), [span(2, time(11))]) == Question.OVERLAP
    assert hours_question(span(2, time(10)), [span(2, time(12))]) == ""
    assert hours_question(span(2, time(10)), [span(2)]) == ""


def test_hours_in_words_have_no_needless_zeros():
    assert [total_in_words(Decimal(number)) for number in ("1.00", "2.50", "100.00", "0")] == [
        "1 hour",
        "2.5 hours",
        "100 hours",
        "0 hours",
    ]
