"""The logical framework of a partnership: what it wants level by level, how it is seen, what must hold (domain 4)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.access.viewer import Viewer
from core.queries.tenant import tenant_at_work
from core.rules.bilingual import spoken
from core.web.space import space_url
from goals.models import Deliverable, Goal, Risk, TocNode
from goals.queries.deliverable import deliverables_visible_to
from goals.queries.goal import goals_visible_to
from goals.queries.risk import risks_visible_to
from goals.queries.theory import Step, theory_of
from goals.rules.facts import sentence_of
from goals.rules.risk import LIVE
from goals.rules.theory import LEVELS
from metrics.models import Indicator
from metrics.rules.dates import date_words
from metrics.rules.figure import Figures, figures_of
from partnerships.models import Partnership

Level = TocNode.Level


@dataclass(frozen=True)
class LogframeRow:
    """One line: a step, a goal or a result, with what shows it and what it rests on. ``url`` is its page, or empty."""

    level: str
    text: str
    url: str = ""
    indicator: str = ""
    baseline: str = ""
    target: str = ""
    source: str = ""
    assumptions: str = ""
    risks: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """As a table file has them, in the order of ``logframe_columns``."""
        return (
            self.level, self.text, self.indicator, self.baseline, self.target, self.source, self.assumptions,
            self.risks,
        )  # fmt: skip


@dataclass(frozen=True)
class LogframeLevel:
    """The lines of one level."""

    level: str
    label: str
    rows: Sequence[LogframeRow]


def logframe_columns() -> list[str]:
    """The headings of the table and its files."""
    return [
        _("Level"), _("What it is about"), _("Indicator"), _("Starting value"), _("Target"), _("How it is verified"),
        _("Assumptions"), _("Risks"),
    ]  # fmt: skip


def logframe(viewer: Viewer, partnership: Partnership, *, language: str) -> list[LogframeLevel]:
    """From the long view down to what is put in; a few statements, whatever there is.

    Goals stand beneath the step they serve, those that serve none among what changes for people; results stand among
    what is there in the end. What was discontinued is left out.
    """
    theory = theory_of(viewer, partnership)
    rows = goals_visible_to(viewer).filter(partnership=partnership).exclude(state=Goal.State.DISCONTINUED)
    goals = {goal.pk: goal for goal in rows}
    risks = _risks_by_goal(risks_visible_to(viewer).filter(partnership=partnership, state__in=LIVE))
    found: dict[str, list[LogframeRow]] = {level: [] for level in LEVELS}
    served = set()
    for band in theory.bands:
        for step in band.steps:
            found[band.level].append(_of_step(step, band.label))
            for goal in step.goals:
                if goal.pk in goals:
                    served.add(goal.pk)
                    found[band.level].append(_of_goal(goals[goal.pk], band.label, risks, language))
    outcome, output = str(Level.OUTCOME.label), str(Level.OUTPUT.label)
    found[Level.OUTCOME] += [_of_goal(goal, outcome, risks, language) for pk, goal in goals.items() if pk not in served]
    results = deliverables_visible_to(viewer).filter(partnership=partnership).prefetch_related(None)
    found[Level.OUTPUT] += [_of_result(result, output, language) for result in results]
    return [LogframeLevel(level, str(Level(level).label), rows) for level, rows in found.items() if rows]


def _risks_by_goal(rows: QuerySet[Risk]) -> dict[object, list[str]]:
    found: dict[object, list[str]] = {}
    for risk in rows:
        found.setdefault(risk.goal_id, []).append(risk.event)
    return found


def _of_step(step: Step, level: str) -> LogframeRow:
    held = [text for link in step.because for text in (link.assumption, link.outside) if text]
    return LogframeRow(level=level, text=step.node.text, assumptions="; ".join(dict.fromkeys(held)))


def _of_goal(goal: Goal, level: str, risks: dict[object, list[str]], language: str) -> LogframeRow:
    currency = tenant_at_work().currency
    indicator = goal.indicator
    figures = figures_of(indicator, currency=currency) if indicator else Figures(Indicator.Unit.COUNT)
    until = figures.words(goal.target_value, language) if goal.target_value is not None else ""
    # A sentence with gaps says less than the title.
    is_said = bool(indicator and until and goal.ends_on)
    if until and goal.ends_on:
        until = f"{until} ({date_words(goal.ends_on, language)})"
    return LogframeRow(
        level=level,
        text=sentence_of(goal, indicator, currency=currency).in_language(language) if is_said else goal.title,
        url=space_url("goal_detail", slug=goal.partnership.slug, number=goal.number),
        indicator=indicator.name if indicator else "",
        baseline=_baseline(indicator, figures, language) if indicator else "",
        target=until,
        source=_verified_by(indicator) if indicator else "",
        risks="; ".join(risks.get(goal.pk, ())),
    )


def _verified_by(indicator: Indicator) -> str:
    return ". ".join(text for name in ("source", "method") if (text := spoken(indicator, name)))


def _baseline(indicator: Indicator, figures: Figures, language: str) -> str:
    if indicator.baseline_value is None:
        return ""
    said = figures.said(
        indicator.baseline_value, numerator=indicator.baseline_numerator, denominator=indicator.baseline_denominator
    ).in_language(language)
    return f"{said} ({date_words(indicator.baseline_on, language)})" if indicator.baseline_on else said


def _of_result(result: Deliverable, level: str, language: str) -> LogframeRow:
    return LogframeRow(
        level=level,
        text=result.title,
        url=space_url("deliverable_detail", slug=result.partnership.slug, number=result.number),
        target=date_words(result.due_on, language) if result.due_on else "",
    )
