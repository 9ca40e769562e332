"""Goals, values and money of the demo."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from core.access.visibility import Visibility
from core.models import User
from funding.operations.source import add_source
from goals.models import Goal
from goals.operations.goal import draft_goal
from goals.operations.milestone import add_milestone, reach_milestone
from metrics.models import Indicator, Measurement
from metrics.operations.measurement import record_measurement, verify_measurement
from partnerships.models import Partnership
from reports.demo.clock import day, on_day
from reports.demo.endorsement import bring_in_adoption, bring_in_reviews
from reports.demo.people import Cast
from reports.demo.story import Aim, Reading, Story

HUNDRED = Decimal(100)
FREQUENCY = Indicator.Frequency.MONTHLY


def bring_in_drafts(cast: Cast, story: Story, partnership: Partnership) -> list[Goal]:
    """Draft the goals of a story, with their milestones."""
    return [_draft(cast, story, partnership, aim) for aim in story.goals]


def bring_in_results(cast: Cast, story: Story, drafts: list[Goal]) -> None:
    """Propose and adopt the goals, reach milestones, measure and review."""
    for goal, aim in zip(drafts, story.goals, strict=True):
        with on_day(aim.starts) as moment:
            adopted = bring_in_adoption(cast, story, goal, aim, moment.date())
        _reach(cast, adopted, aim)
        for reading in aim.readings:
            _measure(cast, story, adopted, aim, reading)
        bring_in_reviews(cast, story, adopted, aim)


def _draft(cast: Cast, story: Story, partnership: Partnership, aim: Aim) -> Goal:
    with on_day(aim.starts):
        owner = cast.members[story.slug, aim.owner]
        goal = draft_goal(
            partnership=partnership,
            by=cast.coordinator,
            new_indicator=_indicator(aim),
            title_en=aim.title_en,
            title_it=aim.title_it,
            direction=aim.direction,
            population_en=aim.population_en,
            population_it=aim.population_it,
            place_en=aim.place_en,
            place_it=aim.place_it,
            target_value=Decimal(aim.target),
            starts_on=day(aim.starts).date(),
            ends_on=day(aim.ends).date(),
            owner_member=owner,
            owner_person=cast.people[aim.owner],
            why_realistic=aim.why,
            equity_note=aim.equity,
            need_cents=aim.need * 100 or None,
            next_review_on=day(max(aim.starts + 180, 30)).date(),
            visibility=Visibility.PUBLIC if story.is_public else Visibility.PARTNERS,
        )
        for (title_en, title_it, due, _reached), value in zip_longest(_milestones(aim), aim.on_the_way):
            expected = Decimal(value) if value else None
            said = {"title_en": title_en, "title_it": title_it, "expected_value": expected}
            add_milestone(goal=goal, due_on=day(due).date(), by=cast.coordinator, **said)
    return goal


def _milestones(aim: Aim) -> tuple[tuple[str, str, int, int | None], ...]:
    return aim.milestones or (
        (f"First review of {aim.title_en.lower()}", "Prima verifica dell'obiettivo", aim.starts + 120, None),
    )


def _indicator(aim: Aim) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "name_en": aim.indicator_en,
        "name_it": aim.indicator_it,
        "definition_en": f"{aim.indicator_en}, as noted in: {aim.source_en}.",
        "definition_it": f"{aim.indicator_it}, secondo: {aim.source_it}.",
        "kind": Indicator.Kind.OUTCOME,
        "unit": aim.unit,
        "wants_increase": aim.direction != Goal.Direction.DECREASE,
        "is_cumulative": aim.is_cumulative,
        "source_en": aim.source_en,
        "source_it": aim.source_it,
        "frequency": FREQUENCY,
        "baseline_on": day(aim.starts - 20).date(),
        "baseline_source_en": aim.source_en,
        "baseline_source_it": aim.source_it,
        "visibility": Visibility.PUBLIC,
        "baseline_value": Decimal(aim.baseline),
    }
    if aim.baseline_of:
        whole = Decimal(aim.baseline_of)
        part = (Decimal(aim.baseline) * whole / HUNDRED).to_integral_value()
        fields |= {"baseline_numerator": part, "baseline_denominator": whole, "baseline_value": part / whole * HUNDRED}
        fields["baseline_value"] = fields["baseline_value"].quantize(Decimal("0.0001"))
    return fields


def _reach(cast: Cast, goal: Goal, aim: Aim) -> None:
    rows = {milestone.title_en: milestone for milestone in goal.milestones.all()}
    for title_en, _title_it, _due, reached in _milestones(aim):
        if reached is not None:
            with on_day(reached) as moment:
                evidence = "Verbale del tavolo" if cast.space.language == "it" else "Minutes of the steering group"
                reach_milestone(
                    milestone=rows[title_en],
                    reached_on=moment.date(),
                    evidence=evidence,
                    by=cast.coordinator,
                    today=moment.date(),
                )


def month_before(months_ago: int) -> tuple[date, date]:
    """The first and last day of the month that ended so many months ago."""
    first = day(0).date().replace(day=1)
    for _step in range(months_ago):
        first = (first - timedelta(days=1)).replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    return first, after - timedelta(days=1)


def _measure(cast: Cast, story: Story, goal: Goal, aim: Aim, reading: Reading) -> Measurement:
    starts_on, ends_on = month_before(reading.months_ago)
    parts: dict[str, Any] = {}
    if reading.value is None:
        parts = {"missing_reason": reading.missing}
    elif reading.of:
        parts = {"numerator": Decimal(reading.value), "denominator": Decimal(reading.of)}
    else:
        parts = {"value": Decimal(reading.value)}
    person = cast.people[aim.owner]
    user: User | None = person.user
    with on_day((ends_on - day(0).date()).days + 4):
        measurement = record_measurement(
            indicator=goal.indicator,
            period_starts_on=starts_on,
            period_ends_on=ends_on,
            by=user,
            by_person=None if user else person,
            member=cast.members[story.slug, aim.owner],
            source=goal.indicator.source if goal.indicator else "",
            **parts,
        )
    if reading.verified and reading.value is not None:
        with on_day((ends_on - day(0).date()).days + 9):
            measurement = verify_measurement(measurement=measurement, by=cast.evaluator)
    return measurement


def bring_in_means(cast: Cast, story: Story, partnership: Partnership, goals: list[Goal]) -> None:
    """Add the funding sources of a story to their goals."""
    for means in story.means:
        with on_day(story.started + 30) as moment:
            add_source(
                partnership=partnership,
                by=cast.coordinator,
                today=moment.date(),
                kind=means.kind,
                name=means.name,
                amount_cents=means.amount * 100,
                status=means.status,
                goal=goals[means.goal] if means.goal is not None and goals else None,
                giver=cast.organisations.get(means.giver),
                valued_by=means.valued_by,
                due_on=moment.date() if means.giver else None,
                evidence=means.evidence,
                decided_on=moment.date() if means.status == "secured" else None,
                visibility=Visibility(means.visibility),
            )
