"""Which goals an agreement names, and when one of them is another."""

import pytest

from goals.rules.agreed_goal import is_another, is_named

TEXT = "## 3\n\n- By 31 December 2026, increase places to 60.\n\nWe care for Good Placements, too."


@pytest.mark.parametrize(
    ("sentences", "titles", "named"),
    [
        (["By 31 December 2026, increase places to 60."], [], True),
        (["By 31 December 2027, increase places to 60.", ""], [], False),
        ([], ["Good placements"], True),
        ([], ["Good placement"], False),
        ([], ["We care"], False),
        ([], [""], False),
    ],
)
def test_goal_is_named_by_its_sentence_or_its_whole_title(sentences, titles, named):
    assert is_named(TEXT, sentences=sentences, titles=titles) is named


@pytest.mark.parametrize(
    ("now", "another"),
    [
        ({"target_value": "60", "title_en": "Placements"}, False),
        ({"target_value": "60", "population_en": None}, False),
        ({"target_value": "50"}, True),
        ({"target_value": "60", "ends_on": "2027-12-31"}, True),
    ],
)
def test_commitment_is_another_when_what_asks_for_a_new_version_differs(now, another):
    before = {"target_value": "60", "title_en": "Good placements", "population_en": ""}
    assert is_another(before, now) is another
