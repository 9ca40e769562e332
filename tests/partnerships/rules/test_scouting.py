"""Which kinds of organisations are missing, and whom to ask first."""

from datetime import date

from partnerships.rules.scouting import Gap, Known, closeness, first_agenda, first_letter, gaps_of, may_be_proposed

KIT = [
    {"code": "M1", "name_en": "Firms", "name_it": "Aziende", "sector": "local_business", "at_least": 3},
    {"code": "M2", "name_en": "Chamber", "name_it": "Camera", "sector": "local_business", "at_least": 1},
    {"code": "M3", "name_en": "Town", "name_it": "Comune", "sector": "government_agency", "is_optional": True},
    {
        "code": "M4",
        "name_en": "Families",
        "name_it": "Famiglie",
        "sector": "community_member_or_group",
        "is_centre": True,
    },
]


def test_members_are_counted_once_against_the_kit_and_optional_ones_are_never_missing():
    gaps = gaps_of(KIT, members={"local_business": 3}, known={"community_member_or_group": 2})
    assert [(gap.label, gap.why, gap.is_centre) for gap in gaps] == [
        ("Chamber", "None is in, and of none we know more than the name.", False),
        ("Families", "None is in yet.", True),
    ]


def test_part_of_the_wanted_number_is_told():
    gaps = gaps_of(KIT[:1], members={"local_business": 2}, known={})
    assert [gap.why for gap in gaps] == ["2 of 3 are in."]


def test_without_a_kit_each_of_the_five_kinds_is_looked_for():
    gaps = gaps_of([], members={"education": 1}, known={})
    assert len(gaps) == 4
    assert "education" not in {gap.sector for gap in gaps}


def known(**facts):
    return Known(
        **{
            "sector": "community_member_or_group",
            "status": "identified",
            "stakes": (),
            "places": frozenset(),
            "brings": frozenset(),
        }
        | facts
    )


def test_people_affected_come_first_then_the_near_then_who_brings_something_then_who_is_closer():
    gap = Gap("community_member_or_group", "Families", "", is_centre=True)
    ones = {
        "talks": known(status="in_dialogue"),
        "brings": known(brings=frozenset({"place"})),
        "near": known(places=frozenset({"borgo"})),
        "lives it": known(stakes=("affected",)),
        "nothing": known(),
    }
    ranked = sorted(ones, key=lambda name: closeness(gap, ones[name], near="Borgo", needed=frozenset({"place"}))[0])
    assert ranked == ["lives it", "near", "brings", "talks", "nothing"]
    assert closeness(gap, ones["near"], near="Borgo", needed=frozenset())[1] == ["near", "Identified"]


def test_who_declined_is_not_proposed_before_the_day_that_was_agreed():
    today = date(2026, 11, 27)
    assert not may_be_proposed("declined", ask_again_on=None, today=today)
    assert not may_be_proposed("approached", ask_again_on=date(2026, 12, 1), today=today)
    assert may_be_proposed("approached", ask_again_on=today, today=today)


def test_first_letter_listens_before_it_asks_and_quotes_only_what_was_said():
    told = {"name": "Orti", "purpose": "Coltivare insieme", "territory": "", "space": "Borgo", "signed": "Giulia"}
    letter = first_letter(**told, sector="media", their_words="")
    assert "“" not in letter.replace("“Orti”", "")
    assert "what you see and what you would change" in letter
    assert "You said: “Ask us”" in first_letter(**told, sector="media", their_words="Ask us")
    assert sum(point.minutes for point in first_agenda()) == 45
