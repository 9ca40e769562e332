"""Who stands where on all goals of a partnership, as one table."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.access.viewer import Viewer
from core.web.space import space_url
from goals.models import EndorsementRound, Goal
from goals.queries.endorsement import RoundSheet, Stand, sheet_of, with_stands
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
class EarlierStand:
    """What somebody who has not answered yet objected to in the wording before."""

    version: int
    stand: Stand


@dataclass(frozen=True)
class MatrixRow:
    """A goal with where everybody stands on its newest wording; ``dissent`` has the reasons.

    Another wording does not wipe out an objection: until who raised it has answered anew, it is in ``still_open``.
    """

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
    still_open: Sequence[EarlierStand]


@dataclass(frozen=True)
class Matrix:
    """Goals by who was asked; the columns are members, then groups of people affected."""

    columns: Sequence[str]
    rows: Sequence[MatrixRow]


def endorsement_matrix(viewer: Viewer, partnership: Partnership) -> Matrix:
    """Every goal a viewer sees with the newest round about it, if there was one; in four statements."""
    goals = list(goals_visible_to(viewer).filter(partnership=partnership))
    rounds = with_stands(EndorsementRound.objects.filter(goal__in=goals).order_by("goal__number", "-number", "id"))
    sheets: dict[uuid.UUID, list[RoundSheet]] = {}
    for found in rounds:
        sheets.setdefault(found.goal_id, []).append(sheet_of(found))
    columns = _columns([found[0] for found in sheets.values()])
    rows = [_row(goal, sheets.get(goal.pk, []), list(columns), slug=partnership.slug) for goal in goals]
    return Matrix([name for name, _is_voice in columns.values()], rows)


def _columns(sheets: Iterable[RoundSheet]) -> dict[uuid.UUID, tuple[str, bool]]:
    found: dict[uuid.UUID, tuple[str, bool]] = {}
    for sheet in sheets:
        for stand in sheet.stands:
            key = stand.member_id or stand.group_id
            if key:
                found[key] = (stand.name, stand.group_id is not None)
    return dict(sorted(found.items(), key=lambda item: (item[1][1], item[1][0].casefold())))


def _row(goal: Goal, sheets: Sequence[RoundSheet], columns: Sequence[uuid.UUID], *, slug: str) -> MatrixRow:
    sheet = sheets[0] if sheets else None
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
        still_open=_still_open(sheets),
    )


def _still_open(sheets: Sequence[RoundSheet]) -> list[EarlierStand]:
    """The objections to the wording before, of those who have not answered since; none once a round has ended."""
    if len(sheets) < 2 or not sheets[0].round.is_open:  # noqa: PLR2004 - the newest and the one before
        return []
    now, before = sheets[0], sheets[1]
    silent = {stand.member_id for stand in now.members if not stand.answer}
    heard = {stand.group_id for stand in now.voices}
    return [
        EarlierStand(before.round.version_number, stand)
        for stand in before.dissent
        if stand.member_id in silent or (stand.group_id is not None and stand.group_id not in heard)
    ]


def _cell(stand: Stand | None) -> Cell:
    if stand is None:
        return Cell()
    word = SHORT[stand.position] if stand.position else NO_ANSWER
    return Cell(stand.tone, str(word), stand.label, stand.position)
