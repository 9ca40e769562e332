from datetime import date

from partnerships.rules.action import missing_of_action
from partnerships.rules.voices import Party, Standing, standing_of_party, voices_in

TODAY = date(2026, 5, 10)


def test_who_is_there_needs_no_other_way_to_be_heard():
    assert standing_of_party(is_present=True, is_heard=True) == Standing.PRESENT
    assert standing_of_party(is_present=False, is_heard=True) == Standing.HEARD
    assert standing_of_party(is_present=False, is_heard=False) == Standing.MISSING


def test_a_sector_stands_as_its_best_member_and_each_affected_group_by_itself():
    found = voices_in(
        [
            Party("School", "education", is_affected=False, standing=Standing.MISSING),
            Party("College", "education", is_affected=False, standing=Standing.PRESENT),
            Party("Families", "", is_affected=True, standing=Standing.HEARD),
            Party("Tenants", "community", is_affected=True, standing=Standing.MISSING),
        ]
    )
    assert found == {
        "sectors": [["education", "present"], ["community", "missing"]],
        "affected": [["Families", "heard"], ["Tenants", "missing"]],
    }


def test_promise_needs_one_owner_one_day_and_one_result():
    assert missing_of_action(has_owner=True, due_on=TODAY, result="A list", today=TODAY) == {}
    assert set(missing_of_action(has_owner=False, due_on=None, result=" ", today=TODAY)) == {
        "who",
        "due_on",
        "result_expected",
    }
    assert set(missing_of_action(has_owner=True, due_on=date(2026, 5, 9), result="A", today=TODAY)) == {"due_on"}
