"""Who could take on a task or a role: candidates with their reasons, never a choice (R-T1, R-T2)."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stakeholders.models import Strength

Willing, Level = Strength.Willing, Strength.Level
WILLINGNESS = (Willing.LEAD, Willing.HELP, Willing.ADVISE, Willing.NOT_ASKED)


@dataclass(frozen=True)
class Holder:
    """A stakeholder that has the skill. ``free_hours`` a month, None when nobody said how many it has."""

    id: uuid.UUID
    name: str
    level: int
    willing: str
    free_hours: int | None
    available_from: date | None = None
    available_until: date | None = None
    is_confirmed: bool = False


@dataclass(frozen=True)
class Candidate:
    """A holder with why it stands where it stands in the list."""

    holder: Holder
    reasons: tuple[str, ...]


def candidates_among(holders: Iterable[Holder], *, today: date) -> list[Candidate]:
    """Holders who are available, the most willing first, then by free hours, then by level (R-T1).

    Nobody is ever chosen by the list. Hours nobody stated come after any that are free, before none.
    """
    there = [one for one in holders if one.available_until is None or one.available_until >= today]
    ranked = sorted(there, key=_rank)
    return [Candidate(one, tuple(_reasons(one, today))) for one in ranked]


def _rank(one: Holder) -> tuple[int, float, int, str]:
    hours = 0.5 if one.free_hours is None else max(one.free_hours, 0)
    return WILLINGNESS.index(Willing(one.willing)), -hours, -one.level, one.name


def _reasons(one: Holder, today: date) -> Iterable[str]:
    yield str(Willing(one.willing).label)
    if one.free_hours is None:
        yield _("nobody asked how many hours it has")
    elif one.free_hours > 0:
        yield ngettext("%(hours)d hour a month free", "%(hours)d hours a month free", one.free_hours) % {
            "hours": one.free_hours
        }
    else:
        yield _("no hours free")
    yield str(Level(one.level).label)
    if one.available_from and one.available_from > today:
        yield _("only from a later day")
    if not one.is_confirmed:
        yield _("not confirmed by the organisation")
