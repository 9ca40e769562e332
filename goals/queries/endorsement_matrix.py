"""Who stands where on all goals of a partnership, as one table."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.access.viewer import Viewer
from core.web.space import space_url
from goals.models import EndorsementRound, Goal
from goals.queries.endorsement import RoundSheet, Stand, latest_rounds, sheet_of, with_stands
from goals.queries.goal import TONES, goals_visible_to
from goals.rules.endorsement import DISSENTING, NO_ANSWER, SHORT
from partnerships.models import Partnership

State = Goal.State


@dataclass(frozen=True)
class Cell:
    """Where one stands on one goal; without ``tone`` it was not asked."""

    tone: str = ""
    word: str = ""
    sentence: str = ""
    position: int | None = None


@dataclass(frozen=True)
class NamedCell:
    """A cell with whose it is, for phones."""

    name: str
    cell: Cell


@dataclass(frozen=True)
class MatrixRow:
    """A goal with where everybody stands on its newest wording; ``dissent`` has the reasons."""

    number: int
    title: str
    url: str
    state: str
    tone: str
    version: int
    asked_on: date | None
    answered: int
    total: int
    cells: Sequence[Cell]
    named: Sequence[NamedCell]
    dissent: Sequence[Stand]


@dataclass(frozen=True)
class Matrix:
    """Goals by who was asked; the columns are members, then groups of people affected."""

    columns: Sequence[str]
    rows: Sequence[MatrixRow]


def endorsement_matrix(viewer: Viewer, partnership: Partnership) -> Matrix:
    """Every goal a viewer sees with the newest round about it, if there was one; in four statements."""
    goals = list(goals_visible_to(viewer).filter(partnership=partnership))
    rounds = with_stands(latest_rounds().filter(goal__in=goals).order_by("goal__number", "id"))
    sheets = {found.goal_id: sheet_of(found) for found in rounds}
    columns = _columns(sheets.values())
    rows = [_row(goal, sheets.get(goal.pk), list(columns), slug=partnership.slug) for goal in goals]
    return Matrix([name for name, _is_voice in columns.values()], rows)


def _columns(sheets: Iterable[RoundSheet]) -> dict[uuid.UUID, tuple[str, bool]]:
    found: dict[uuid.UUID, tuple[str, bool]] = {}
    for sheet in sheets:
        for stand in sheet.stands:
            key = stand.member_id or stand.group_id
            if key:
                found[key] = (stand.name, stand.group_id is not None)
    return dict(sorted(found.items(), key=lambda item: (item[1][1], item[1][0].casefold())))


def _row(goal: Goal, sheet: RoundSheet | None, columns: Sequence[uuid.UUID], *, slug: str) -> MatrixRow:
    stands = {stand.member_id or stand.group_id: stand for stand in sheet.stands} if sheet else {}
    found: EndorsementRound | None = sheet.round if sheet else None
    page = "endorsement_detail" if found else "goal_detail"
    return MatrixRow(
        number=goal.number,
        title=goal.title,
        url=space_url(page, slug=slug, number=goal.number),
        state=goal.get_state_display(),
        tone=TONES[State(goal.state)],
        version=found.version_number if found else 0,
        asked_on=found.asked_on if found else None,
        answered=sheet.answered if sheet else 0,
        total=len(sheet.members) if sheet else 0,
        cells=[_cell(stands.get(key)) for key in columns],
        named=[NamedCell(stand.name, _cell(stand)) for stand in stands.values()],
        dissent=[stand for stand in stands.values() if stand.position in DISSENTING],
    )


def _cell(stand: Stand | None) -> Cell:
    if stand is None:
        return Cell()
    word = SHORT[stand.position] if stand.position else NO_ANSWER
    return Cell(stand.tone, str(word), stand.label, stand.position)
