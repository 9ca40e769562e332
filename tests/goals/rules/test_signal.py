from datetime import date

from goals.rules.signal import is_long_late, is_overloaded, load_percent


def test_overload_begins_above_a_hundred_and_ten_per_cent():
    assert not is_overloaded(needed_hours=22, stated_hours=20)
    assert is_overloaded(needed_hours=23, stated_hours=20)
    assert not is_overloaded(needed_hours=40, stated_hours=0)
    assert load_percent(needed_hours=23, stated_hours=20) == 115
    assert load_percent(needed_hours=23, stated_hours=0) == 0


def test_milestone_is_told_of_from_the_thirty_first_day():
    assert not is_long_late(date(2026, 10, 30), today=date(2026, 11, 29))
    assert is_long_late(date(2026, 10, 29), today=date(2026, 11, 29))
