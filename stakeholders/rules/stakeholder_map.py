"""When a round of assessment may be closed, and how stakeholders moved between rounds (R-S4)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from core.rules.membership import ALLOWED, Verdict
from stakeholders.models import MapEntry
from stakeholders.rules.assessment import Standing

FEWEST_RATERS = 2
# Domain 1.1: people move, so a map is looked at again after half a year; after a year its scores do not count any more.
LOOKED_AT_EVERY = timedelta(days=183)


def can_close_round(*, raters: int, rings: Sequence[int | None]) -> Verdict:
    """A round counts with two raters and somebody in ring 1 (R-S4)."""
    if raters < FEWEST_RATERS:
        return Verdict(False, _("At least two people have to rate before a round is closed."))
    if MapEntry.Ring.LIVING_IT not in rings:
        return Verdict(False, _("Nobody on the map lives the issue. Say who does, or add them, then close the round."))
    return ALLOWED


def looked_at_before(today: date) -> date:
    """Maps whose last round was closed up to this day are to be looked at again."""
    return today - LOOKED_AT_EVERY


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
