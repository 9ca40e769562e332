"""What maps are missing, in sentences (R-S5, R-S6)."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stakeholders.models import MapEntry, Stakeholder
from stakeholders.rules.assessment import Standing
from stakeholders.rules.naming import is_named_in, name_key
from stakeholders.rules.promise import PublicPromise, falls_short

# The kinds a partnership cannot do without; others may be missing without a word (domain 1.2).
LOOKED_FOR = (
    Stakeholder.Sector.LOCAL_BUSINESS, Stakeholder.Sector.NONPROFIT, Stakeholder.Sector.GOVERNMENT_AGENCY,
    Stakeholder.Sector.EDUCATION, Stakeholder.Sector.COMMUNITY,
)  # fmt: skip
# Words this long say who is meant, and their beginning is the same in singular and plural.
TELLING, BEGINNING = 5, 5


class GapKind(StrEnum):
    """What a gap is about; its next step follows from it."""

    SECTOR, CENTRE, NEED = "sector", "centre", "need"
    ENGAGEMENT, PROMISE, CHAMPION = "engagement", "promise", "champion"


@dataclass(frozen=True)
class LivedNeed:
    """A need of residents: what it is, who lives it in words (empty while nobody said), and its page."""

    id: uuid.UUID
    statement: str
    affected: str
    url: str


@dataclass(frozen=True)
class Gap:
    """One thing that is missing, in a sentence.

    ``about`` is the sector, the page of the need or promise, or the stakeholder's id; ``map_id`` the map it stands on;
    ``subject`` the id of the need or promise.
    """

    kind: GapKind
    text: str
    about: str = ""
    map_id: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Placed:
    """A stakeholder on a map, as gaps are looked for.

    ``people`` is how many of it are known; ``names`` are what it goes by, ``words`` what else says who it is. ``said``
    is what was said by hand of needs, by their id.
    """

    id: str
    map_id: str
    name: str
    sector: str
    status: str
    ring: int | None
    people: int
    is_person: bool
    standing: Standing
    names: Sequence[str] = ()
    words: str = ""
    is_affected: bool = False
    promise: PublicPromise | None = None
    said: Mapping[uuid.UUID, bool] = field(default_factory=dict)

    @property
    def is_centre(self) -> bool:
        """Whether it lives the issue: by its place on the map, or by what the register says."""
        return self.ring == MapEntry.Ring.LIVING_IT or self.is_affected


def gaps_in(placed: Sequence[Placed], needs: Iterable[LivedNeed] = ()) -> list[Gap]:
    """What maps are missing, people who live the issue first, the same sentence once (R-S5, R-S6)."""
    found = [*_centre(placed), *_needs(placed, needs)]
    for one in placed:
        found += _of_one(one)
    found += _sectors(placed)
    return list({gap.text: gap for gap in reversed(found)}.values())[::-1]


def lives(need: LivedNeed, one: Placed) -> bool:
    """Whether a stakeholder lives a need: as somebody said; else it is in the centre, and is who the need speaks of.

    Where the need says who, it is meant when its name stands in these words, or when both share a telling word.
    """
    if (said := one.said.get(need.id)) is not None:
        return said
    if not one.is_centre:
        return False
    if not need.affected.strip():
        return True
    return is_named_in(need.affected, one.names) or bool(
        _telling(need.affected) & _telling(" ".join([*one.names, one.words]))
    )


def _telling(text: str) -> frozenset[str]:
    return frozenset(word[:BEGINNING] for word in name_key(text) if len(word) >= TELLING)


def _sectors(placed: Sequence[Placed]) -> Iterator[Gap]:
    known = {one.sector for one in placed if one.status != Stakeholder.Status.IDENTIFIED}
    for sector in LOOKED_FOR:
        if sector not in known:
            said = _("%(sector)s: nobody on the map is known beyond the name.") % {"sector": sector.label}
            yield Gap(GapKind.SECTOR, said, sector.value)


def _centre(placed: Sequence[Placed]) -> Iterator[Gap]:
    if not any(one.ring == MapEntry.Ring.LIVING_IT for one in placed):
        yield Gap(GapKind.CENTRE, _("Nobody on the map lives the issue."))


def _needs(placed: Sequence[Placed], needs: Iterable[LivedNeed]) -> Iterator[Gap]:
    for need in needs:
        if not any(lives(need, one) for one in placed):
            said = (
                _("“%(need)s”: nobody on the map lives this need (%(who)s).")
                if need.affected
                else _("“%(need)s”: nobody on the map lives this need.")
            )
            words = said % {"need": need.statement, "who": need.affected}
            yield Gap(GapKind.NEED, words, need.url, subject=str(need.id))


def _of_one(one: Placed) -> Iterator[Gap]:
    if one.standing.has_engagement_gap:
        yield Gap(GapKind.ENGAGEMENT, _steps(one), one.id, one.map_id)
    if one.promise and falls_short(one.standing.desired_engagement, one.promise):
        said = _("%(name)s: raters want less than “%(title)s” promised publicly.")
        words = said % {"name": one.name, "title": one.promise.title}
        yield Gap(GapKind.PROMISE, words, one.promise.url, one.map_id, str(one.promise.id))
    if one.standing.is_champion and not one.is_person and one.people <= 1:
        said = _("%(name)s carries the issue, but we know one person there. Get to know a second.")
        yield Gap(GapKind.CHAMPION, said % {"name": one.name}, one.id, one.map_id)


def _steps(one: Placed) -> str:
    steps = int(one.standing.engagement_gap or 0)
    said = ngettext(
        "%(name)s: engagement is %(steps)d step below what is wanted.",
        "%(name)s: engagement is %(steps)d steps below what is wanted.",
        steps,
    )
    return said % {"name": one.name, "steps": steps}
