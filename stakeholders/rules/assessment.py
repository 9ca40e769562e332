"""What raters' scores say together: quadrants, where raters differ, salience, engagement (R-S1 to R-S5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SCORES = ("power", "interest", "legitimacy", "urgency", "attitude")
# R-S1: a mean from here is high; raters who are this far apart differ; what is older than a year is not counted.
HIGH = Decimal("3.5")
FAR_APART = 2
COUNTS_FOR = timedelta(days=365)
# R-S3: a mean from here makes a stakeholder powerful, legitimate or urgent.
SALIENT = Decimal(4)
# R-S5: engagement this many steps below what is wanted is a gap; an attitude from here is a champion's.
ENGAGEMENT_GAP = 2
CHAMPION = Decimal("4.5")


SCORE_WORDS: dict[str, str | Promise] = {
    "power": gettext_lazy("power"),
    "interest": gettext_lazy("stake"),
    "legitimacy": gettext_lazy("legitimacy"),
    "urgency": gettext_lazy("urgency"),
    "attitude": gettext_lazy("attitude"),
}


class Quadrant(models.TextChoices):
    """The four fields of power and interest."""

    WORK_TOGETHER = "work_together", gettext_lazy("Work side by side")
    SATISFY = "satisfy", gettext_lazy("Keep satisfied")
    INVEST = "invest", gettext_lazy("Invest in their taking part")
    OPEN_DOOR = "open_door", gettext_lazy("Keep the door open")


# R-S2: whoever has a lot at stake and little power is who partnerships lose; the classic grid would only inform them.
ADVICE: dict[str, str | Promise] = {
    Quadrant.WORK_TOGETHER: gettext_lazy("Work side by side: plan and decide with them."),
    Quadrant.SATISFY: gettext_lazy("Keep them satisfied, and find an interest you share."),
    Quadrant.INVEST: gettext_lazy("Invest: help them take part, with time, money and a seat."),
    Quadrant.OPEN_DOOR: gettext_lazy("Keep the door open, and tell them how it goes."),
}


class Salience(StrEnum):
    """Which of power, legitimacy and urgency are high: seven classes and none (Mitchell, Agle and Wood 1997)."""

    NONE, P, L, U, PL, PU, LU, PLU = "none", "P", "L", "U", "PL", "PU", "LU", "PLU"


# R-S3: neutral words, because the person may read the record.
SALIENCE_WORDS: dict[str, str | Promise] = {
    Salience.NONE: gettext_lazy("Not on the map now"),
    Salience.P: gettext_lazy("Potential"),
    Salience.L: gettext_lazy("Recognised"),
    Salience.U: gettext_lazy("Pressing"),
    Salience.PL: gettext_lazy("Influential"),
    Salience.LU: gettext_lazy("Depends on others"),
    Salience.PU: gettext_lazy("Forceful"),
    Salience.PLU: gettext_lazy("Central"),
}


@dataclass(frozen=True)
class Scored:
    """One rater's scores of one stakeholder; None was not given."""

    rater: object
    rated_on: date
    power: int | None = None
    interest: int | None = None
    legitimacy: int | None = None
    urgency: int | None = None
    attitude: int | None = None
    current_engagement: int | None = None
    desired_engagement: int | None = None


@dataclass(frozen=True)
class Standing:
    """What all raters say together of one stakeholder; a mean nobody scored is None."""

    raters: int
    means: Mapping[str, Decimal | None]
    spreads: Mapping[str, tuple[int, int]]
    quadrant: Quadrant | None
    salience: Salience | None
    current_engagement: Decimal | None
    desired_engagement: Decimal | None

    @property
    def differ(self) -> list[str]:
        """The scores on which raters are two or more apart (R-S1)."""
        return [name for name, (low, high) in self.spreads.items() if high - low >= FAR_APART]

    @property
    def engagement_gap(self) -> Decimal | None:
        """By how many steps engagement is below what is wanted; None when one of the two is not known."""
        if self.current_engagement is None or self.desired_engagement is None:
            return None
        return self.desired_engagement - self.current_engagement

    @property
    def has_engagement_gap(self) -> bool:
        """Whether that is two steps or more (R-S5)."""
        return self.engagement_gap is not None and self.engagement_gap >= ENGAGEMENT_GAP

    @property
    def is_champion(self) -> bool:
        """Whether raters see somebody who carries the issue."""
        attitude = self.means["attitude"]
        return attitude is not None and attitude >= CHAMPION


def standing_of(scored: Iterable[Scored], *, today: date | None = None) -> Standing:
    """Put the latest scores of each rater together; with ``today`` those of the last twelve months only (R-S1)."""
    latest: dict[object, Scored] = {}
    for one in sorted(scored, key=lambda one: one.rated_on):
        if today is None or counts_on(one.rated_on, today=today):
            latest[one.rater] = one
    ones = list(latest.values())
    given = {name: [score for one in ones if (score := getattr(one, name)) is not None] for name in SCORES}
    means = {name: _mean(scores) for name, scores in given.items()}
    return Standing(
        raters=len(ones),
        means=means,
        spreads={name: (min(scores), max(scores)) for name, scores in given.items() if scores},
        quadrant=quadrant_of(means["power"], means["interest"]),
        salience=salience_of(means["power"], means["legitimacy"], means["urgency"]),
        current_engagement=_mean([one.current_engagement for one in ones if one.current_engagement is not None]),
        desired_engagement=_mean([one.desired_engagement for one in ones if one.desired_engagement is not None]),
    )


def counts_on(rated_on: date, *, today: date) -> bool:
    """Whether scores of a day still count: for twelve months (R-S1)."""
    return rated_on > today - COUNTS_FOR


def quadrant_of(power: Decimal | None, interest: Decimal | None) -> Quadrant | None:
    """The field of two means (R-S1); None while one is missing."""
    if power is None or interest is None:
        return None
    if power >= HIGH:
        return Quadrant.WORK_TOGETHER if interest >= HIGH else Quadrant.SATISFY
    return Quadrant.INVEST if interest >= HIGH else Quadrant.OPEN_DOOR


def salience_of(power: Decimal | None, legitimacy: Decimal | None, urgency: Decimal | None) -> Salience | None:
    """The class of three means (R-S3); None while one is missing."""
    if power is None or legitimacy is None or urgency is None:
        return None
    code = "".join(letter for letter, mean in zip("PLU", (power, legitimacy, urgency), strict=True) if mean >= SALIENT)
    return Salience(code or "none")


def faults_of(scores: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with scores somebody wants to give, by field: nothing scored, or a 1 or 5 without its reason."""
    given = [scores.get(name) for name in SCORES if scores.get(name) is not None]
    if not given and scores.get("current_engagement") is None and scores.get("desired_engagement") is None:
        return {"power": _("Give at least one score, or go on to the next.")}
    if {1, 5} & set(given) and not str(scores.get("reason") or "").strip():
        return {"reason": _("You gave a 1 or a 5: write in a few words why.")}
    return {}


def _mean(scores: list[int]) -> Decimal | None:
    return Decimal(sum(scores)) / len(scores) if scores else None
