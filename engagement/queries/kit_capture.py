"""A partnership's activities as part of a kit (R-P3)."""

from typing import Any

from django.utils import timezone

from engagement.models import EngagementActivity
from partnerships.kits.kit import Item
from partnerships.models import Partnership
from partnerships.queries.kit_capture import in_own_language

# The section of a kit, and what of an activity is said in the space's language.
SECTION = "activities"
WORDS = ("what_is_open", "what_is_fixed", "who_decides", "target_groups", "outreach_plan")


def capture_activities(partnership: Partnership) -> list[Item]:
    """Its activities that were not called off: their promise and question, no places, people or answers."""
    rows = EngagementActivity.objects.filter(partnership=partnership)
    told = rows.exclude(state=EngagementActivity.State.CANCELLED).order_by("number")
    return [_item(one, partnership) for one in told]


def _item(activity: EngagementActivity, partnership: Partnership) -> Item:
    return {
        "code": f"A-{activity.number}",
        **in_own_language("title", activity.title),
        **in_own_language("text", activity.question),
        "kind": activity.kind,
        "level": activity.level,
        **{name: getattr(activity, name) for name in WORDS},
        **_when(activity, partnership),
    }


def _when(activity: EngagementActivity, partnership: Partnership) -> dict[str, Any]:
    """Its day counted from the start, its hour and how many minutes it takes, where these are known."""
    if activity.starts_at is None or activity.ends_at is None or partnership.starts_on is None:
        return {}
    starts = timezone.localtime(activity.starts_at)
    return {
        "due": (starts.date() - partnership.starts_on).days,
        "hour": f"{starts:%H:%M}",
        "minutes": round((activity.ends_at - activity.starts_at).total_seconds() / 60),
    }
