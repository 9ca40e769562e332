"""What goals offer for a meeting's agenda."""

from collections.abc import Iterator
from datetime import date

from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.web.dates import day_words
from core.web.space import space_url
from goals.models import Goal, Milestone, Risk
from goals.queries.review import is_due
from goals.rules.goal import RUNNING_STATES
from goals.rules.risk import LIVE
from partnerships.agenda import Suggestion
from partnerships.models import Meeting

MOST_OFFERED = 10


def goals_to_review(meeting: Meeting, today: date) -> Iterator[Suggestion]:
    """Goals whose review is due, those off track twice in a row first (R-G9)."""
    goals = Goal.objects.filter(is_due(today), partnership=meeting.partnership_id)
    for goal in goals.order_by("off_track_since", "next_review_on", "number")[:MOST_OFFERED]:
        day = goal.off_track_since or goal.next_review_on or today
        since = date_format(day, "SHORT_DATE_FORMAT")
        words = _("Off track twice in a row, up to %(day)s") if goal.off_track_since else _("Review due on %(day)s")
        yield Suggestion(
            # Offered anew when it is off track again or its next day has come.
            code=f"review:{goal.pk}:{day.isoformat()}",
            title=_("Review: %(goal)s") % {"goal": goal.title},
            why=words % {"day": since},
            url=space_url("goal_detail", slug=meeting.partnership.slug, number=goal.number),
            member_id=goal.owner_member_id,
        )


def overdue_milestones(meeting: Meeting, today: date) -> Iterator[Suggestion]:
    """Milestones of adopted goals whose day has passed without being reached."""
    rows = Milestone.objects.filter(
        goal__partnership=meeting.partnership_id,
        goal__state__in=RUNNING_STATES,
        reached_on=None,
        dropped_on=None,
        due_on__lt=today,
    ).select_related("goal")
    for milestone in rows.order_by("due_on", "id")[:MOST_OFFERED]:
        yield Suggestion(
            code=f"milestone:{milestone.pk}",
            title=milestone.title,
            why=_("Milestone planned for %(day)s") % {"day": date_format(milestone.due_on, "SHORT_DATE_FORMAT")},
            url=space_url("goal_detail", slug=meeting.partnership.slug, number=milestone.goal.number),
            member_id=milestone.goal.owner_member_id,
        )


def overdue_risks(meeting: Meeting, today: date) -> Iterator[Suggestion]:
    """Risks that should have been looked at again before today, the highest first."""
    rows = Risk.objects.filter(partnership=meeting.partnership_id, state__in=LIVE, review_on__lt=today)
    for risk in rows.order_by(-F("likelihood") * F("impact"), "review_on", "id")[:MOST_OFFERED]:
        yield Suggestion(
            code=f"risk:{risk.pk}",
            title=risk.event,
            why=_("Risk to be looked at again since %(day)s") % {"day": day_words(risk.review_on)},
            url=space_url("risk_detail", slug=meeting.partnership.slug, number=risk.number),
            member_id=risk.owner_member_id,
        )
