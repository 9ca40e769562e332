"""Bringing a kit's activities into a partnership, planned and told to nobody (R-P1), and moving them with its start."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from core.models import User
from core.queries.tenant import tenant_at_work
from core.rules.bilingual import spoken_item
from engagement.models import EngagementActivity
from engagement.operations.activity import plan_activity
from engagement.queries.kit_capture import SECTION, WORDS
from engagement.rules.activity import report_back_for
from partnerships.kits.kit import ChosenKit, Item
from partnerships.models import Partnership
from partnerships.operations.kit_dates import kit_day
from partnerships.rules.kit import day_of


def apply_activities(partnership: Partnership, kit: ChosenKit, by: User | None) -> None:
    """A kit's activities as plans; one called so already is left as it is."""
    language = tenant_at_work().default_language
    titles = set(EngagementActivity.objects.filter(partnership=partnership).values_list("title", flat=True))
    for item in kit.items(SECTION):
        if (title := spoken_item(item, "title", language)) not in titles:
            plan_activity(
                partnership=partnership,
                by=by,
                title=title,
                question=spoken_item(item, "text", language),
                kind=item["kind"],
                level=item["level"],
                **{name: item.get(name, "") for name in WORDS},
                **_when(partnership, item),
            )


def move_activity_dates(partnership: Partnership, before: date | None, today: date | None = None) -> int:
    """Count the days of the kit's activities from another start; part of an operation that records. How many moved.

    Only of plans nobody was told of yet: an hour people announced, or wrote themselves, is theirs.
    """
    language = tenant_at_work().default_language
    items = partnership.template_snapshot.get(SECTION, ())
    wanted = {spoken_item(item, "title", language): item for item in items if item.get("due") is not None}
    rows = EngagementActivity.objects.select_for_update().filter(
        partnership=partnership, title__in=wanted, state=EngagementActivity.State.PLANNED
    )
    moved = []
    for activity in rows.order_by("number"):
        item = wanted[activity.title]
        known = _hours(day_of(before, item["due"]), item) if before is not None else {}
        new = _when(partnership, item, today=today)
        starts_at = new.get("starts_at")
        if activity.starts_at in {None, known.get("starts_at")} and activity.starts_at != starts_at:
            if activity.report_back_by in {None, report_back_for(activity.level, activity.ends_at)}:
                activity.report_back_by = report_back_for(activity.level, new.get("ends_at"))
            activity.starts_at, activity.ends_at = starts_at, new.get("ends_at")
            moved.append(activity)
    EngagementActivity.objects.bulk_update(moved, ["starts_at", "ends_at", "report_back_by"])
    return len(moved)


def _when(partnership: Partnership, item: Item, *, today: date | None = None) -> dict[str, datetime]:
    day = kit_day(partnership.starts_on, item.get("due"), today=today)
    return {} if day is None else _hours(day, item)


def _hours(day: date, item: Item) -> dict[str, datetime]:
    starts = timezone.make_aware(datetime.combine(day, time.fromisoformat(item["hour"])))
    return {"starts_at": starts, "ends_at": starts + timedelta(minutes=item["minutes"])}
