"""A day's reminders in some tenants: ``python -m bench.inside.digests expected|ask|found PREFIX TODAY``."""

import sys
from datetime import date
from typing import Any

from bench.inside import start, tell


def expected(prefix: str, today: date) -> dict[str, Any]:
    """Who is to get a mail, and how many things they are told."""
    from bench.inside.mails import tenants
    from core.tenancy.context import tenant_scope
    from reports.queries.digest import digests_on

    people: list[str] = []
    items = 0
    for tenant_id in tenants(prefix):
        with tenant_scope(tenant_id):
            going = [digest for digest in digests_on(today) if digest.goes_out]
        people += [digest.person.email for digest in going]
        items += sum(len(digest.items) for digest in going)
    return {"people": people, "items": items}


def ask(prefix: str, today: date) -> dict[str, Any]:
    """Write the job of the day in each tenant, as the daily round does."""
    from bench.inside.mails import tenants
    from core.jobs import daily, enqueue
    from core.tenancy.context import tenant_scope

    places = tenants(prefix)
    for tenant_id in places:
        with tenant_scope(tenant_id):
            enqueue(daily.JOB, dedup_key=f"daily {today}", today=today)
    return {"jobs": len(places)}


def found(prefix: str, today: date) -> dict[str, Any]:
    """What was written, and what a second run of the same day would write besides."""
    from bench.inside.mails import tenants
    from core.models import OutboxMail
    from core.tenancy.context import tenant_scope
    from reports.models import Delivery
    from reports.operations.digest import write_digests

    addresses: list[str] = []
    deliveries = again = 0
    for tenant_id in tenants(prefix):
        with tenant_scope(tenant_id):
            mails = OutboxMail.objects.filter(kind="digest")
            addresses += [f"{tenant_id} {to}" for to in mails.values_list("to", flat=True)]
            deliveries += Delivery.objects.count()
            again += write_digests(today=today)
    return {"mails": len(addresses), "people": len(set(addresses)), "deliveries": deliveries, "again": again}


if __name__ == "__main__":
    start()
    tell({"expected": expected, "ask": ask, "found": found}[sys.argv[1]](sys.argv[2], date.fromisoformat(sys.argv[3])))
