"""What the demo's database says of a partnership, counted by plain SQL, and a report frozen at that moment."""

import json
import sys
from datetime import date, timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from core.models import Tenant
from core.tenancy.context import tenant_scope
from partnerships.models import Partnership
from reports.models import ImpactReport
from reports.operations.report import freeze_report, render_report

# Beside the query that counts for the report: nothing of it is used here.
MONEY = """
SELECT coalesce(sum(amount_cents) FILTER (WHERE status = 'secured' AND kind <> 'in_kind'), 0),
  coalesce(sum(amount_cents) FILTER (WHERE status = 'expected' AND kind <> 'in_kind'), 0),
  coalesce(sum(amount_cents) FILTER (WHERE status = 'secured' AND kind = 'in_kind'), 0)
FROM funding_fundingsource WHERE partnership_id = %s
"""
MESSAGES = """
SELECT count(*), count(answered_on) FROM engagement_submission
WHERE partnership_id = %s AND state NOT IN ('spam', 'withdrawn')
  AND (received_hour AT TIME ZONE %s)::date BETWEEN %s AND %s
"""
LATEST = """
SELECT DISTINCT ON (goal.number) goal.number, value.numerator, value.denominator, value.value, value.period_ends_on
FROM goals_goal goal JOIN metrics_measurement value ON value.indicator_id = goal.indicator_id
WHERE goal.partnership_id = %s AND goal.visibility >= 3 AND goal.state IN ('adopted', 'active', 'achieved')
  AND value.state IN ('submitted', 'verified') AND value.missing_reason = '' AND value.period_ends_on <= %s
ORDER BY goal.number, value.period_ends_on DESC
"""


def print_known(tenant: str, slug: str, language: str) -> None:
    """Freeze and render a report of the last year, print its path and the database's figures, and take it back."""
    place = Tenant.objects.get(slug=tenant)
    with tenant_scope(place.pk), timezone.override(place.time_zone):
        partnership = Partnership.objects.get(slug=slug)
        until = timezone.localdate()
        since = until - timedelta(days=365)
        report = freeze_report(
            partnership=partnership,
            title="Conformance",
            language=language,
            period_starts_on=since,
            period_ends_on=until,
            summary="",
            not_working="",
            by=None,
        )
        pdf = render_report(report_id=report.pk).pdf
        assert pdf is not None
        found = _figures(partnership, place.time_zone, since, until)
        told = {"path": default_storage.path(pdf.storage_key), "currency": place.currency, **found}
        sys.stdout.write(json.dumps(told))
        transaction.set_rollback(True)


def _figures(partnership: Partnership, zone: str, since: date, until: date) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(MONEY, [partnership.pk])
        secured, expected, in_kind = cursor.fetchone()
        cursor.execute(MESSAGES, [partnership.pk, zone, since, until])
        received, answered = cursor.fetchone()
        cursor.execute(LATEST, [partnership.pk, until])
        values = [[number, *map(_text, rest)] for number, *rest in cursor.fetchall()]
    cents = {"secured": int(secured), "expected": int(expected), "in_kind": int(in_kind)}
    return {"cents": cents, "received": received, "answered": answered, "values": values}


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def print_stored(tenant: str) -> None:
    """The reports the demo brought along: where their documents are, and what was frozen."""
    place = Tenant.objects.get(slug=tenant)
    with tenant_scope(place.pk):
        rows = ImpactReport.objects.filter(pdf__isnull=False).select_related("pdf", "partnership").order_by("frozen_at")
        told = [
            {
                "path": default_storage.path(row.pdf.storage_key),
                "title": row.title,
                "language": row.language,
                "code": row.code,
                "sha256": row.snapshot_sha256,
                "pdf_sha256": row.pdf.sha256,
                "slug": row.partnership.slug,
                "currency": row.snapshot["space"]["currency"],
                "snapshot": row.snapshot,
            }
            for row in rows
            if row.pdf is not None
        ]
    sys.stdout.write(json.dumps(told))
