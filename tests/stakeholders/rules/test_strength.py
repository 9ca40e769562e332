from datetime import date

from core.tenancy.keys import new_id
from stakeholders.rules.strength import Holder, candidates_among

TODAY = date(2026, 5, 10)


def holder(name, willing="help", free_hours=10, level=2, **more):
    return Holder(id=new_id(), name=name, level=level, willing=willing, free_hours=free_hours, **more)


def names(*holders):
    return [one.holder.name for one in candidates_among(holders, today=TODAY)]


def test_willingness_comes_before_hours_and_hours_before_level():
    leads = holder("leads", "lead", free_hours=1, level=1)
    free = holder("free", free_hours=20, level=1)
    expert = holder("expert", free_hours=10, level=3)
    good = holder("good", free_hours=10)
    assert names(good, expert, free, leads) == ["leads", "free", "expert", "good"]


def test_hours_nobody_stated_stand_between_some_and_none():
    assert names(holder("none", free_hours=0), holder("unknown", free_hours=None), holder("one", free_hours=1)) == [
        "one", "unknown", "none",
    ]  # fmt: skip


def test_who_is_no_longer_free_is_left_out_and_who_comes_later_says_so():
    gone = holder("gone", available_until=date(2026, 5, 9))
    later = holder("later", available_from=date(2026, 6, 1))
    found = candidates_among([gone, later], today=TODAY)
    assert [one.holder.name for one in found] == ["later"]
    assert "only from a later day" in found[0].reasons


def test_reasons_say_why_somebody_stands_there():
    (found,) = candidates_among([holder("a", "lead", free_hours=1, level=3, is_confirmed=True)], today=TODAY)
    assert found.reasons == ("Would lead", "1 hour a month free", "Teaches others")
    (unsure,) = candidates_among([holder("b", free_hours=None)], today=TODAY)
    assert unsure.reasons[1] == "nobody asked how many hours it has"
    assert unsure.reasons[-1] == "not confirmed by the organisation"
