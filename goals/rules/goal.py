"""The life of a goal as decisions (domain 4.3, R-G1, R-G3)."""

from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.rules.membership import ALLOWED, Verdict
from goals.models import Goal
from goals.rules.smart import Check, failures
from goals.rules.wording import is_slip
from partnerships.rules.severity import Finding

State = Goal.State

# Everything may still be written; from adoption on a change is a version.
OPEN_STATES = (State.DRAFT, State.PROPOSED, State.IN_ENDORSEMENT)
RUNNING_STATES = (State.ADOPTED, State.ACTIVE, State.UNDER_REVIEW)
FINAL_STATES = (State.ACHIEVED, State.PARTLY_ACHIEVED, State.NOT_ACHIEVED, State.DISCONTINUED)
# A goal is told once the partners adopted it, and stays told however it ended, but for one that was given up.
TOLD_STATES = (*RUNNING_STATES, State.ACHIEVED, State.PARTLY_ACHIEVED, State.NOT_ACHIEVED)
TRANSITIONS: dict[str, tuple[State, ...]] = {
    State.DRAFT: (State.PROPOSED,),
    State.PROPOSED: (State.IN_ENDORSEMENT, State.ADOPTED, State.DRAFT),
    State.IN_ENDORSEMENT: (State.ADOPTED, State.DRAFT),
    State.ADOPTED: (State.ACTIVE, *FINAL_STATES),
    State.ACTIVE: (State.UNDER_REVIEW, *FINAL_STATES),
    State.UNDER_REVIEW: (State.ACTIVE, *FINAL_STATES),
    **dict.fromkeys(FINAL_STATES, ()),
}
# What changes only by a new version once adopted (R-G3); dates in between and words of explanation stay free.
VERSIONED = (
    "direction",
    "indicator",
    "target_value",
    "ends_on",
    "population_en",
    "population_it",
    "place_en",
    "place_it",
)
# Of these, what is written in words: a slip of the pen may be mended without asking anybody again.
IN_WORDS = ("population_en", "population_it", "place_en", "place_it")
# What a goal aims at: another one after two readings off track needs a review first (R-G9).
OF_TARGET = ("target_value", "ends_on", "indicator", "direction")
SHORTEST_REASON = 10
# Few and used: what is measured beyond this for each goal is seldom looked at (R-I5).
MOST_INDICATORS_A_GOAL = 3


def can_move_goal(*, state: str, to: str) -> Verdict:
    """Whether a goal may go from one state to another."""
    if to not in TRANSITIONS[state]:
        return Verdict(False, _("The goal cannot go there from its present state."))
    return ALLOWED


def can_commit_to(checks: Sequence[Check]) -> Verdict:
    """Whether a goal may be proposed or adopted: nothing fails (R-G1)."""
    if failures(checks):
        return Verdict(False, _("Some checks are not met yet. Mend what is marked first."))
    return ALLOWED


def can_edit_goal(*, state: str) -> Verdict:
    """Whether a goal's fields may be written freely."""
    if state in FINAL_STATES:
        return Verdict(False, _("This goal is closed."))
    return ALLOWED


def changes_commitment(changes: Mapping[str, Sequence[str]]) -> bool:
    """Whether changed fields, each with its text before and after, are another commitment (R-G3); a typo is not."""
    return any(name in VERSIONED and not (name in IN_WORDS and is_slip(*texts)) for name, texts in changes.items())


def can_ask_partners(*, level: int) -> Verdict:
    """Whether partners can be asked about a goal: only about one they may see."""
    if level < Visibility.PARTNERS:
        return Verdict(False, _("Partners cannot see this goal or its numbers. Choose who may see it first."))
    return ALLOWED


def are_too_many(*, indicators: int, goals: int) -> bool:
    """Whether there are more indicators than people will use: above three for each goal (R-I5)."""
    return indicators > MOST_INDICATORS_A_GOAL * max(goals, 1)


def version_findings(*, changed: Collection[str], has_decision: bool, is_review_forced: bool) -> list[Finding]:
    """What the rules do not like about another version: no decision behind it (R-G3), no review before it (R-G9)."""
    found = []
    if is_review_forced and any(name in OF_TARGET for name in changed):
        found.append(
            Finding("R-G9", _("The goal was off track twice in a row. Review it first; then its target may change."))
        )
    if not has_decision:
        found.append(Finding("R-G3", _("Choose the decision this change rests on.")))
    return found


def is_reason_given(reason: str) -> bool:
    """Whether a reason for a new version says something."""
    return len(reason.strip()) >= SHORTEST_REASON


def is_told(*, state: str, level: int, cap: int) -> bool:
    """Whether everybody reads of a goal on a page of its own."""
    return state in TOLD_STATES and min(level, cap) == Visibility.PUBLIC
