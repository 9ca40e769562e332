"""A version of an agreement as a document: its text, and a page that says who signed it, how and when."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from core.documents.assets import AssetSource
from core.documents.markdown import render_markdown
from core.documents.rendering import render_pdf
from core.queries.tenant import tenant_at_work
from core.web.document_assets import static_path
from partnerships.models import AgreementVersion
from partnerships.queries.agreement import live_signatures
from partnerships.queries.agreement_text import text_of
from partnerships.rules.agreement import standing_of


def _context(version: AgreementVersion) -> dict[str, Any]:
    signatures = list(live_signatures().filter(version=version).select_related("carried_from__version"))
    return {
        "version": version,
        "state_label": standing_of(version, today=timezone.localdate())[1],
        "agreement": version.agreement,
        "partnership": version.agreement.partnership,
        "space": tenant_at_work(),
        "text": render_markdown(text_of(version), top_heading=2),
        "signatures": [one for one in signatures if not one.is_accession],
        "accessions": [one for one in signatures if one.is_accession],
        "brand": tenant_at_work().brand_colour,
    }


def agreement_html(version: AgreementVersion) -> str:
    """The document's HTML in the version's language."""
    with translation.override(version.language):
        return render_to_string("partnerships/agreement_document.html", _context(version))


def agreement_pdf(html: str) -> bytes:
    """A tagged PDF/UA-1 document; raises ``core.documents.limits.DocumentError``."""
    return render_pdf(html, assets=AssetSource(static=static_path))
