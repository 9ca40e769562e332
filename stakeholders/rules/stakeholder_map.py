"""When a round of assessment may be closed, and what a map is missing (R-S4, R-S5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.rules.membership import ALLOWED, Verdict
from stakeholders.models import MapEntry, Stakeholder
from stakeholders.rules.assessment import Standing

FEWEST_RATERS = 2
# The kinds a partnership cannot do without; others may be missing without a word (domain 1.2).
LOOKED_FOR = (
    Stakeholder.Sector.LOCAL_BUSINESS, Stakeholder.Sector.NONPROFIT, Stakeholder.Sector.GOVERNMENT_AGENCY,
    Stakeholder.Sector.EDUCATION, Stakeholder.Sector.COMMUNITY,
)  # fmt: skip


@dataclass(frozen=True)
class Placed:
    """A stakeholder on a map, as gaps are looked for; ``people`` is how many of it are known."""

    name: str
    sector: str
    status: str
    ring: int | None
    people: int
    is_person: bool
    standing: Standing


def can_close_round(*, raters: int, rings: Sequence[int | None]) -> Verdict:
    """A round counts with two raters and somebody in ring 1 (R-S4)."""
    if raters < FEWEST_RATERS:
        return Verdict(False, _("At least two people have to rate before a round is closed."))
    if MapEntry.Ring.LIVING_IT not in rings:
        return Verdict(False, _("Nobody on the map lives the issue. Say who does, or add them, then close the round."))
    return ALLOWED


def gaps_in(placed: Sequence[Placed]) -> list[str]:
    """What the map is missing, in sentences (R-S5)."""
    known = {one.sector for one in placed if one.status != Stakeholder.Status.IDENTIFIED}
    found = [
        _("%(sector)s: nobody on the map is known beyond the name.") % {"sector": sector.label}
        for sector in LOOKED_FOR
        if sector not in known
    ]
    if not any(one.ring == MapEntry.Ring.LIVING_IT for one in placed):
        found.append(_("Nobody on the map lives the issue."))
    for one in placed:
        if one.standing.has_engagement_gap:
            found.append(_steps(one))
        if one.standing.is_champion and not one.is_person and one.people <= 1:
            found.append(
                _("%(name)s carries the issue, but we know one person there. Get to know a second.")
                % {"name": one.name}
            )
    return found


def _steps(one: Placed) -> str:
    steps = int(one.standing.engagement_gap or 0)
    said = ngettext(
        "%(name)s: engagement is %(steps)d step below what is wanted.",
        "%(name)s: engagement is %(steps)d steps below what is wanted.",
        steps,
    )
    return said % {"name": one.name, "steps": steps}


def moved_words(before: Standing, now: Standing) -> str:
    """How a stakeholder moved between two rounds, in words; empty when it did not or cannot be told."""
    if before.quadrant is None or now.quadrant is None:
        return ""
    parts = [part for name, words in _directions().items() if (part := _direction(before, now, name, words))]
    if before.quadrant != now.quadrant:
        change = {"before": before.quadrant.label, "now": now.quadrant.label}
        parts.append(_("from “%(before)s” to “%(now)s”") % change)
    return ", ".join(parts)


def _directions() -> Mapping[str, tuple[str, str]]:
    return {
        "power": (_("more power"), _("less power")),
        "interest": (_("more interest"), _("less interest")),
        "attitude": (_("more in favour"), _("less in favour")),
    }


def _direction(before: Standing, now: Standing, name: str, words: tuple[str, str]) -> str:
    first, second = before.means[name], now.means[name]
    # Half a point is within what two raters make of the same thing.
    if first is None or second is None or abs(second - first) < 1:
        return ""
    return words[0] if second > first else words[1]
