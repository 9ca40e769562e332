"""The register going out in the formats of other programs."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access.permissions import Permission
from core.web.access import SpaceRequest, members, requires
from core.web.lists import count_up_to, download
from stakeholders.queries.exchange import outgoing
from stakeholders.queries.register import stakeholder_list
from stakeholders.queries.stakeholder import stakeholders_kept_by
from stakeholders.rules.exchange_formats import FORMATS
from stakeholders.rules.hsds_writing import hsds_directory
from stakeholders.rules.vcard_writing import vcards
from stakeholders.views.register import narrowing_of

VCARD, JSON = "text/vcard; charset=utf-8", "application/json"


@requires(Permission.SEE_STAKEHOLDERS)
@require_safe
def stakeholder_export(request: SpaceRequest) -> HttpResponse:
    """The formats the narrowed register can be taken away in, and what each cannot hold."""
    narrowing = narrowing_of(request)
    listing = stakeholder_list(request.viewer, narrowing)
    total, is_more = count_up_to(listing.rows, listing.most_counted)
    context = {
        "formats": FORMATS,
        "total": total,
        "is_more": is_more,
        "narrowing_query": narrowing.as_query(),
        "can_import": request.viewer.can(Permission.IMPORT_STAKEHOLDERS),
    }
    return render(request, "stakeholders/exchange_export.html", context)


@requires(Permission.SEE_STAKEHOLDERS)
@require_safe
def stakeholder_export_cards(request: SpaceRequest) -> HttpResponse:
    """The narrowed register as contact cards."""
    rows = stakeholder_list(request.viewer, narrowing_of(request)).rows
    return _download(b"".join(vcards(outgoing(request.viewer, rows))), _("stakeholders"), "vcf", VCARD)


@requires(Permission.SEE_STAKEHOLDERS)
@require_safe
def stakeholder_export_directory(request: SpaceRequest) -> HttpResponse:
    """The organisations and groups of the narrowed register as an Open Referral directory."""
    rows = stakeholder_list(request.viewer, narrowing_of(request)).rows
    return _download(b"".join(hsds_directory(outgoing(request.viewer, rows))), _("stakeholders"), "json", JSON)


@members
@require_safe
def stakeholder_card(request: SpaceRequest, stakeholder_id: uuid.UUID) -> HttpResponse:
    """One stakeholder as a contact card, for whoever sees its page."""
    visible = stakeholders_kept_by(request.viewer)
    found = get_object_or_404(visible, pk=stakeholder_id)
    rows = visible.filter(pk=found.pk)
    return _download(b"".join(vcards(outgoing(request.viewer, rows))), found.name, "vcf", VCARD)


def _download(content: bytes, name: str, ending: str, content_type: str) -> HttpResponse:
    return download(content, f"{slugify(name)[:60] or 'contact'}.{ending}", content_type)
