import re

from goals.rules.sdg import sdg_choices, sdg_targets
from metrics.rules.sdg import GOALS

# How many targets each goal has (General Assembly resolution 70/1).
COUNTS = [7, 8, 13, 10, 9, 8, 5, 12, 8, 10, 10, 11, 5, 10, 12, 12, 19]


def test_all_targets_are_there_in_the_order_of_their_goals():
    targets = list(sdg_targets().values())
    assert len(targets) == 169
    assert [sum(target.goal == goal for target in targets) for goal in GOALS] == COUNTS
    assert [target.goal for target in targets] == sorted(target.goal for target in targets)
    assert all(re.fullmatch(r"\d{1,2}\.(\d{1,2}|[a-d])", target.code) for target in targets)


def test_every_target_is_said_in_both_languages():
    for target in sdg_targets().values():
        assert target.words.text_en != target.words.text_it
        assert target.words.text_en.strip()
        assert target.words.text_it.strip()


def test_targets_are_chosen_under_their_goal():
    groups = dict(sdg_choices("it"))
    assert ("4.4", "4.4 Più giovani e adulti con competenze per il lavoro") in groups["4. Istruzione di qualità"]
