"""All goals of a partnership with their milestones along a calendar: the drawing and the same as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Least
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access.viewer import Viewer
from core.charts import Milestone as Mark
from core.charts import Span, TimelineChart
from core.web.space import space_url
from goals.models import Goal, Milestone
from goals.queries.goal import GoalSheet, goal_list, goal_sheet, goals_visible_to
from goals.queries.milestone import standing_of
from goals.rules.milestone import Standing
from partnerships.models import Partnership

MOST_ROWS = 80
ROOM = timedelta(days=30)
DONE = (Standing.REACHED, Standing.REACHED_LATE)


@dataclass(frozen=True)
class MilestoneRow:
    """A milestone as the table tells it; ``slipped`` when its date is another one than first agreed."""

    title: str
    url: str
    due_on: date
    first_due_on: date
    reached_on: date | None
    standing: Standing
    owner: str

    @property
    def slipped(self) -> bool:
        """Whether its date moved since it was first agreed."""
        return self.first_due_on != self.due_on


@dataclass(frozen=True)
class GoalLine:
    """A goal with its first and last day and its milestones."""

    title: str
    url: str
    starts_on: date
    ends_on: date
    done: float
    note: str
    milestones: Sequence[MilestoneRow]


@dataclass(frozen=True)
class GoalTimeline:
    """Some goals that have an end, and how many of the partnership's have none."""

    lines: Sequence[GoalLine]
    chart: TimelineChart
    undated: int
    is_more: bool


def dated_goals(viewer: Viewer, partnership: Partnership) -> QuerySet[Goal]:
    """The goals with an end, the first to begin first, with their milestones and what tells how they stand."""
    owned = Milestone.objects.select_related("owner_member__organisation").order_by("due_on", "id")
    first = Milestone.objects.filter(goal=OuterRef("pk")).order_by("due_on").values("due_on")[:1]
    begins = Coalesce("starts_on", Least("ends_on", Subquery(first)))
    rows = goal_list(viewer, partnership).exclude(ends_on=None).annotate(first_day=begins)
    return rows.order_by("first_day", "number").prefetch_related(Prefetch("milestones", queryset=owned))


def goal_timeline(
    viewer: Viewer, partnership: Partnership, goals: Sequence[Goal], *, today: date
) -> GoalTimeline | None:
    """Some of ``dated_goals`` drawn; None when there are none. What is found speaks of all goals with an end."""
    if not goals:
        return None
    lines = [_line(goal_sheet(goal, today=today), today=today) for goal in goals]
    rows = [row for line in lines for row in _drawn(line)]
    seen = goals_visible_to(viewer).filter(partnership=partnership).order_by()
    is_late = Q(milestones__reached_on=None, milestones__due_on__lt=today)
    is_kept = Q(ends_on__isnull=False, milestones__isnull=False, milestones__dropped_on=None)
    counted = seen.aggregate(
        kept=Count("milestones", filter=is_kept),
        late=Count("milestones", filter=is_kept & is_late),
        undated=Count("pk", filter=Q(ends_on=None), distinct=True),
    )
    title = _finding(counted["kept"], counted["late"])
    return GoalTimeline(
        lines, _chart(rows[:MOST_ROWS], lines, title, today=today), counted["undated"], len(rows) > MOST_ROWS
    )


def _line(sheet: GoalSheet, *, today: date) -> GoalLine:
    goal, ways = sheet.goal, {"slug": sheet.goal.partnership.slug, "number": sheet.goal.number}
    return GoalLine(
        title=goal.title,
        url=space_url("goal_detail", **ways),
        starts_on=goal.first_day,  # type: ignore[attr-defined]  # annotated by dated_goals
        ends_on=goal.ends_on or today,
        done=sheet.bar or 0,
        note="" if sheet.bar is None else f"{round(sheet.bar * 100)} %",
        milestones=[_milestone(found, ways, today=today) for found in goal.milestones.all()],
    )


def _milestone(found: Milestone, ways: dict[str, str | int], *, today: date) -> MilestoneRow:
    return MilestoneRow(
        title=found.title,
        url=space_url("milestone_detail", milestone_id=found.pk, **ways),
        due_on=found.due_on,
        first_due_on=found.first_due_on,
        reached_on=found.reached_on,
        standing=standing_of(found, today=today),
        owner=str(found.owner_member or ""),
    )


def _drawn(line: GoalLine) -> list[Span | Mark]:
    kept = [one for one in line.milestones if one.standing != Standing.DROPPED]
    return [
        Span(line.title, line.starts_on, line.ends_on, line.done, line.note),
        *(Mark(f"· {one.title}", one.due_on, one.standing in DONE, str(one.standing.label)) for one in kept),
    ]


def _chart(rows: Sequence[Span | Mark], lines: Sequence[GoalLine], title: str, *, today: date) -> TimelineChart:
    days = [one.due_on for line in lines for one in line.milestones]
    last = max([*(line.ends_on for line in lines), *days])
    return TimelineChart(
        title=title,
        starts_on=min([*(line.starts_on for line in lines), *days]),
        ends_on=max(last, min(today, last + ROOM)),
        rows=rows,
        month=_month,
        today=today,
        today_label=_("today"),
    )


def _month(day: date) -> str:
    return date_format(day, "M Y" if day.month == 1 else "M")


def _finding(number: int, late: int) -> str:
    if late:
        told = ngettext("%(late)s milestone of %(number)s is late", "%(late)s milestones of %(number)s are late", late)
        return told % {"late": late, "number": number}
    return _("No milestone is late") if number else _("No milestone yet")
