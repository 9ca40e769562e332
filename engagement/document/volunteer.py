"""What volunteers take along, and the register of the law, as documents."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from core.documents.assets import AssetSource
from core.documents.rendering import render_pdf
from core.queries.tenant import tenant_at_work
from core.web.document_assets import static_path
from core.web.space import absolute, space_url
from engagement.models import VolunteerCertificate
from engagement.queries.public_phrase import base_language
from engagement.queries.volunteer import volunteer_register_of, work_of
from engagement.rules.volunteer import total_in_words
from partnerships.models import Partnership


def certificate_pdf(certificate: VolunteerCertificate) -> bytes:
    """Confirmed hours as a tagged PDF/UA-1 document; raises ``core.documents.limits.DocumentError``."""
    volunteer = certificate.volunteer
    language = base_language(volunteer.language)
    with translation.override(language):
        hours = total_in_words(certificate.hours)
    context = {
        "certificate": certificate,
        "volunteer": volunteer,
        "hours": hours,
        "work": list(work_of(volunteer)),
        "check_url": absolute(space_url("verify", code=certificate.code)),
    }
    return _pdf("engagement/certificate_document.html", volunteer.partnership, context, language)


def volunteer_register_pdf(partnership: Partnership) -> bytes:
    """The register of volunteers, line by line; raises as ``certificate_pdf``."""
    context = {"entries": list(volunteer_register_of(partnership))}
    return _pdf("engagement/register_document.html", partnership, context, tenant_at_work().default_language)


def _pdf(template: str, partnership: Partnership, context: dict[str, Any], language: str) -> bytes:
    space = tenant_at_work()
    with translation.override(language):
        known = {"partnership": partnership, "space": space, "brand": space.brand_colour}
        html = render_to_string(template, known | context)
    return render_pdf(html, assets=AssetSource(static=static_path))
