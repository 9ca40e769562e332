"""The SMART checks of stored goals, and what beyond a goal's own fields they ask."""

import uuid
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Exists, Max, OuterRef, Q, Sum
from django.utils import timezone

from core.access.visibility import Visibility
from goals.means import planned_cents
from goals.models import Deliverable, DeliverableRole, Goal, Milestone
from goals.queries.endorsement import goals_with_voice
from goals.queries.need import goals_with_dated_need
from goals.queries.risk import goals_with_answered_risk
from goals.rules.deliverable import Part
from goals.rules.facts import Surroundings, facts_of
from goals.rules.smart import Check, smart_checks
from metrics.models import Indicator, Measurement
from metrics.queries.indicator import measured_points
from metrics.rules.history import best_year
from metrics.rules.measurement import NOT_COUNTED
from partnerships.models import AgreementVersion, Partnership, Task
from partnerships.queries.agreement import in_force_on
from partnerships.rules.task import PROMISED
from stakeholders.queries.strength import hours_of

MONTH = timedelta(days=30)


def checks_of(goal: Goal, *, today: date, is_asked: bool = False) -> list[Check]:
    """All checks of a goal as it stands, saved or not; ``is_asked`` answers also those that come late (R-G0)."""
    return checks_among([goal], today=today, is_asked=is_asked)[goal.pk]


def checks_among(goals: Collection[Goal], *, today: date, is_asked: bool = False) -> dict[uuid.UUID, list[Check]]:
    """The checks of several goals, by goal; a fixed number of statements."""
    around = surroundings_of(goals, today=today)
    return {
        goal.pk: smart_checks(
            facts_of(goal, goal.indicator, around[goal.pk], today=today, is_asked=is_asked),
            is_light=goal.partnership.mode == Partnership.Mode.LIGHT,
        )
        for goal in goals
    }


def surroundings_of(goals: Collection[Goal], *, today: date) -> dict[uuid.UUID, Surroundings]:
    """What the checks of some goals ask beyond their fields; a fixed number of statements."""
    days = _milestone_days(goals)
    ends = _agreement_ends({goal.partnership_id for goal in goals})
    means = planned_cents(goals)
    results = _results(goals)
    overloaded = _overloaded(goals, today=today)
    years = _best_years(goals)
    needed, guarded = goals_with_dated_need(goals), goals_with_answered_risk(goals)
    heard = goals_with_voice(goals)
    return {
        goal.pk: Surroundings(
            milestone_days=days.get(goal.pk, []),
            agreement_ends_on=ends.get(goal.partnership_id),
            planned_cents=means.get(goal.pk, 0),
            best_year=years.get(goal.pk),
            results=results.get(goal.pk, (0, 0))[0],
            unclear_results=results.get(goal.pk, (0, 0))[1],
            is_overloaded=goal.owner_member_id in overloaded,
            has_dated_need=goal.pk in needed,
            has_outcome=goal.outcome_node_id is not None,
            has_risk_with_response=goal.pk in guarded,
            has_voice=goal.pk in heard,
        )
        for goal in goals
    }


def _milestone_days(goals: Collection[Goal]) -> Mapping[uuid.UUID, list[date]]:
    """The days of the milestones by goal, those dropped left out."""
    found: dict[uuid.UUID, list[date]] = {}
    kept = Milestone.objects.filter(goal__in=goals, dropped_on=None).order_by("due_on")
    for goal_id, day in kept.values_list("goal_id", "due_on"):
        found.setdefault(goal_id, []).append(day)
    return found


def _agreement_ends(partnership_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, date]:
    """The last day of the agreement in force, by partnership; one without an end stands not in it."""
    versions = AgreementVersion.objects.filter(
        in_force_on(timezone.localdate()), agreement__partnership__in=partnership_ids, valid_to__isnull=False
    )
    return dict(versions.order_by().values_list("agreement__partnership").annotate(last=Max("valid_to")))


def _results(goals: Collection[Goal]) -> dict[uuid.UUID, tuple[int, int]]:
    """How many deliverables serve each goal, and how many of them lack who answers or who does it (R-T3)."""

    def has(part: Part) -> Exists:
        return Exists(DeliverableRole.objects.filter(deliverable=OuterRef("pk"), part=part))

    rows = Deliverable.objects.filter(goal__in=goals).annotate(
        is_unclear=~(has(Part.ACCOUNTABLE) & has(Part.RESPONSIBLE))
    )
    counts = (
        rows.order_by().values_list("goal").annotate(all=Count("pk"), unclear=Count("pk", filter=Q(is_unclear=True)))
    )
    return {goal_id: (of_all, without) for goal_id, of_all, without in counts if goal_id is not None}


def _overloaded(goals: Collection[Goal], *, today: date) -> set[uuid.UUID]:
    """The members looking after goals that promised more for the next month than they can give (R-T8).

    Counted are promises with an estimate that all partners see, here alone: the check would tell of other work else.
    """
    members = {goal.owner_member for goal in goals if goal.owner_member is not None}
    stated = hours_of([member.organisation_id for member in members])
    due = Task.objects.filter(
        member__in=members,
        state__in=PROMISED,
        due_on__lte=today + MONTH,
        visibility__gte=Visibility.PARTNERS,
    )
    needed = dict(due.order_by().values_list("member").annotate(hours=Sum("effort_hours")))
    hours = {member.pk: stated.get(member.organisation_id) for member in members}
    return {key for key, most in hours.items() if most is not None and (needed.get(key) or 0) > most}


def _best_years(goals: Collection[Goal]) -> dict[uuid.UUID, Decimal]:
    """The largest yearly change of each goal's indicator in the goal's direction, where there is a year of values."""
    indicators = {goal.indicator_id: goal.indicator for goal in goals if goal.indicator is not None}
    rows: dict[uuid.UUID, list[Measurement]] = {}
    values = Measurement.objects.exclude(state__in=NOT_COUNTED).filter(indicator__in=list(indicators))
    for row in values.order_by("period_ends_on", "id"):
        rows.setdefault(row.indicator_id, []).append(row)
    found = {
        goal.pk: _best_year(goal, goal.indicator, rows[goal.indicator.pk])
        for goal in goals
        if goal.indicator is not None and goal.indicator.pk in rows
    }
    return {key: rate for key, rate in found.items() if rate is not None}


def _best_year(goal: Goal, indicator: Indicator, rows: list[Measurement]) -> Decimal | None:
    points = measured_points(indicator, rows, ())
    start, target = indicator.baseline_value, goal.target_value
    rises = start is None or target is None or target >= start
    return best_year(points, wants_increase=rises)
