"""The 19 SMART checks (domain 4.4): each passes, warns or fails, says why and how to mend it.

A3 and R3 are looked at once the partners are asked (R-G0); P1 asks for a template's examples to be replaced (R-P1).

"Complete" means that nothing fails; it never means that a goal is good (R-G1).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goals.models import Goal
from goals.rules.wording import has_two_verbs, vague_verb_in
from metrics.models import Indicator
from metrics.rules.period import planned_measurements

type Text = str | Promise

OLDEST_BASELINE_DAYS = 730
LATEST_BASELINE_DAYS = 90
FEWEST_MEASUREMENTS = 2
SHORTEST_WHY = 40
DAYS_PER_MILESTONE = 183
DAYS_OF_YEAR = 365
# Domain 4.4, A1 and A2.
ENOUGH_MEANS, HALF_THE_MEANS = Decimal("0.8"), Decimal("0.5")
MOST_TIMES_BEST = 2
# The one question of each letter that a light partnership must answer; the others only warn.
LIGHT_QUESTIONS = ("S3", "M3", "A2", "R4", "T1")


class Outcome(StrEnum):
    """What a check found."""

    PASS = "pass"  # noqa: S105 - a verdict, not a secret
    WARN = "warn"
    FAIL = "fail"
    LATER = "later"


@dataclass(frozen=True)
class Check:
    """One check: what it found, why, how to mend it, and the form's field to go to."""

    code: str
    letter: str
    outcome: Outcome
    why: Text
    mend: Text = ""
    field: str = ""


@dataclass(frozen=True)
class GoalFacts:
    """What the checks look at; nothing of it is fetched here.

    ``planned_cents``: money expected and secured, and the value of gifts in kind. ``best_year``: the largest change in
    a year that was ever observed; None without a year of values. ``results``: deliverables, ``unclear_results`` those
    without an organisation that answers or one that works. ``is_asked``: the partners are being asked, or were.
    """

    today: date
    titles: tuple[str, ...] = ()
    direction: str = Goal.Direction.INCREASE
    has_population: bool = False
    has_place: bool = False
    has_owner_member: bool = False
    has_owner_person: bool = False
    indicator: Indicator | None = None
    target_value: Decimal | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    why_realistic: str = ""
    equity_note: str = ""
    milestone_days: Sequence[date] = ()
    next_review_on: date | None = None
    agreement_ends_on: date | None = None
    examples: Sequence[str] = ()
    need_cents: int | None = None
    planned_cents: int = 0
    best_year: Decimal | None = None
    results: int = 0
    unclear_results: int = 0
    is_overloaded: bool = False
    has_risk_with_response: bool = False
    has_dated_need: bool = False
    has_outcome: bool = False
    has_voice: bool = False
    is_asked: bool = False


type Finding = tuple[Outcome, Text, Text]
PASS, WARN, FAIL, LATER = Outcome.PASS, Outcome.WARN, Outcome.FAIL, Outcome.LATER


def smart_checks(facts: GoalFacts, *, is_light: bool) -> list[Check]:
    """All checks in the order of the letters. In a light partnership only one question of each letter can fail."""
    found = []
    for code, field, check in CHECKS:
        outcome, why, mend = check(facts)
        if is_light and outcome == FAIL and code not in (*LIGHT_QUESTIONS, "P1"):
            outcome = WARN
        found.append(Check(code, "" if code == "P1" else code[0], outcome, why, mend, field))
    return found


def failures(checks: Iterable[Check]) -> list[Check]:
    """The checks that keep a goal from being proposed or adopted."""
    return [check for check in checks if check.outcome == FAIL]


def _p1(facts: GoalFacts) -> Finding:
    if facts.examples:
        return (
            FAIL,
            _("Some figures are still the template's examples."),
            _("Replace each, or confirm that it is yours."),
        )
    return PASS, _("The figures are your own."), ""


def _s1(facts: GoalFacts) -> Finding:
    vague = next((word for title in facts.titles if (word := vague_verb_in(title))), "")
    if vague and facts.indicator is None:
        return WARN, _("The title uses a word that nobody can observe."), _("Write what will be different, for whom.")
    return PASS, _("The kind of change is chosen."), ""


def _s2(facts: GoalFacts) -> Finding:
    if any(has_two_verbs(title) for title in facts.titles):
        return (
            WARN,
            _("The title seems to hold two goals."),
            _("Make two goals of it, or keep the more important half."),
        )
    return PASS, _("It is one change."), ""


def _s3(facts: GoalFacts) -> Finding:
    if facts.has_population and facts.has_place:
        return PASS, _("It says for whom and where."), ""
    if facts.has_population:
        return FAIL, _("It does not say where."), _("Name the place: a town, a district, a school.")
    return FAIL, _("It does not say for whom."), _("Name the people the change is for, and the place.")


def _s4(facts: GoalFacts) -> Finding:
    if facts.has_owner_member and facts.has_owner_person:
        return PASS, _("An organisation and a person look after it."), ""
    return FAIL, _("Nobody looks after it yet."), _("Choose the organisation and the person who look after this goal.")


