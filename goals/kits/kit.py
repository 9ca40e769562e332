"""What the goals and indicators of a template are made of. Days count from the partnership's start."""

from dataclasses import dataclass
from decimal import Decimal

from goals.models import Goal, Risk
from metrics.models import Indicator

Unit = Indicator.Unit
Kind = Indicator.Kind
Frequency = Indicator.Frequency
Direction = Goal.Direction


@dataclass(frozen=True)
class KitIndicator:
    """An indicator; ``baseline`` is an example: a value, or for a percentage its two numbers.

    Without a baseline it is to be measured within ``baseline_due`` days. ``cuts`` are the ways it is broken down.
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
    question: str = ""
    answers_for: str = ""
    is_cumulative: bool = False
    aggregation: str = ""
    lag_days: int | None = None
    lowest: Decimal | None = None
    highest: Decimal | None = None
    numerator_en: str = ""
    numerator_it: str = ""
    denominator_en: str = ""
    denominator_it: str = ""
    method_en: str = ""
    method_it: str = ""
    rationale_en: str = ""
    rationale_it: str = ""
    limits_en: str = ""
    limits_it: str = ""
    instrument_en: str = ""
    instrument_it: str = ""
    deduplication_en: str = ""
    deduplication_it: str = ""
    ethics_note_en: str = ""
    ethics_note_it: str = ""
    cost_note_en: str = ""
    cost_note_it: str = ""
    feedback_note_en: str = ""
    feedback_note_it: str = ""
    cuts: tuple["KitCut", ...] = ()


@dataclass(frozen=True)
class KitCut:
    """One way an indicator is broken down, with the names of its groups in both languages."""

    kind: str
    name_en: str = ""
    name_it: str = ""
    groups: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class KitMilestone:
    """A point on the way."""

    title_en: str
    title_it: str
    due: int


@dataclass(frozen=True)
class KitGoal:
    """A goal whose target and dates are examples. ``equity_*`` is what the template says about those left out.

    ``needs`` and ``tasks`` are codes of the community needs it answers and of the tasks that serve it.
    """

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
    resources_en: str = ""
    resources_it: str = ""
    joint_depth: str = ""
    sdg_targets: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()


@dataclass(frozen=True)
class KitCommunityNeed:
    """What residents need, as an example: who lives it, and nothing yet of how it is known."""

    code: str
    title_en: str
    title_it: str
    affected_en: str = ""
    affected_it: str = ""
    place: str = ""


@dataclass(frozen=True)
class KitRisk:
    """What may go wrong, and in ``text_*`` what helps; how it is answered, the partnership decides."""

    code: str
    title_en: str
    title_it: str
    text_en: str = ""
    text_it: str = ""
    likelihood: int = Risk.Likelihood.POSSIBLE.value
    impact: int = Risk.Impact.NOTICEABLE.value


@dataclass(frozen=True)
class KitResult:
    """A result of several tasks. ``accountable`` and the others are codes of roles, ``goal`` and ``tasks`` theirs."""

    code: str
    title_en: str
    title_it: str
    text_en: str = ""
    text_it: str = ""
    due: int | None = None
    goal: str = ""
    tasks: tuple[str, ...] = ()
    accountable: str = ""
    responsible: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()


@dataclass(frozen=True)
class GoalKit:
    """The goals of a template with all its indicators, and the need and risks it begins with."""

    code: str
    indicators: tuple[KitIndicator, ...]
    goals: tuple[KitGoal, ...]
    needs: tuple[KitCommunityNeed, ...] = ()
    risks: tuple[KitRisk, ...] = ()


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
        kind=Kind.PARTNERSHIP,
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
