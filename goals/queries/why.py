"""Why a goal is there: the needs it answers and the change it leads to."""

from dataclasses import dataclass

from core.access.viewer import Viewer
from goals.models import Goal, Need, TocNode
from goals.queries.need import need_url, needs_of_goal, needs_visible_to
from goals.queries.theory import nodes_visible_to
from goals.rules.theory import OUTCOMES
from partnerships.models import Partnership


@dataclass(frozen=True)
class GoalReasons:
    """The needs, with their pages, and the change, as far as a viewer sees them."""

    needs: tuple[tuple[Need, str], ...]
    outcome: TocNode | None


@dataclass(frozen=True)
class ReasonChoices:
    """What may be chosen; ``outcome`` is the choice of now."""

    needs: tuple[tuple[Need, bool], ...]
    outcomes: tuple[TocNode, ...]
    outcome: TocNode | None


def goal_reasons(viewer: Viewer, goal: Goal) -> GoalReasons:
    """Why a goal is there; two statements at most."""
    needs = tuple((need, need_url(need)) for need in needs_of_goal(viewer, goal))
    return GoalReasons(needs, _outcome(viewer, goal))


def reason_choices(viewer: Viewer, goal: Goal) -> ReasonChoices:
    """The needs and changes of the goal's partnership a viewer may tie it to."""
    chosen = set(goal.need_links.values_list("need_id", flat=True))
    needs = needs_visible_to(viewer).filter(partnership=goal.partnership)
    return ReasonChoices(
        needs=tuple((need, need.pk in chosen) for need in needs),
        outcomes=tuple(outcomes_to_choose(viewer, goal.partnership)),
        outcome=_outcome(viewer, goal),
    )


def outcomes_to_choose(viewer: Viewer, partnership: Partnership) -> list[TocNode]:
    """The changes of a partnership's theory a goal may lead to."""
    return list(nodes_visible_to(viewer).filter(partnership=partnership, level__in=OUTCOMES))


def _outcome(viewer: Viewer, goal: Goal) -> TocNode | None:
    if goal.outcome_node_id is None:
        return None
    found: TocNode | None = nodes_visible_to(viewer).filter(pk=goal.outcome_node_id).first()
    return found