def _m1(facts: GoalFacts) -> Finding:
    indicator = facts.indicator
    if indicator is None:
        return FAIL, _("There is no indicator."), _("Choose or add what you will measure.")
    if (indicator.definition_en or indicator.definition_it) and indicator.source:
        return PASS, _("The indicator says what counts and where the figure comes from."), ""
    return (
        FAIL,
        _("The indicator does not say what counts or where the figure comes from."),
        _("Open the indicator and add its definition and source."),
    )


def _m2(facts: GoalFacts) -> Finding:
    indicator = facts.indicator
    mend = _("Enter the starting value with its day, or by when it will be measured.")
    if indicator is None:
        return FAIL, _("There is no starting value."), mend
    if indicator.baseline_value is not None and indicator.baseline_on is not None:
        if (facts.today - indicator.baseline_on).days > OLDEST_BASELINE_DAYS:
            return WARN, _("The starting value is more than two years old."), _("Measure it again if you can.")
        return PASS, _("The starting value is known."), ""
    due_on, begin = indicator.baseline_due_on, facts.starts_on or facts.today
    if due_on is not None and due_on <= begin + timedelta(days=LATEST_BASELINE_DAYS):
        return WARN, _("The starting value is still to be measured."), ""
    if due_on is not None:
        return FAIL, _("The starting value comes more than 90 days after the start."), mend
    return FAIL, _("There is no starting value."), mend


def _m3(facts: GoalFacts) -> Finding:
    indicator, target = facts.indicator, facts.target_value
    if indicator is None or target is None:
        return FAIL, _("It does not say which value shall be reached."), _("Choose an indicator and write the target.")
    if indicator.unit == Indicator.Unit.PERCENT and not 0 <= target <= 100:  # noqa: PLR2004 - per cent
        return FAIL, _("The target is not between 0 and 100 %."), _("Write a percentage from 0 to 100.")
    lowest, highest = indicator.lowest, indicator.highest
    if (lowest is not None and target < lowest) or (highest is not None and target > highest):
        return (
            FAIL,
            _("The target lies outside what the indicator can show."),
            _("Compare it with the lowest and the highest possible value."),
        )
    start = indicator.baseline_value
    if start is not None and not _is_in_direction(facts.direction, start, target):
        return (
            FAIL,
            _("The target does not lie in the direction of the change."),
            _("Compare target and starting value, or choose the other direction."),
        )
    return PASS, _("The target is clear."), ""


def _is_in_direction(direction: str, start: Decimal, target: Decimal) -> bool:
    if direction == Goal.Direction.MAINTAIN:
        return True
    if direction == Goal.Direction.ACHIEVE_STANDARD:
        return target != start
    return target < start if direction == Goal.Direction.DECREASE else target > start


def _m4(facts: GoalFacts) -> Finding:
    if facts.indicator is None or facts.starts_on is None or facts.ends_on is None:
        return WARN, _("Nobody can say yet how often it will be measured."), _("Add the indicator and the two dates.")
    planned = planned_measurements(facts.starts_on, facts.ends_on, facts.indicator.frequency)
    if planned < FEWEST_MEASUREMENTS:
        return (
            WARN,
            _("Fewer than two measurements are planned before the end."),
            _("Measure the indicator more often."),
        )
    return PASS, _("It is measured at least twice before the end."), ""


def _a1(facts: GoalFacts) -> Finding:
    if facts.need_cents is None:
        return WARN, _("It does not say what it costs."), _("Enter the money needed; 0 when it needs none.")
    if facts.planned_cents >= ENOUGH_MEANS * facts.need_cents:
        return PASS, _("What it needs is planned."), ""
    mend = _("Look for means and enter them under Funding, or plan with less.")
    if facts.planned_cents >= HALF_THE_MEANS * facts.need_cents:
        return WARN, _("Less than four fifths of what it needs is planned."), mend
    return FAIL, _("Less than half of what it needs is planned."), mend


def _a2(facts: GoalFacts) -> Finding:
    wanted = _change_a_year(facts)
    if wanted is not None and facts.best_year is not None:
        if wanted <= MOST_TIMES_BEST * facts.best_year:
            return PASS, _("The change it asks for has nearly been reached before."), ""
        if len(facts.why_realistic.strip()) >= SHORTEST_WHY:
            why = _("It asks for more than twice the change of the best year so far; it says why it can be reached.")
            return WARN, why, _("Plan a smaller step, or more time.")
    return _said_why(facts)


def _change_a_year(facts: GoalFacts) -> Decimal | None:
    start = facts.indicator.baseline_value if facts.indicator else None
    if start is None or facts.target_value is None or facts.starts_on is None or facts.ends_on is None:
        return None
    days = max((facts.ends_on - facts.starts_on).days, 1)
    return abs(facts.target_value - start) * DAYS_OF_YEAR / days


