from datetime import date

import pytest

from core.templatetags.kit import TONE_ICONS, icon
from engagement.models import Theme
from engagement.rules.theme import Shown, can_publish, has_evidence, outcome_badge

TODAY = date(2026, 11, 23)
Outcome = Theme.Outcome


def theme(outcome, **fields):
    return Theme(**{"tenant_id": 1, "heard_en": "It is dark", "answer_en": "We know", "outcome": outcome, **fields})


@pytest.mark.parametrize("outcome", [Outcome.PASSED_ON, Outcome.PARTLY, Outcome.IN_PROGRESS])
def test_negative_and_half_answers_may_be_published(outcome):
    assert can_publish(theme(outcome), shown=Shown(), mode="full")


def test_open_question_may_be_published_without_an_answer():
    assert can_publish(theme(Outcome.OPEN, answer_en=""), shown=Shown(), mode="full")


def test_answer_only_in_the_other_language_is_refused():
    assert not can_publish(theme(Outcome.PARTLY, answer_en="", answer_it="Lo sappiamo"), shown=Shown(), mode="full")


@pytest.mark.parametrize("outcome", [Outcome.PLANNED, Outcome.UNDECIDED])
def test_promise_without_a_date_is_refused(outcome):
    assert not can_publish(theme(outcome), shown=Shown(), mode="full")
    assert can_publish(theme(outcome, outcome_on=TODAY), shown=Shown(), mode="full")


def test_a_no_is_published_with_its_reason_only():
    assert not can_publish(theme(Outcome.NOT_POSSIBLE), shown=Shown(), mode="light")
    assert can_publish(theme(Outcome.NOT_POSSIBLE, why_not="law"), shown=Shown(), mode="full")


@pytest.mark.parametrize(
    ("evidence", "shown", "in_light", "in_full"),
    [
        ("", Shown(), False, False),
        ("A photo", Shown(), True, False),
        ("A photo", Shown(task_state="in_progress"), False, False),
        ("", Shown(task_state="done"), True, True),
        ("", Shown(decision_state="rejected"), False, False),
        ("", Shown(decision_state="in_force"), True, True),
        ("", Shown(is_milestone_reached=False), False, False),
        ("", Shown(is_milestone_reached=True), True, True),
        ("", Shown(task_state="in_progress", is_milestone_reached=True), True, True),
    ],
)
def test_did_rests_on_what_did_it_and_in_a_light_partnership_on_a_sentence(evidence, shown, in_light, in_full):
    done = theme(Outcome.DONE, evidence=evidence)
    for mode, allowed in (("light", in_light), ("full", in_full)):
        assert bool(has_evidence(done, shown=shown, mode=mode)) is allowed
        assert bool(can_publish(done, shown=shown, mode=mode)) is allowed


def test_promise_whose_date_is_over_no_longer_looks_like_one():
    before = outcome_badge(Outcome.PLANNED, TODAY, today=TODAY)
    after = outcome_badge(Outcome.PLANNED, date(2026, 11, 22), today=TODAY)
    assert (str(before.label), str(after.label)) == ("Planned", "The date is over: we owe an answer")
    assert str(outcome_badge(Outcome.DONE, date(2026, 1, 1), today=TODAY).label) == "Done"


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_colour_icon_and_word(outcome):
    badge = outcome_badge(outcome, None, today=TODAY)
    assert badge.tone in TONE_ICONS
    assert icon(badge.icon)
    assert str(badge.label)
