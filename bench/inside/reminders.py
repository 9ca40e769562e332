"""The reminder run of all tenants beside a bare INSERT ... SELECT: ``python -m bench.inside.reminders TODAY SECONDS``.

The bare run writes the same number of mails and deliveries with fixed words into tables of its own behind the same
wall. Tenants are done in turn, ours and bare, until the time is up.
"""

import os
import sys
import time
from datetime import date
from typing import Any

from bench.inside import Clock, start, tell

OWN_TABLES = """
DROP TABLE IF EXISTS bench_delivery, bench_mail;
CREATE TABLE bench_delivery (LIKE reports_delivery INCLUDING ALL);
CREATE TABLE bench_mail (LIKE core_outboxmail INCLUDING ALL);
ALTER TABLE bench_delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE bench_mail ENABLE ROW LEVEL SECURITY;
CREATE POLICY wall ON bench_delivery USING (tenant_id = (SELECT current_tenant()));
CREATE POLICY wall ON bench_mail USING (tenant_id = (SELECT current_tenant()));
GRANT SELECT, INSERT ON bench_delivery, bench_mail TO telaio_app;
"""
DUE = """
SELECT task.id, task.person_id, task.due_on, person.email, person.language FROM partnerships_task task
JOIN stakeholders_stakeholder person ON person.tenant_id = task.tenant_id AND person.id = task.person_id
WHERE task.tenant_id = %(tenant)s AND task.state IN ('accepted', 'in_progress', 'blocked') AND task.due_on <= %(until)s
"""
MAILS = f"""
INSERT INTO bench_mail (id, tenant_id, "to", subject, text, html, calendar, language, kind, unsubscribe_url,
  dedup_key, message_id, bulk, state, send_after, attempts, error, created_at)
SELECT uuidv7(), %(tenant)s, min(email), 'What is due', string_agg('due on ' || due_on, ' '), '', '', min(language),
  'digest', '', 'digest:' || person_id || ':' || %(today)s, uuidv7()::text, true, 'waiting', now(), 0, '', now()
FROM ({DUE}) due GROUP BY person_id
ON CONFLICT DO NOTHING
"""
DELIVERIES = f"""
INSERT INTO bench_delivery (id, tenant_id, person_id, item_id, due_on, step, mail_id, sent_on)
SELECT uuidv7(), %(tenant)s, due.person_id, due.id, due.due_on, 'due', mail.id, %(today)s
FROM ({DUE}) due JOIN bench_mail mail
  ON mail.tenant_id = %(tenant)s AND mail.dedup_key = 'digest:' || due.person_id || ':' || %(today)s
ON CONFLICT DO NOTHING
"""


def main(today: date, seconds: float) -> dict[str, Any]:
    import psycopg
    from django.db import connection

    from core.models import OutboxMail
    from core.queries.tenant import active_tenants
    from core.tenancy.context import tenant_scope
    from reports.models import Delivery
    from reports.operations.digest import write_digests
    from reports.rules.digest import LOOK_AHEAD

    with psycopg.connect(os.environ["OWNER_DATABASE_URL"], autocommit=True) as owner:
        owner.execute(OWN_TABLES)
    ours, bare, count_before = Clock(), Clock(), 0
    until, deadline = today + LOOK_AHEAD, time.monotonic() + seconds
    done, mails, deliveries = [], 0, 0
    for tenant in active_tenants().order_by("-pk"):
        if time.monotonic() > deadline:
            break
        values = {"tenant": tenant.pk, "until": until, "today": str(today)}
        with bare, tenant_scope(tenant.pk), connection.cursor() as cursor:
            cursor.execute(MAILS, values)
            cursor.execute(DELIVERIES, values)
        with ours, tenant_scope(tenant.pk):
            mails += write_digests(today=today)
        done.append(tenant.pk)
    for tenant_id in done:
        with tenant_scope(tenant_id):
            deliveries += Delivery.objects.count()
            count_before += Delivery.objects.count() + OutboxMail.objects.count()
    again, added = Clock(), 0
    for tenant_id in done:
        with again, tenant_scope(tenant_id):
            write_digests(today=today)
    for tenant_id in done:
        with tenant_scope(tenant_id):
            added += Delivery.objects.count() + OutboxMail.objects.count()
    return {
        "ours": ours.cpu,
        "floor": bare.cpu,
        "wall_ratio": ours.seconds / bare.seconds,
        "tenants": len(done),
        "mails": mails,
        "deliveries": deliveries,
        "added_again": added - count_before,
        "again": again.seconds,
        # The daily round writes one job a tenant, and each is one task.
        "rows_per_task": (mails + deliveries) / max(1, len(done)),
    }


if __name__ == "__main__":
    start()
    tell(main(date.fromisoformat(sys.argv[1]), float(sys.argv[2])))
