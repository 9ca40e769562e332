"""What the next run of retention would take. Apps register their classes in ``AppConfig.ready``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.queries.tenant import tenant_at_work
from core.rules.retention import Keeping, days_of, is_held, last_day_of

_keepings: dict[str, Keeping] = {}


@dataclass(frozen=True)
class DueClass:
    """A class and what of it would go: nothing while it is held."""

    keeping: Keeping
    days: int
    last_day: date
    count: int
    held: bool


def register_keeping(keeping: Keeping) -> None:
    """Add a class of data that is kept for a time. The same code again replaces it."""
    _keepings[keeping.code] = keeping


def registered_keepings() -> list[Keeping]:
    """All classes, in the order of their registration: lower apps first."""
    return list(_keepings.values())


def due_classes(
    *, today: date, chosen: Mapping[str, int] | None = None, holds: Sequence[str] | None = None
) -> list[DueClass]:
    """What would go on this day, class by class; with ``chosen`` and ``holds`` as if these were in force."""
    tenant = tenant_at_work()
    chosen = tenant.retention_days if chosen is None else chosen
    holds = tenant.retention_holds if holds is None else holds
    found = []
    for keeping in registered_keepings():
        last_day, held = last_day_of(keeping, chosen, today=today), is_held(keeping, holds)
        count = 0 if held else keeping.due(last_day)
        found.append(DueClass(keeping, days_of(keeping, chosen), last_day, count, held))
    return found
