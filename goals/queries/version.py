"""Reading the versions of a goal together with it, in the same statement."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from core.access.viewer import Viewer
from core.queries.tenant import tenant_at_work
from core.web.space import space_url
from goals.models import Goal, GoalVersion
from metrics.models import Measurement
from metrics.rules.dates import date_words
from metrics.rules.figure import Figures, figures_of
from metrics.rules.measurement import NOT_COUNTED
from metrics.rules.sentence import Sentence
from partnerships.models import Decision, Partnership
from partnerships.queries.decision import decisions_visible_to
from partnerships.rules.decision import VALID

MOST_DECISIONS, MOST_VALUES = 100, 12


@dataclass(frozen=True)
class VersionLine:
    """A version as the page lists it; ``decision`` is the number of what it rests on, empty for none."""

    number: int
    reason: str
    sentence: Sentence
    adopted_on: date
    adopted_by: str
    fields: dict[str, Any]
    decision: str
    decision_url: str


def decisions_to_rest_on(viewer: Viewer, partnership: Partnership) -> list[Decision]:
    """The decisions of a partnership a version or a review can rest on: those that count, the newest first."""
    rows = decisions_visible_to(viewer).filter(partnership=partnership, state__in=VALID)
    return list(rows[:MOST_DECISIONS])


@dataclass(frozen=True)
class FinalValue:
    """A value a goal may have ended with, in words."""

    measurement: Measurement
    words: str


def final_values_of(goal: Goal, *, language: str) -> list[FinalValue]:
    """The last values of a goal's indicator, the newest first."""
    indicator = goal.indicator
    if indicator is None:
        return []
    rows = Measurement.objects.filter(indicator=indicator, value__isnull=False)
    rows = rows.exclude(state__in=NOT_COUNTED).select_related("member__organisation")
    figures = figures_of(indicator, currency=tenant_at_work().currency)
    return [
        FinalValue(found, _value_words(found, figures, language))
        for found in rows.order_by("-period_ends_on", "-id")[:MOST_VALUES]
    ]


def _value_words(found: Measurement, figures: Figures, language: str) -> str:
    said = figures.said(found.value, numerator=found.numerator, denominator=found.denominator).in_language(language)
    who = f", {found.member.organisation.name}" if found.member else ""
    return f"{said} ({date_words(found.period_ends_on, language)}{who})"


def versions_of_goal() -> ArraySubquery:
    """All versions of the goal a query is about, newest first, for ``version_lines``."""
    line = JSONObject(
        number="number", reason="reason", fields="fields", adopted_at="adopted_at", adopted_by="adopted_by__name",
        year="decision__year", decision="decision__number",
    )  # fmt: skip
    versions = GoalVersion.objects.filter(goal=OuterRef("pk")).order_by("-number")
    return ArraySubquery(versions.values(line=line))


def first_version_of_goal() -> Subquery:
    """What the goal a query is about was first adopted with, for ``first_target_of``."""
    return Subquery(GoalVersion.objects.filter(goal=OuterRef("pk")).order_by("number").values("fields")[:1])


@dataclass(frozen=True)
class FirstTarget:
    """The target a goal was first adopted with (R-G3); ``value`` is None where another indicator measures it now."""

    words: Sentence
    value: Decimal | None


def first_target_of(goal: Goal, figures: Figures) -> FirstTarget | None:
    """The first target of a goal of ``with_standing`` where another one holds now; None while it is still the same.

    ``figures`` are those of its indicator today. What another indicator measured is said with that one's code.
    """
    fields: dict[str, Any] | None = goal.first_fields  # type: ignore[attr-defined]  # annotated by with_standing
    if not fields or fields.get("target_value") is None:
        return None
    value = Decimal(fields["target_value"])
    if fields.get("indicator") != str(goal.indicator_id):
        said, code = Figures(fields["unit"], currency=figures.currency).said(value), fields.get("indicator_code", "")
        return FirstTarget(Sentence(f"{said.text_en} ({code})", f"{said.text_it} ({code})"), None)
    return None if value == goal.target_value else FirstTarget(figures.said(value), value)


def version_lines(goal: Goal) -> list[VersionLine]:
    """The versions of a goal of ``goals_in_full``, newest first."""
    rows: list[dict[str, Any]] = goal.version_rows  # type: ignore[attr-defined]  # annotated by goals_in_full
    return [
        VersionLine(
            number=row["number"],
            reason=row["reason"],
            sentence=Sentence(row["fields"].get("sentence_en", ""), row["fields"].get("sentence_it", "")),
            adopted_on=_local_day(row["adopted_at"]),
            adopted_by=row["adopted_by"] or "",
            fields=row["fields"],
            decision=f"{row['year']}/{row['decision']}" if row["year"] else "",
            decision_url=_decision_url(goal, row["year"], row["decision"]),
        )
        for row in rows
    ]


def _decision_url(goal: Goal, year: int | None, number: int | None) -> str:
    if year is None or number is None:
        return ""
    return space_url("decision_detail", slug=goal.partnership.slug, year=year, number=number)


def _local_day(moment: str) -> date:
    return timezone.localdate(datetime.fromisoformat(moment))
