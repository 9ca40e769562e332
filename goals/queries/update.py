"""What of the goals an update of a partnership begins with."""

from django.utils.translation import gettext as _

from core.web.dates import day_words
from goals.models import Milestone
from goals.rules.goal import RUNNING_STATES
from partnerships.updates import Period


def reached_milestones(period: Period) -> list[str]:
    """The milestones reached in the period."""
    rows = Milestone.objects.filter(
        goal__partnership=period.partnership,
        goal__visibility__gte=period.level,
        reached_on__gt=period.since,
        reached_on__lte=period.today,
    )
    return [
        _("%(what)s: reached on %(day)s") % {"what": row.title, "day": day_words(row.reached_on)}
        for row in rows.order_by("reached_on", "id")
    ]


def late_milestones(period: Period) -> list[str]:
    """The milestones of running goals whose day passed."""
    rows = Milestone.objects.filter(
        goal__partnership=period.partnership,
        goal__visibility__gte=period.level,
        goal__state__in=RUNNING_STATES,
        reached_on=None,
        dropped_on=None,
        due_on__lt=period.today,
    )
    return [
        _("%(what)s: planned for %(day)s, not reached") % {"what": row.title, "day": day_words(row.due_on)}
        for row in rows.order_by("due_on", "id")
    ]
