"""A body beside the community it should reflect: who may be counted how, parity, and the sheet (domain 1.5).

Which counts are hidden. Counts of organisations, by sector or size, known from their role and written down by name in
the register already, say nothing of a person: they are shown as they are. All others are about people (where somebody
lives, how old they are, what they have lived through), also when someone knows them from a role, and every count that
people gave under the promise of the anonymous form is; of these only what ``representation_hiding`` lets through is
shown (R-S9). Where domain 1.5 asks for five answers, an answer of "not stated" is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stakeholders.models import ReferenceProfile, RepresentationAudit
from stakeholders.rules.representation_hiding import SMALLEST_TOLD, Cell, Showing, told

Dimension, Method = ReferenceProfile.Dimension, RepresentationAudit.Method
OF_ORGANISATIONS = frozenset({Dimension.SECTOR, Dimension.SIZE})
# What a role may tell of whoever fills it. All else nobody is to guess or look up of another person.
KNOWN_FROM_ROLE = OF_ORGANISATIONS | {Dimension.NEIGHBOURHOOD}
# Below it a share is told as "x of n" (R-S10).
FEWEST_FOR_PERCENT = 20
# In one group of a body: more is a slip of the pen.
MOST_COUNTED = 1_000_000
SAY_MISSING = gettext_lazy("Say which voices are missing, or that none is.")
SAY_ACTION, SAY_WHEN = gettext_lazy("Say what you will do about it."), gettext_lazy("Say by when.")
STRONGLY_UNDER_BELOW, UNDER_BELOW, OVER_ABOVE = Fraction(1, 2), Fraction(4, 5), Fraction(5, 4)


class Band(StrEnum):
    """Where a group stands (R-S8). ``UNKNOWN``: its count is hidden and several bands are possible."""

    STRONGLY_UNDER = "strongly_under"
    UNDER = "under"
    IN_LINE = "in_line"
    OVER = "over"
    TOO_SMALL = "too_small"
    UNKNOWN = "unknown"


class State(StrEnum):
    """How much of a count may be told."""

    EMPTY = "empty"
    TOO_FEW = "too_few"
    WITHHELD = "withheld"
    TOLD = "told"


@dataclass(frozen=True)
class Group:
    """A group of a profile: how many there are in the community, and how many in the body."""

    label: str
    population: int
    count: int


@dataclass(frozen=True)
class SheetRow:
    """A group as it may be shown. ``parity`` is its share in the body divided by its share in the community."""

    label: str
    population: int
    population_share: Fraction
    cell: Cell
    parity: Fraction | None
    band: Band

    @property
    def is_nobody(self) -> bool:
        """Whether the group is known to be absent."""
        return self.cell.count == 0


@dataclass(frozen=True)
class Sheet:
    """A body beside its community, as everybody who may see it sees it.

    ``stated`` are the people with a known group and the base of all shares, ``not_stated`` those without. With fewer
    than five stated, neither is told: only how many answered, ``answers``.
    """

    state: State
    answers: int
    stated: int | None
    not_stated: int | None
    rows: tuple[SheetRow, ...]

    @property
    def has_percentages(self) -> bool:
        """Whether there are enough people for a percentage to mean something (R-S10)."""
        return (self.stated or 0) >= FEWEST_FOR_PERCENT

    def rows_in(self, band: Band) -> list[SheetRow]:
        """The groups that stand there."""
        return [row for row in self.rows if row.band == band]


def is_hidden_where_small(*, dimension: str, method: str) -> bool:
    """Whether counts are of people, so that small ones are hidden; why, says the head of this module."""
    return method != Method.KNOWN_ROLE or dimension not in OF_ORGANISATIONS


def is_sensitive(dimension: str) -> bool:
    """Whether only people themselves may say it, without a name (R-S9, R-D5)."""
    return dimension not in KNOWN_FROM_ROLE


def parity_of(*, count: int, stated: int, population_share: Fraction) -> Fraction:
    """Share in the body divided by share in the population (R-S8); both of them must not be nothing."""
    return Fraction(count, stated) / population_share


def band_of(*, count: int, stated: int, population_share: Fraction) -> Band:
    """Where so many of a body stand; no flag where fewer than one would be expected (R-S8)."""
    if stated * population_share < 1:
        return Band.TOO_SMALL
    parity = parity_of(count=count, stated=stated, population_share=population_share)
    if parity < STRONGLY_UNDER_BELOW:
        return Band.STRONGLY_UNDER
    if parity < UNDER_BELOW:
        return Band.UNDER
    return Band.OVER if parity > OVER_ABOVE else Band.IN_LINE


def sheet_of(groups: Sequence[Group], *, not_stated: int, hides_small: bool) -> Sheet:
    """What may be shown. ``hides_small`` as ``is_hidden_where_small`` says."""
    stated = sum(group.count for group in groups)
    answers = stated + not_stated
    everybody = sum(group.population for group in groups)
    if not answers or (hides_small and stated < SMALLEST_TOLD):
        state = State.TOO_FEW if answers else State.EMPTY
        return Sheet(state, answers, None, None, ())
    cells = [Cell(Showing.COUNT, group.count) for group in groups]
    if hides_small:
        cells = list(told([group.count for group in groups], [group.population for group in groups]))
    rows = tuple(
        _row(group, cell, stated=stated, everybody=everybody) for group, cell in zip(groups, cells, strict=True)
    )
    is_withheld = all(cell.showing is Showing.WITHHELD for cell in cells)
    return Sheet(State.WITHHELD if is_withheld else State.TOLD, answers, stated, not_stated, rows)


def _row(group: Group, cell: Cell, *, stated: int, everybody: int) -> SheetRow:
    share = Fraction(group.population, everybody) if everybody else Fraction(0)
    parity = None
    if cell.count is not None and stated and stated * share >= 1:
        parity = parity_of(count=cell.count, stated=stated, population_share=share)
    return SheetRow(
        group.label, group.population, share, cell, parity, _band(cell, stated=stated, population_share=share)
    )


def _band(cell: Cell, *, stated: int, population_share: Fraction) -> Band:
    """The band of a count, or the one that all counts it may be have in common; "under" takes in "strongly under"."""
    if cell.showing is Showing.WITHHELD and stated * population_share >= 1:
        return Band.UNKNOWN
    counts = range(SMALLEST_TOLD) if cell.count is None else [cell.count]
    possible = {band_of(count=count, stated=stated, population_share=population_share) for count in counts}
    if len(possible) == 1:
        return possible.pop()
    return Band.UNDER if possible == {Band.STRONGLY_UNDER, Band.UNDER} else Band.UNKNOWN


def refused_in_audit(*, dimension: str, method: str, audited_on: date, today: date) -> dict[str, str]:
    """What stands against an audit, by field: a guess about people, or a day to come."""
    found = {}
    if method == Method.KNOWN_ROLE and is_sensitive(dimension):
        found["method"] = _("Nobody can know this of others. Only people themselves may say it, without their name.")
    if audited_on > today:
        found["audited_on"] = _("This day is still to come.")
    return found


def missing_to_close(*, missing_voices: str, action: str, action_on: date | None, today: date) -> dict[str, str]:
    """What an audit still needs to be closed, by field (R-S11)."""
    found = {}
    if not missing_voices.strip():
        found["missing_voices"] = str(SAY_MISSING)
    if not action.strip():
        found["action"] = str(SAY_ACTION)
    if action_on is None:
        found["action_on"] = str(SAY_WHEN)
    elif action_on < today:
        found["action_on"] = _("This day has passed. Choose one to come.")
    return found
