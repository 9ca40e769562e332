"""Reading the milestones of a goal, and who may look after one."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from core.web.space import space_url
from goals.models import Goal, Milestone
from goals.rules.milestone import Standing, milestone_standing
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


def standing_of(milestone: Milestone, *, today: date) -> Standing:
    """Where a milestone stands on a day."""
    return milestone_standing(
        due_on=milestone.due_on, reached_on=milestone.reached_on, dropped_on=milestone.dropped_on, today=today
    )


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
