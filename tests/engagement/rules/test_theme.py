from datetime import date

import pytest

from core.templatetags.kit import TONE_ICONS, icon
from engagement.models import Theme
from engagement.rules.theme import can_publish, has_evidence, outcome_badge

TODAY = date(2026, 11, 23)
Outcome = Theme.Outcome


def theme(outcome, **fields):
    return Theme(**{"tenant_id": 1, "heard_en": "It is dark", "answer_en": "We know", "outcome": outcome, **fields})


@pytest.mark.parametrize("outcome", [Outcome.NOT_POSSIBLE, Outcome.PASSED_ON, Outcome.PARTLY, Outcome.IN_PROGRESS])
def test_negative_and_half_answers_may_be_published(outcome):
    assert can_publish(theme(outcome), task_state=None)


def test_open_question_may_be_published_without_an_answer():
    assert can_publish(theme(Outcome.OPEN, answer_en=""), task_state=None)


def test_answer_only_in_the_other_language_is_refused():
    assert not can_publish(theme(Outcome.PARTLY, answer_en="", answer_it="Lo sappiamo"), task_state=None)


@pytest.mark.parametrize("outcome", [Outcome.PLANNED, Outcome.UNDECIDED])
def test_promise_without_a_date_is_refused(outcome):
    assert not can_publish(theme(outcome), task_state=None)
    assert can_publish(theme(outcome, outcome_on=TODAY), task_state=None)


@pytest.mark.parametrize(
    ("evidence", "task_state", "allowed"),
    [("", None, False), ("A photo", None, True), ("", "in_progress", False), ("", "done", True)],
)
def test_done_needs_evidence_or_a_finished_task(evidence, task_state, allowed):
    done = theme(Outcome.DONE, evidence=evidence)
    assert bool(has_evidence(done, task_state=task_state)) is allowed
    assert bool(can_publish(done, task_state=task_state)) is allowed


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
