"""Reading the milestones of a goal, and who may look after one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, TextField
from django.db.models.functions import Cast, JSONObject
from django.utils.translation import gettext as _

from core.queries.tenant import tenant_at_work
from core.web.space import space_url
from goals.models import Goal, Milestone
from goals.rules.milestone import Standing, WayPoint, milestone_standing
from metrics.rules.dates import date_words
from metrics.rules.figure import figures_of


@dataclass(frozen=True)
class MilestoneItem:
    """A milestone as the timeline shows it; ``tone`` empty means to come."""

    milestone: Milestone
    when: str
    title: str
    text: str
    tone: str
    url: str


def way_of_goal() -> ArraySubquery:
    """The milestones of the goal a query is about that were not dropped, by date, for ``way_points``."""
    # A number would go through JSON as a float.
    line = JSONObject(due_on="due_on", reached_on="reached_on", value=Cast("expected_value", TextField()))
    rows = Milestone.objects.filter(goal=OuterRef("pk"), dropped_on=None).order_by("due_on", "id")
    return ArraySubquery(rows.values(line=line))


def way_points(found: Iterable[Mapping[str, str | None]], *, until: date) -> list[WayPoint]:
    """What ``way_of_goal`` read, as it was known on a day."""
    return [
        WayPoint(
            due_on=date.fromisoformat(str(line["due_on"])),
            is_reached=bool(reached := line["reached_on"]) and date.fromisoformat(str(reached)) <= until,
            value=Decimal(value) if (value := line["value"]) else None,
        )
        for line in found
    ]


def way_of(goal: Goal, *, until: date) -> list[WayPoint]:
    """The way of one goal, as it was known on a day."""
    rows = Milestone.objects.filter(goal=goal, dropped_on=None).order_by("due_on", "id")
    return [
        WayPoint(row.due_on, row.reached_on is not None and row.reached_on <= until, row.expected_value) for row in rows
    ]


def standing_of(milestone: Milestone, *, today: date) -> Standing:
    """Where a milestone stands on a day."""
    return milestone_standing(
        due_on=milestone.due_on, reached_on=milestone.reached_on, dropped_on=milestone.dropped_on, today=today
    )


def expected_words(goal: Goal, milestone: Milestone, language: str) -> str:
    """The value expected by a milestone's day; empty when the way is a straight line."""
    if milestone.expected_value is None or goal.indicator is None:
        return ""
    figures = figures_of(goal.indicator, currency=tenant_at_work().currency)
    return figures.said(milestone.expected_value).in_language(language)


def milestone_items(goal: Goal, *, today: date, language: str, can_edit: bool) -> list[MilestoneItem]:
    """The milestones of a goal of ``goals_in_full``, in order of their dates."""
    found = sorted(goal.milestones.all(), key=lambda milestone: (milestone.due_on, milestone.pk))
    return [_item(goal, milestone, today=today, language=language, can_edit=can_edit) for milestone in found]


def _item(goal: Goal, milestone: Milestone, *, today: date, language: str, can_edit: bool) -> MilestoneItem:
    standing = standing_of(milestone, today=today)
    ways = {"slug": goal.partnership.slug, "number": goal.number, "milestone_id": milestone.pk}
    page = "milestone_edit" if can_edit else "milestone_detail"
    return MilestoneItem(
        milestone,
        _when(milestone, standing, language),
        milestone.title,
        " ".join(_notes(milestone, language)),
        "" if standing in {Standing.PLANNED, Standing.DUE_SOON} else standing.tone,
        space_url(page, **ways),
    )


def _when(milestone: Milestone, standing: Standing, language: str) -> str:
    day = date_words(milestone.reached_on or milestone.dropped_on or milestone.due_on, language)
    words = {
        Standing.REACHED: _("Reached on %(day)s"),
        Standing.REACHED_LATE: _("Reached late, on %(day)s"),
        Standing.DROPPED: _("Dropped on %(day)s"),
        Standing.LATE: _("Was due on %(day)s"),
        Standing.DUE_SOON: _("Soon: %(day)s"),
    }
    return words.get(standing, "%(day)s") % {"day": day}


def _notes(milestone: Milestone, language: str) -> list[str]:
    first = date_words(milestone.first_due_on, language)
    notes = [_("First agreed: %(day)s.") % {"day": first}]
    if milestone.reached_on or milestone.dropped_on:
        notes.append(_("Planned for %(day)s.") % {"day": date_words(milestone.due_on, language)})
    if milestone.dropped_reason:
        notes.append(milestone.dropped_reason)
    if milestone.evidence:
        notes.append(milestone.evidence)
    return notes
