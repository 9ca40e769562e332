"""What the goals and indicators of a template are made of. Days count from the partnership's start."""

from dataclasses import dataclass
from decimal import Decimal

from goals.models import Goal
from metrics.models import Indicator

Unit = Indicator.Unit
Kind = Indicator.Kind
Frequency = Indicator.Frequency
Direction = Goal.Direction


@dataclass(frozen=True)
class KitIndicator:
    """An indicator; ``baseline`` is an example: a value, or for a percentage its two numbers.

    Without a baseline it is to be measured within ``baseline_due`` days.
    """

    code: str
    name_en: str
    name_it: str
    source_en: str
    source_it: str
    kind: Kind = Kind.OUTPUT
    unit: Unit = Unit.COUNT
    frequency: Frequency = Frequency.QUARTERLY
    unit_label_en: str = ""
    unit_label_it: str = ""
    wants_increase: bool = True
    definition_en: str = ""
    definition_it: str = ""
    baseline: tuple[Decimal, ...] = ()
    baseline_due: int | None = None


@dataclass(frozen=True)
class KitMilestone:
    """A point on the way."""

    title_en: str
    title_it: str
    due: int


@dataclass(frozen=True)
class KitGoal:
    """A goal whose target and dates are examples. ``equity_*`` is what the template says about those left out."""

    code: str
    title_en: str
    title_it: str
    direction: Direction
    population_en: str
    population_it: str
    place_en: str
    place_it: str
    indicator: str
    target: Decimal
    ends: int
    milestones: tuple[KitMilestone, ...]
    equity_en: str
    equity_it: str


@dataclass(frozen=True)
class GoalKit:
    """The goals of a template with all its indicators."""

    code: str
    indicators: tuple[KitIndicator, ...]
    goals: tuple[KitGoal, ...]


def figures(*numbers: int) -> tuple[Decimal, ...]:
    """Example numbers."""
    return tuple(Decimal(number) for number in numbers)


SHARED = (
    KitIndicator(
        "P-1",
        "Kept promises rate",
        "Quota di impegni mantenuti",
        "tasks done by the first agreed date, out of tasks due",
        "compiti conclusi entro la prima data concordata, sui compiti scaduti",
        kind=Kind.PROCESS,
        unit=Unit.PERCENT,
    ),
    KitIndicator(
        "P-2",
        "Residents' themes answered in time",
        "Temi dei residenti con risposta nei tempi",
        "residents' messages on the public page",
        "messaggi dei residenti sulla pagina pubblica",
        kind=Kind.PROCESS,
        unit=Unit.PERCENT,
    ),
    KitIndicator(
        "P-3",
        "Verified volunteer hours",
        "Ore di volontariato verificate",
        "hours log",
        "registro delle ore",
        unit=Unit.HOURS,
    ),
)
