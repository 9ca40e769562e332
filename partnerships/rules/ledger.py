"""How a promise stands, and how honest a share of kept ones is (domain 2.6)."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import pgettext_lazy

# Below so many a percentage says more than is known.
FEWEST_FOR_A_SHARE = 5


class LedgerStatus(models.TextChoices):
    """How one promise stands."""

    LATE = "late", pgettext_lazy("promise", "Late")
    OPEN = "open", pgettext_lazy("promise", "Open")
    KEPT = "kept", pgettext_lazy("promise", "Kept")
    KEPT_LATE = "kept_late", pgettext_lazy("promise", "Kept late")
    RELEASED = "released", pgettext_lazy("promise", "Released")


TONES: dict[str, str] = {
    LedgerStatus.LATE: "late",
    LedgerStatus.OPEN: "now",
    LedgerStatus.KEPT: "done",
    LedgerStatus.KEPT_LATE: "soon",
    LedgerStatus.RELEASED: "idle",
}


def ledger_status(
    *, due_on: date | None, first_agreed_on: date | None, kept_on: date | None, is_released: bool, today: date
) -> LedgerStatus:
    """Kept means by the first agreed date, or on any day when none was agreed; late is measured by the present date."""
    if is_released:
        return LedgerStatus.RELEASED
    if kept_on is not None:
        late = first_agreed_on is not None and kept_on > first_agreed_on
        return LedgerStatus.KEPT_LATE if late else LedgerStatus.KEPT
    return LedgerStatus.LATE if due_on is not None and due_on < today else LedgerStatus.OPEN


@dataclass(frozen=True)
class KeptRate:
    """Promises kept by the first agreed date, of those whose first agreed date has come; none that was released."""

    kept: int
    due: int

    @property
    def percent(self) -> int | None:
        """The share in whole per cent; None below five, where it would only sound exact."""
        return round(100 * self.kept / self.due) if self.due >= FEWEST_FOR_A_SHARE else None
