"""Bringing a kit's activities into a partnership, planned and told to nobody (R-P1)."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from core.models import User
from core.queries.tenant import tenant_at_work
from core.rules.bilingual import spoken_item
from engagement.models import EngagementActivity
from engagement.operations.activity import plan_activity
from engagement.queries.kit_capture import SECTION, WORDS
from partnerships.kits.kit import ChosenKit, Item
from partnerships.models import Partnership
from partnerships.operations.kit_dates import kit_day


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


def _when(partnership: Partnership, item: Item) -> dict[str, Any]:
    day = kit_day(partnership.starts_on, item.get("due"))
    if day is None:
        return {}
    starts = timezone.make_aware(datetime.combine(day, time.fromisoformat(item["hour"])))
    return {"starts_at": starts, "ends_at": starts + timedelta(minutes=item["minutes"])}
