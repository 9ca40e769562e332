"""The part of a report's snapshot about goals: sentences, course, values and milestones."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from core.access.visibility import Visibility
from core.queries.tenant import tenant_at_work
from core.rules.bilingual import LANGUAGES
from goals.models import Goal, GoalVersion
from goals.queries.claim import ClaimSheet, reported_claims
from goals.queries.milestone import way_of
from goals.rules.facts import course_of_goal, sentence_of
from goals.rules.milestone import is_by_steps, judge_steps
from metrics.models import Indicator, Measurement, Target
from metrics.queries.analysis import happenings_of
from metrics.queries.breakdown import frozen_groups
from metrics.queries.indicator import computed_points, measured_points
from metrics.queries.reporter import asked_for
from metrics.rules.figure import figures_of
from metrics.rules.measurement import NOT_COUNTED
from metrics.rules.progress import finding, judge
from metrics.rules.sampling import before_after_sentence, sampled_sentence
from metrics.rules.series import Point, last_series, latest, says_of
from partnerships.models import Partnership

# What of an indicator's sheet a report tells, in both languages.
SHEET = ("source", "deduplication", "limits")
BEFORE_ADOPTION = [Goal.State.DRAFT, Goal.State.PROPOSED, Goal.State.IN_ENDORSEMENT]
REPORTED_STATES = [state for state in Goal.State if state not in BEFORE_ADOPTION]
Facts = dict[str, Any]


def number_text(value: Decimal | None) -> str | None:
    """A number as text without trailing zeros; None for none."""
    return None if value is None else format(value.normalize(), "f")


def day_text(value: date | None) -> str | None:
    """A date in ISO 8601; None for none."""
    return value.isoformat() if value else None


def reported_goals(partnership: Partnership) -> QuerySet[Goal]:
    """The adopted goals of a partnership that funders may see."""
    return (
        Goal.objects.filter(partnership=partnership, visibility__gte=Visibility.FUNDERS, state__in=REPORTED_STATES)
        .select_related("indicator")
        .order_by("number")
    )


def goal_facts(goal: Goal, ends_on: date) -> Facts:
    """Everything a report says of one goal, as it stood on the last day of the period."""
    return {
        "id": str(goal.pk),
        "number": goal.number,
        "title_en": goal.title_en,
        "title_it": goal.title_it,
        "state": goal.state,
        "direction": goal.direction,
        "population_en": goal.population_en,
        "population_it": goal.population_it,
        "place_en": goal.place_en,
        "place_it": goal.place_it,
        "target": number_text(goal.target_value),
        "starts_on": day_text(goal.starts_on),
        "ends_on": day_text(goal.ends_on),
        "version": goal.version_number,
        "first": _first(goal),
        "indicator": _indicator(goal.indicator, ends_on) if goal.indicator else None,
        **_sentence(goal),
        **_course(goal, ends_on),
        "milestones": [
            {
                "id": str(milestone.pk),
                "title_en": milestone.title_en,
                "title_it": milestone.title_it,
                "due_on": day_text(milestone.due_on),
                "first_due_on": day_text(milestone.first_due_on),
                "reached_on": day_text(milestone.reached_on),
            }
            for milestone in goal.milestones.filter(dropped_on=None).order_by("due_on", "id")
        ],
        "claims": [_claim(sheet) for sheet in reported_claims(goal)],
    }


def _first(goal: Goal) -> Facts | None:
    """The goal as it was first adopted; None while it is still the same (R-G3). Why it changed is for the partners."""
    versions = list(GoalVersion.objects.filter(goal=goal).order_by("number"))
    if not versions or all(
        versions[0].fields.get(name) == versions[-1].fields.get(name) for name in ("sentence_en", "sentence_it")
    ):
        return None
    fields = versions[0].fields
    return {
        "sentence_en": fields.get("sentence_en", ""),
        "sentence_it": fields.get("sentence_it", ""),
        "adopted_on": day_text(timezone.localdate(versions[0].adopted_at)),
    }


def _claim(sheet: ClaimSheet) -> Facts:
    """Which part is claimed, in words as strong as what is shown for it (R-I11)."""
    return {
        "id": str(sheet.claim.pk),
        "strength": sheet.strength.code,
        "sentence_en": sheet.sentence.text_en,
        "sentence_it": sheet.sentence.text_it,
    }


def _sentence(goal: Goal) -> Facts:
    sentence = sentence_of(goal, goal.indicator, currency=tenant_at_work().currency)
    return {"sentence_en": sentence.text_en, "sentence_it": sentence.text_it}


def _course(goal: Goal, ends_on: date) -> Facts:
    """Where the goal stood at the end of the period, with its sentences in both languages (P2)."""
    empty = {"standing": "", "reason_en": "", "reason_it": "", "finding_en": "", "finding_it": "", "progress": None}
    indicator = goal.indicator
    way = way_of(goal, until=ends_on)
    course = course_of_goal(goal, indicator, way)
    if course is None or indicator is None:
        return empty
    figures = figures_of(indicator, currency=tenant_at_work().currency)
    points = _points(indicator, ends_on)
    by_steps = is_by_steps(goal.direction, way)
    judged = judge_steps(way, today=ends_on) if by_steps else judge(course, latest(points), figures, today=ends_on)
    found = finding(course, latest(points), figures) + says_of(points, figures)
    return {
        "standing": judged.standing.value,
        "reason_en": judged.reason.text_en,
        "reason_it": judged.reason.text_it,
        "finding_en": found.text_en,
        "finding_it": found.text_it,
        "progress": number_text(judged.progress),
    }


def _reported(indicator: Indicator, ends_on: date) -> QuerySet[Measurement]:
    rows = Measurement.objects.filter(indicator=indicator, period_ends_on__lte=ends_on)
    return rows.exclude(state__in=[*NOT_COUNTED, Measurement.State.QUERIED]).order_by("period_ends_on", "id")


def _points(indicator: Indicator, ends_on: date) -> list[Point]:
    if indicator.formula:
        return [point for point in computed_points(indicator, None) if point.period.ends_on <= ends_on]
    return measured_points(indicator, list(_reported(indicator, ends_on)), asked_for(indicator))


def _point(point: Point) -> Facts:
    return {
        "starts_on": day_text(point.period.starts_on),
        "ends_on": day_text(point.period.ends_on),
        "value": number_text(point.value),
        "numerator": number_text(point.numerator),
        "denominator": number_text(point.denominator),
        "verified": point.is_verified,
        "partial": point.is_partial,
        "missing_reason": point.missing_reason,
        "reported": point.reported,
        "expected": point.expected,
        "version": point.version,
    }


def _indicator(indicator: Indicator, ends_on: date) -> Facts:
    return {
        "id": str(indicator.pk),
        "code": indicator.code,
        "name_en": indicator.name_en,
        "name_it": indicator.name_it,
        "definition_en": indicator.definition_en,
        "definition_it": indicator.definition_it,
        "unit": indicator.unit,
        "unit_label_en": indicator.unit_label_en,
        "unit_label_it": indicator.unit_label_it,
        "kind": indicator.kind,
        **{f"{name}_{code}": getattr(indicator, f"{name}_{code}") for name in SHEET for code in LANGUAGES},
        "is_cumulative": indicator.is_cumulative,
        "baseline": number_text(indicator.baseline_value),
        "baseline_numerator": number_text(indicator.baseline_numerator),
        "baseline_denominator": number_text(indicator.baseline_denominator),
        "baseline_on": day_text(indicator.baseline_on),
        "targets": [
            {
                "id": str(target.pk),
                "value": number_text(target.value),
                "due_on": day_text(target.due_on),
                "replaced_on": day_text(target.replaced_on),
            }
            for target in Target.objects.filter(indicator=indicator).order_by("created_at", "id")
        ],
        "sample": indicator.sample,
        "population": indicator.population_size,
        **_sampled(indicator, ends_on),
        "points": [_point(point) for point in _points(indicator, ends_on)],
        "measurements": [_measurement(row) for row in _reported(indicator, ends_on)],
        "happened": [
            {"on": day_text(row.happened_on), "title_en": row.title_en, "title_it": row.title_it}
            for row in happenings_of(indicator).filter(happened_on__lte=ends_on)
        ],
        "breakdowns": frozen_groups(indicator, until=ends_on),
    }


def _sampled(indicator: Indicator, ends_on: date) -> Facts:
    """How sure the last share of a random sample is, and the counts of the last two periods."""
    points = _points(indicator, ends_on)
    about = {"unit": indicator.unit, "sample": indicator.sample}
    sure = sampled_sentence(last_series(points), population=indicator.population_size, **about)
    compared = before_after_sentence(points, **about)
    return {
        "sampled_en": sure.text_en,
        "sampled_it": sure.text_it,
        "compared_en": compared.text_en,
        "compared_it": compared.text_it,
    }


def _measurement(row: Measurement) -> Facts:
    return {
        "id": str(row.pk),
        "starts_on": day_text(row.period_starts_on),
        "ends_on": day_text(row.period_ends_on),
        "value": number_text(row.value),
        "numerator": number_text(row.numerator),
        "denominator": number_text(row.denominator),
        "missing_reason": row.missing_reason,
        "source": row.source,
        "verified": row.state == Measurement.State.VERIFIED,
        "version": row.version,
    }