def _said_why(facts: GoalFacts) -> Finding:
    length = len(facts.why_realistic.strip())
    if length >= SHORTEST_WHY:
        return PASS, _("It says why it can be reached."), ""
    mend = _("Write what makes it possible: what was reached before, places, hours, people.")
    if length:
        return WARN, _("Why it can be reached is said in very few words."), mend
    return FAIL, _("It does not say why it can be reached."), mend


def _a3(facts: GoalFacts) -> Finding:
    if not facts.is_asked:
        return LATER, _("Who does what is looked at when the partners are asked."), ""
    if facts.unclear_results:
        return (
            FAIL,
            _("A result has nobody who answers for it, or nobody who does it."),
            _("Open “Who does what” and choose both."),
        )
    if facts.is_overloaded:
        return (
            WARN,
            _("The organisation that looks after it promised more hours for the next month than it can give."),
            _("Move some of the work, or give it more time."),
        )
    if not facts.results:
        return WARN, _("No result is named yet."), _("Open “Who does what” and write what shall be there in the end.")
    return PASS, _("Each result has who answers for it and who does it."), ""


def _a4(facts: GoalFacts) -> Finding:
    if facts.has_risk_with_response:
        return PASS, _("It says what could go wrong, and what you do about it."), ""
    return FAIL, _("It does not say what could go wrong."), _("Add a risk to this goal, with what you do about it.")


def _r1(facts: GoalFacts) -> Finding:
    if facts.has_dated_need:
        return PASS, _("It answers a need with dated evidence."), ""
    return FAIL, _("It is linked to no need with dated evidence."), _("Open “Why this goal” and choose the need.")


def _r2(facts: GoalFacts) -> Finding:
    if facts.has_outcome:
        return PASS, _("It is part of the change you work for."), ""
    return FAIL, _("It is linked to no outcome."), _("Open “Why this goal” and choose the outcome it leads to.")


def _r3(facts: GoalFacts) -> Finding:
    if facts.has_voice:
        return PASS, _("People it is about have said what they think of it."), ""
    if not facts.is_asked:
        return LATER, _("What the people it is about think is asked with the partners."), ""
    return FAIL, _("Nobody of the people it is about has been heard."), _("Ask them, and write down their answer.")


def _r4(facts: GoalFacts) -> Finding:
    if facts.equity_note.strip():
        return PASS, _("It says who could be left out, and what is done about it."), ""
    return FAIL, _("It does not say who could be left out."), _("Write who could miss out, and what you do about it.")


def _t1(facts: GoalFacts) -> Finding:
    starts_on, ends_on = facts.starts_on, facts.ends_on
    if starts_on is None or ends_on is None:
        return FAIL, _("Start or end is missing."), _("Enter both days.")
    if ends_on <= starts_on:
        return FAIL, _("The end is not after the start."), _("Choose a later end.")
    if ends_on < facts.today:
        return FAIL, _("The end has passed."), _("Choose a day to come.")
    if facts.agreement_ends_on is not None and ends_on > facts.agreement_ends_on:
        return WARN, _("It ends after the agreement does."), _("Renew the agreement in time, or end earlier.")
    return PASS, _("It says by when."), ""


def _t2(facts: GoalFacts) -> Finding:
    if not facts.milestone_days:
        return FAIL, _("There is no milestone."), _("Add a point on the way, with its day.")
    if facts.starts_on and facts.ends_on:
        wanted = max(1, (facts.ends_on - facts.starts_on).days // DAYS_PER_MILESTONE)
        if len(facts.milestone_days) < wanted:
            return WARN, _("There is less than one milestone for every six months."), _("Add a point on the way.")
        if any(day > facts.ends_on for day in facts.milestone_days):
            return WARN, _("A milestone lies after the end."), _("Move the milestone or the end.")
    return PASS, _("There are milestones on the way."), ""


def _t3(facts: GoalFacts) -> Finding:
    if facts.next_review_on is None:
        return (
            FAIL,
            _("No review is planned."),
            _("Choose the day you look at it together, in six months at the latest."),
        )
    return PASS, _("A review is planned."), ""


CHECKS: tuple[tuple[str, str, Callable[[GoalFacts], Finding]], ...] = (
    ("P1", "examples", _p1),
    ("S1", "title", _s1),
    ("S2", "title", _s2),
    ("S3", "population", _s3),
    ("S4", "owner_member", _s4),
    ("M1", "indicator", _m1),
    ("M2", "baseline", _m2),
    ("M3", "target_value", _m3),
    ("M4", "indicator", _m4),
    ("A1", "need", _a1),
    ("A2", "why_realistic", _a2),
    ("A3", "deliverables", _a3),
    ("A4", "risks", _a4),
    ("R1", "needs", _r1),
    ("R2", "outcome", _r2),
    ("R3", "endorsement", _r3),
    ("R4", "equity_note", _r4),
    ("T1", "ends_on", _t1),
    ("T2", "milestones", _t2),
    ("T3", "next_review_on", _t3),
)
