"""Why an offer fits: the same thing, willing, free, near."""

from datetime import date

import pytest

from stakeholders.models import Stakeholder
from stakeholders.rules.asset import STARTERS, Offer, Wish, fit_of, starters_for

TODAY = date(2026, 11, 27)


def offer(**facts):
    known = {
        "kind": "equipment", "words": "furgone nove posti", "offered": "yes", "free_from": None, "free_until": None,
        "places": frozenset({"borgo"}), "verified_on": TODAY, "do_not_contact": False,
    }  # fmt: skip
    return Offer(**known | facts)


def said(wish, **facts):
    return [reason.text for reason in fit_of(wish, offer(**facts), today=TODAY).reasons]


def test_reasons_say_willing_free_and_near_in_this_order():
    wish = Wish(place="Borgo", starts_on=date(2026, 12, 5), ends_on=date(2026, 12, 6))
    assert said(wish, free_from=date(2026, 12, 1)) == ["willing", "free", "near"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"offered": "maybe"}, "perhaps willing"),
        ({"offered": "not_asked"}, "not asked yet"),
        ({"offered": "no"}, "not willing"),
        ({"do_not_contact": True}, "asked not to be contacted"),
        ({"free_from": date(2026, 12, 10)}, "not free then"),
        ({"free_until": date(2026, 12, 1)}, "not free then"),
        ({"free_from": date(2026, 12, 6)}, "free for a part of the time"),
        ({"free_until": date(2026, 12, 5)}, "free for a part of the time"),
        ({"free_from": date(2026, 12, 5), "free_until": date(2026, 12, 6)}, "free"),
        ({}, "days not known"),
        ({"places": frozenset({"colle"})}, "in another place"),
        ({"places": frozenset()}, "place not known"),
        ({"verified_on": date(2025, 11, 26)}, "last checked on 26 Nov 2025: ask again"),
    ],
)
def test_each_fact_has_its_reason(facts, expected):
    wish = Wish(place="Borgo", starts_on=date(2026, 12, 5), ends_on=date(2026, 12, 6))
    assert expected in said(wish, **facts)


def test_the_same_thing_comes_before_willing_before_free_before_near():
    wish = Wish(words=("furgone",), place="Borgo", starts_on=TODAY)
    offers = {
        "another thing": offer(words="sala"),
        "unwilling": offer(offered="not_asked"),
        "busy": offer(free_from=date(2027, 1, 1)),
        "far": offer(places=frozenset({"colle"})),
        "best": offer(),
    }
    ranked = sorted(offers, key=lambda name: fit_of(wish, offers[name], today=TODAY).rank)
    assert ranked == ["best", "far", "busy", "unwilling", "another thing"]


def test_only_what_begins_a_word_is_the_same_thing():
    assert fit_of(Wish(words=("furgon",)), offer(), today=TODAY).is_same
    assert not fit_of(Wish(words=("urgone",)), offer(), today=TODAY).is_same
    assert fit_of(Wish(), offer(), today=TODAY).is_same


def test_each_of_the_five_kinds_begins_with_three_things_and_what_is_known_is_not_asked_again():
    assert {sector: len(some) for sector, some in STARTERS.items()} == {
        Stakeholder.Sector.LOCAL_BUSINESS: 3,
        Stakeholder.Sector.NONPROFIT: 3,
        Stakeholder.Sector.GOVERNMENT_AGENCY: 3,
        Stakeholder.Sector.EDUCATION: 3,
        Stakeholder.Sector.COMMUNITY: 3,
    }
    left = starters_for("local_business", ["mentors"])
    assert [one.code for one in left] == ["money", "jobs"]
    assert starters_for("media", []) == []
