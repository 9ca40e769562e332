"""Reading the parts of a goal and what it is a part of."""

import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.access.viewer import Viewer
from goals.models import Goal
from goals.queries.goal import GoalRow, GoalSheet, as_goal_row, goal_sheet, goals_visible_to, with_standing
from goals.rules.nesting import Part, is_below, roll_up_sentence, rolled_up
from metrics.rules.sentence import Sentence


@dataclass(frozen=True)
class PartRow:
    """A part as its whole shows it."""

    goal: Goal
    row: GoalRow
    weight: int | None


@dataclass(frozen=True)
class Parts:
    """The parts of a goal, and how far they have come together; ``bar`` is None where that is not known."""

    rows: tuple[PartRow, ...]
    says: Sentence
    bar: float | None


def parts_of_goal(viewer: Viewer, goal: Goal, *, today: date, language: str) -> Parts:
    """The parts of a goal that a viewer may see; while one is out of sight nothing is added up."""
    shown = list(with_standing(goals_visible_to(viewer).filter(parent=goal)))
    rows = tuple(PartRow(part, as_goal_row(part, today=today, language=language), part.weight) for part in shown)
    if len(shown) < Goal.objects.filter(parent=goal).count():
        hidden = Sentence("Some parts are not open to you.", "Alcune parti non sono visibili a te.")
        return Parts(rows, hidden, None)
    measured = [Part(part.weight, _progress(goal_sheet(part, today=today))) for part in shown]
    whole = rolled_up(measured)
    return Parts(rows, roll_up_sentence(measured), None if whole is None else float(whole))


def _progress(sheet: GoalSheet) -> Decimal | None:
    return sheet.judgement.progress if sheet.judgement else None


def goals_above(viewer: Viewer, goal: Goal | None, *, partnership_id: uuid.UUID) -> list[Goal]:
    """The goals another may be a part of: of the same partnership, neither itself nor one of its own parts."""
    rows = list(goals_visible_to(viewer).filter(partnership_id=partnership_id))
    if goal is None:
        return rows
    parents = {found.pk: found.parent_id for found in rows}
    return [found for found in rows if found.pk != goal.pk and not is_below(found.pk, goal.pk, parents)]
