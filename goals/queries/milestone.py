"""Reading the milestones of a goal as a timeline."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from core.web.space import space_url
from goals.models import Goal, Milestone
from metrics.rules.dates import date_words


@dataclass(frozen=True)
class MilestoneItem:
    """A milestone as the timeline shows it; ``tone`` empty means to come."""

    milestone: Milestone
    when: str
    title: str
    text: str
    tone: str
    url: str


def milestone_items(goal: Goal, *, today: date, language: str, can_edit: bool) -> list[MilestoneItem]:
    """The milestones of a goal of ``goals_in_full``, in order of their dates."""
    found = sorted(goal.milestones.all(), key=lambda milestone: (milestone.due_on, milestone.pk))
    return [_item(goal, milestone, today=today, language=language, can_edit=can_edit) for milestone in found]


def _item(goal: Goal, milestone: Milestone, *, today: date, language: str, can_edit: bool) -> MilestoneItem:
    notes = []
    if milestone.first_due_on != milestone.due_on:
        notes.append(_("First date: %(day)s.") % {"day": date_words(milestone.first_due_on, language)})
    if milestone.evidence:
        notes.append(milestone.evidence)
    tone, when = "", date_words(milestone.due_on, language)
    if milestone.reached_on is not None:
        tone, when = "done", _("Reached on %(day)s") % {"day": date_words(milestone.reached_on, language)}
    elif milestone.due_on < today:
        tone, when = "late", _("Was due on %(day)s") % {"day": when}
    ways = {"slug": goal.partnership.slug, "number": goal.number, "milestone_id": milestone.pk}
    url = space_url("milestone_edit", **ways) if can_edit else ""
    return MilestoneItem(milestone, when, milestone.title, " ".join(notes), tone, url)
