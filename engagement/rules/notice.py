"""The privacy notice of the public form (PRI-01): which version a person agreed to is kept with their message."""

from dataclasses import dataclass

from core.models import Tenant

# Count up when the words in templates/engagement/notice.html change their meaning.
NOTICE_VERSION = 2
YOUNGEST = 14
CONTACT_DAYS = 90


@dataclass(frozen=True)
class Notice:
    """What the notice says of this space."""

    controller: str
    contact: str
    contact_days: int
    youngest: int = YOUNGEST


def notice_of(tenant: Tenant) -> Notice:
    """The notice's facts; the default of R-E11 where the space set no time."""
    return Notice(tenant.name, tenant.contact_email, contact_days_of(tenant.retention_days))


def contact_days_of(retention: dict[str, int]) -> int:
    """For how many days after closing an address is kept."""
    return int(retention.get("resident_contact", CONTACT_DAYS))
