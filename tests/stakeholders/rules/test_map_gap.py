"""What maps are missing, against R-S5 and R-S6."""

import uuid
from datetime import date

import pytest

from stakeholders.rules.assessment import Scored, standing_of
from stakeholders.rules.map_gap import GapKind, LivedNeed, Placed, gaps_in, lives
from stakeholders.rules.promise import PublicPromise, falls_short, promise_words

KINDS = ("local_business", "nonprofit", "government_agency", "education")
SHAPING = PublicPromise(
    uuid.uuid4(), 3, "You work on the options with us.", "The square", "/p/borgo/orti/activities/1/"
)


def standing(**scores):
    return standing_of([Scored(rater="a", rated_on=date(2026, 11, 27), **scores)])


def placed(name, **facts):
    known = {
        "id": name, "map_id": "m", "sector": "media", "status": "approached", "ring": 1, "people": 2,
        "is_person": False, "standing": standing_of([]), "names": [name],
    }  # fmt: skip
    return Placed(name=name, **known | facts)


HERE = [placed(sector, sector=sector) for sector in KINDS]
FAMILIES = placed("Families of the yard", sector="community_member_or_group")


def test_gaps_are_told_in_sentences_with_whom_they_are_about():
    assert gaps_in([*HERE, FAMILIES]) == []
    said = gaps_in(
        [
            *HERE,
            placed("Families", sector="community_member_or_group", status="identified"),
            placed("Court", standing=standing(current_engagement=1, desired_engagement=3, attitude=5), people=1),
        ]
    )
    assert [(gap.kind, gap.text, gap.about, gap.map_id) for gap in said] == [
        (GapKind.ENGAGEMENT, "Court: engagement is 2 steps below what is wanted.", "Court", "m"),
        (
            GapKind.CHAMPION,
            "Court carries the issue, but we know one person there. Get to know a second.",
            "Court",
            "m",
        ),
        (GapKind.SECTOR, "Residents: nobody on the map is known beyond the name.", "community_member_or_group", ""),
    ]
    assert gaps_in([placed("Far", ring=3)])[0].text == "Nobody on the map lives the issue."


def test_who_stands_on_two_maps_is_told_once():
    court = {"standing": standing(current_engagement=1, desired_engagement=3)}
    twice = [*HERE, FAMILIES, placed("Court", **court), placed("Court", map_id="n", **court)]
    assert [(gap.kind, gap.map_id) for gap in gaps_in(twice)] == [(GapKind.ENGAGEMENT, "m")]


@pytest.mark.parametrize(
    ("affected", "one", "expected"),
    [
        ("families with small children", {}, True),
        ("le famiglie, e la ÀRCI Orti", {"names": ["Arci orti"]}, True),
        ("anziane sole", {"names": ["Gruppo Anziani"]}, True),
        ("older people living alone", {}, False),
        ("older people living alone", {"words": "a group of older people"}, True),
        ("", {}, True),
        ("families", {"ring": 2}, False),
        ("families", {"ring": None, "is_affected": True}, True),
    ],
)
def test_who_lives_a_need_is_in_the_centre_and_meant_by_its_words(affected, one, expected):
    known = {"names": ["Families of the yard"]} | one
    assert lives(LivedNeed(uuid.uuid4(), "No place to play", affected, "/need/"), placed("Some", **known)) is expected


def test_what_somebody_said_counts_more_than_words():
    need = LivedNeed(uuid.uuid4(), "No place to play", "families", "/need/")
    assert not lives(need, placed("Families", said={need.id: False}))
    assert lives(need, placed("Court", ring=3, said={need.id: True}))
    assert lives(need, placed("Families", said={uuid.uuid4(): False}))


def test_each_need_nobody_lives_is_named():
    needs = [
        LivedNeed(uuid.uuid4(), "No place to play", "families", "/needs/1/"),
        LivedNeed(uuid.uuid4(), "Nobody answers", "older people", "/needs/2/"),
    ]
    assert [(gap.text, gap.about) for gap in gaps_in([*HERE[1:], FAMILIES], needs) if gap.kind == GapKind.NEED] == [
        ("“Nobody answers”: nobody on the map lives this need (older people).", "/needs/2/")
    ]
    unsaid = LivedNeed(uuid.uuid4(), "Dark streets", "", "/needs/3/")
    far = [placed(kind, sector=kind, ring=3) for kind in KINDS]
    assert gaps_in(far, [unsaid])[1].text == "“Dark streets”: nobody on the map lives this need."


@pytest.mark.parametrize(("desired", "expected"), [(None, False), (2, True), (3, False), (5, False)])
def test_less_than_the_promise_falls_short(desired, expected):
    assert falls_short(desired, SHAPING) is expected
    assert not falls_short(desired, None)


def test_promise_is_named_and_what_raters_wanted_before_it_is_a_gap():
    assert promise_words(SHAPING) == (
        "“The square” promised them publicly: “You work on the options with us.” So at least “Involved”."
    )
    before = placed("Court", standing=standing(desired_engagement=2), promise=SHAPING)
    assert [(gap.kind, gap.text, gap.about) for gap in gaps_in([*HERE, FAMILIES, before])] == [
        (GapKind.PROMISE, "Court: raters want less than “The square” promised publicly.", SHAPING.url)
    ]
