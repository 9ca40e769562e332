"""Agenda and minutes as documents."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from core.documents.assets import AssetSource
from core.documents.markdown import render_markdown
from core.documents.rendering import render_pdf
from core.queries.tenant import tenant_at_work
from core.web.document_assets import static_path
from partnerships.models import Meeting, Minutes
from partnerships.queries.agenda import items_of
from partnerships.queries.meeting import when_of
from partnerships.queries.minutes import approvals_of, errata_of


def agenda_pdf(meeting: Meeting) -> bytes:
    """The agenda as a tagged PDF/UA-1 document; raises ``core.documents.limits.DocumentError``."""
    context = {"meeting": meeting, "items": list(items_of(meeting))}
    return _pdf("partnerships/agenda_document.html", meeting, context, tenant_at_work().default_language)


def minutes_pdf(minutes: Minutes) -> bytes:
    """Frozen minutes with who approved them and their corrections; raises as ``agenda_pdf``."""
    context = {
        "meeting": minutes.meeting,
        "minutes": minutes,
        "text": render_markdown(minutes.text, top_heading=2),
        "approvals": approvals_of(minutes),
        "errata": list(errata_of(minutes)),
    }
    return _pdf("partnerships/minutes_document.html", minutes.meeting, context, minutes.language)


def _pdf(template: str, meeting: Meeting, context: dict[str, Any], language: str) -> bytes:
    space = tenant_at_work()
    with translation.override(language):
        known = {
            "when": when_of(meeting),
            "partnership": meeting.partnership,
            "space": space,
            "brand": space.brand_colour,
        }
        html = render_to_string(template, known | context)
    return render_pdf(html, assets=AssetSource(static=static_path))
