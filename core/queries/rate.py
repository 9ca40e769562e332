"""Where the uses of a key are counted, and how many there were."""

from datetime import UTC, datetime, timedelta

from django.utils.crypto import salted_hmac

from core.models import RateCount
from core.tenancy.context import current_tenant_id


def row_of(key: str, *, per: timedelta, now: datetime) -> tuple[str, datetime]:
    """The hashed key and the window of a use: of this tenant alone (TEN-12), under a salt that changes each day."""
    seconds = int(per.total_seconds())
    starts = datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, tz=UTC)
    in_tenant = f"{current_tenant_id()}:{key}"
    return salted_hmac(f"telaio.rate.{now:%Y%m%d}", in_tenant, algorithm="sha256").hexdigest(), starts


def uses_of(key: str, *, per: timedelta, now: datetime) -> int:
    """How often a key was used in the window that runs and in the one before, counting nothing; one query."""
    (hashed, starts), (before, earlier) = row_of(key, per=per, now=now), row_of(key, per=per, now=now - per)
    rows = RateCount.objects.filter(key__in={hashed, before}, window_starts_at__in=[starts, earlier])
    return sum(rows.order_by().values_list("count", flat=True))
