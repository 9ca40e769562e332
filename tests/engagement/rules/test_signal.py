from datetime import date, timedelta

from engagement.rules.signal import received_before, too_many_wait
from engagement.rules.submission import answer_due_on


def test_too_many_wait_above_a_fifth():
    assert not too_many_wait(overdue=0, due=0)
    assert not too_many_wait(overdue=2, due=10)
    assert too_many_wait(overdue=3, due=10)
    assert too_many_wait(overdue=1, due=4)


def test_what_came_in_before_is_exactly_what_waits_too_long():
    for ahead in range(14):
        today = date(2026, 11, 20) + timedelta(days=ahead)
        until = received_before(today)
        assert answer_due_on(until - timedelta(days=1)) < today
        assert answer_due_on(until) >= today
