"""A report as document, page and figures: everything is read from the frozen snapshot, nothing from the tables."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from core.documents.assets import AssetSource
from core.documents.rendering import render_pdf
from core.queries.tenant import tenant_at_work
from core.rules.phrases import speaking
from core.tabular.writing import csv_lines
from core.web.document_assets import static_path
from core.web.space import absolute, space_url
from reports.chapters import chapters
from reports.figures import figure_columns, figure_rows
from reports.models import ImpactReport
from reports.rules.reading import Reader


def _context(report: ImpactReport) -> dict[str, Any]:
    brand = tenant_at_work().brand_colour
    return {
        "report": report,
        "facts": report.snapshot,
        **chapters(report.snapshot, Reader(report.language, report.snapshot["space"]["currency"]), brand=brand),
        "verify_url": absolute(space_url("verify", code=report.code)),
        "brand": brand,
    }


def report_html(report: ImpactReport) -> str:
    """The document's HTML in the report's language."""
    with translation.override(report.language):
        return render_to_string("reports/report_document.html", _context(report))


def report_page(report: ImpactReport) -> SafeString:
    """The report as part of a web page, in the report's language."""
    with speaking(None), translation.override(report.language):
        return render_to_string("reports/report_body.html", {**_context(report), "on_screen": True})


def report_pdf(html: str) -> bytes:
    """A tagged PDF/UA-1 document; raises ``core.documents.limits.DocumentError``."""
    return render_pdf(html, assets=AssetSource(static=static_path))


def report_csv(report: ImpactReport) -> bytes:
    """All figures of the snapshot, one row each, with the record each comes from; carries the snapshot's hash."""
    with translation.override(report.language):
        header = figure_columns()
        rows = list(figure_rows(report.snapshot, Reader(report.language, report.snapshot["space"]["currency"])))
    proof: list[str | None] = ["sha256", report.snapshot_sha256]
    rows.append(proof + [None] * (len(header) - len(proof)))
    return b"".join(csv_lines(header, rows, delimiter=";" if report.language == "it" else ","))
