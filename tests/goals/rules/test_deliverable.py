from core.tenancy.keys import new_id
from goals.rules.deliverable import (
    MemberFacts,
    lacks_community,
    letters,
    overload_words,
    part_findings,
    without_part,
)

SCHOOL = MemberFacts(new_id(), new_id(), "Scuola", "member")
FIRM = MemberFacts(new_id(), new_id(), "Officine", "joining")
RESIDENTS = MemberFacts(new_id(), new_id(), "Genitori", "member", is_community=True)
LEFT = MemberFacts(new_id(), new_id(), "Ex", "former")
MEMBERS = {one.id: one for one in (SCHOOL, FIRM, RESIDENTS, LEFT)}


def codes(parts, *, has_agreement=True):
    return [finding.code for finding in part_findings(parts, MEMBERS, has_agreement=has_agreement)]


def test_one_who_answers_and_one_who_does_is_enough():
    assert codes({SCHOOL.id: {"A", "R"}}) == []
    assert codes({SCHOOL.id: {"A"}, FIRM.id: {"R"}}) == []


def test_nobody_or_two_who_answer_are_told():
    assert codes({}) == ["R-T3", "R-T3"]
    assert codes({SCHOOL.id: {"A", "R"}, RESIDENTS.id: {"A"}}) == ["R-T3"]
    assert codes({SCHOOL.id: {"A"}}) == ["R-T3"]


def test_who_has_not_signed_may_not_answer_once_there_is_an_agreement():
    parts = {FIRM.id: {"A", "R"}}
    assert codes(parts) == ["R-T4"]
    assert codes(parts, has_agreement=False) == ["R-T4 before signing"]


def test_more_than_five_consulted_is_told():
    many = [MemberFacts(new_id(), new_id(), str(at), "member") for at in range(6)]
    members = {one.id: one for one in (*many, SCHOOL)}
    parts = {SCHOOL.id: {"A", "R"}, **{one.id: {"C"} for one in many}}
    assert [one.code for one in part_findings(parts, members, has_agreement=True)] == ["R-T6"]
    del parts[many[0].id]
    assert part_findings(parts, members, has_agreement=True) == []


def test_being_asked_or_told_is_no_part_and_who_left_is_not_missed():
    parts = [{SCHOOL.id: {"A", "R"}, FIRM.id: {"C"}}, {RESIDENTS.id: {"I"}}]
    assert without_part(parts, MEMBERS.values()) == ["Genitori", "Officine"]


def test_residents_are_asked_or_do_something_in_one_result_of_a_goal():
    assert lacks_community([{RESIDENTS.id: {"I"}}, {SCHOOL.id: {"C"}}], MEMBERS)
    assert not lacks_community([{SCHOOL.id: {"A"}}, {RESIDENTS.id: {"C"}}], MEMBERS)


def test_overload_is_told_only_where_hours_were_stated():
    assert overload_words(name="Scuola", needed_hours=11, hours_month=10).startswith("Scuola has 11 hours")
    assert overload_words(name="Scuola", needed_hours=10, hours_month=10) == ""
    assert overload_words(name="Scuola", needed_hours=900, hours_month=None) == ""


def test_letters_stand_in_the_order_of_reading():
    assert letters({"R", "A"}) == "A/R"
    assert letters(()) == ""
