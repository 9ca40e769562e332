"""``manage.py render_report ID``: make the document of a frozen report by hand, as the worker does."""

import json
import uuid
from argparse import ArgumentParser
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError

from core.documents.limits import DocumentError
from core.models import Tenant
from core.queries.tenant import active_tenants
from core.rules.upload_content import UploadError
from core.tenancy.context import tenant_scope
from reports.models import ImpactReport
from reports.operations.report import render_report

FAILED, USAGE = 1, 2


class Command(BaseCommand):
    """Renders a report and prints where its document is. A report that has one keeps it: a second run is free.

    Exit codes: 0 the document is there; 1 it could not be made; 2 there is no such report.
    """

    help = "Make the document of a frozen report and print its path."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=uuid.UUID, help="the report's id")
        parser.add_argument("--json", action="store_true", help="tell the outcome as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        for tenant in active_tenants():
            with tenant_scope(tenant.pk):
                if ImpactReport.objects.filter(pk=options["id"]).exists():
                    return self._tell(tenant, self._render(options["id"]), as_json=options["json"])
        raise CommandError(f"There is no report {options['id']}.", returncode=USAGE)

    def _render(self, report_id: uuid.UUID) -> ImpactReport:
        try:
            return render_report(report_id=report_id)
        except (DocumentError, UploadError) as error:
            raise CommandError(f"The document could not be made: {error}", returncode=FAILED) from error

    def _tell(self, tenant: Tenant, report: ImpactReport, *, as_json: bool) -> None:
        stored = report.pdf
        assert stored is not None  # what render_report promises
        path = default_storage.path(stored.storage_key)
        if not as_json:
            self.stdout.write(path)
            return
        told = {
            "id": str(report.pk),
            "tenant": tenant.slug,
            "partnership": report.partnership.slug,
            "number": report.number,
            "language": report.language,
            "state": report.state,
            "code": report.code,
            "snapshot_sha256": report.snapshot_sha256,
            "path": path,
            "bytes": stored.size_bytes,
            "pdf_sha256": stored.sha256,
        }
        self.stdout.write(json.dumps(told, indent=2, ensure_ascii=False))
