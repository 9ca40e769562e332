"""The register for other programs: as a table, as contact cards and as an Open Referral directory."""

import uuid
from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.plumbing import build_array_type, build_object_type
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request

from core.access.permissions import Permission
from core.api.views import SpaceAPIView
from core.web.lists import XLSX, csv_response, xlsx_response
from stakeholders.api.stakeholder import NarrowingIn
from stakeholders.models import Stakeholder
from stakeholders.queries.exchange import outgoing
from stakeholders.queries.register import exported, stakeholder_list
from stakeholders.queries.stakeholder import stakeholders_kept_by
from stakeholders.rules.exchange import Outgoing
from stakeholders.rules.hsds_writing import hsds_directory
from stakeholders.rules.register import NarrowingError, narrowing_from
from stakeholders.rules.vcard_writing import vcards

VCARD, JSON = "text/vcard", "application/json"
NARROWED_BY = [
    OpenApiParameter(name, OpenApiTypes.STR)
    for name in ("q", "kind", "sector", "status", "stake", "place", "tag", "owner", "contact", "basis", "seen")
]


DirectoryOut = build_array_type(build_object_type(additionalProperties={}))


class ExportCards(SpaceAPIView):
    """The register as vCard 4.0."""

    reading = Permission.SEE_STAKEHOLDERS

    @extend_schema(parameters=NARROWED_BY, responses={(200, VCARD): OpenApiTypes.STR})
    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        """A card for each stakeholder that fits; no way to reach whoever asked not to be contacted."""
        content = b"".join(vcards(_narrowed(self, request)))
        return HttpResponse(content, content_type=f"{VCARD}; charset=utf-8")


class ExportDirectory(SpaceAPIView):
    """The organisations of the register as Open Referral HSDS 3."""

    reading = Permission.SEE_STAKEHOLDERS

    @extend_schema(parameters=NARROWED_BY, responses={(200, JSON): DirectoryOut})
    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        """A list of organisations with their contacts."""
        return HttpResponse(b"".join(hsds_directory(_narrowed(self, request))), content_type=JSON)


class StakeholderCard(SpaceAPIView):
    """One stakeholder as vCard 4.0."""

    reading = Permission.SEE_STAKEHOLDERS

    @extend_schema(responses={(200, VCARD): OpenApiTypes.STR})
    def get(self, request: Request, stakeholder_id: uuid.UUID, **kwargs: Any) -> HttpResponse:
        """Its card."""
        visible = stakeholders_kept_by(self.viewer)
        found: Stakeholder = get_object_or_404(visible, pk=stakeholder_id)
        content = b"".join(vcards(outgoing(self.viewer, visible.filter(pk=found.pk))))
        return HttpResponse(content, content_type=f"{VCARD}; charset=utf-8")


class ExportTable(SpaceAPIView):
    """The register as a table, as its page downloads it."""

    reading = Permission.SEE_STAKEHOLDERS
    download: ClassVar[Callable[..., HttpResponse]]

    def table(self, request: Request) -> HttpResponse:
        """What fits, in the order asked for, at most 50,000 rows; 400 for what there is not."""
        wanted = NarrowingIn(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        listing = stakeholder_list(self.viewer, wanted.narrowing(), sort=wanted.validated_data["sort"])
        header, cells = exported(listing.rows)
        return type(self).download(_("stakeholders"), header, cells, language=get_language() or "en")


class ExportCsv(ExportTable):
    """The register as CSV; in Italian with the semicolons its spreadsheets expect."""

    download = staticmethod(csv_response)

    @extend_schema(parameters=[NarrowingIn], responses={(200, "text/csv"): OpenApiTypes.STR})
    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        """A header, and a row for each stakeholder that fits."""
        return self.table(request)


class ExportXlsx(ExportTable):
    """The register as an Excel file."""

    download = staticmethod(xlsx_response)

    @extend_schema(parameters=[NarrowingIn], responses={(200, XLSX): OpenApiTypes.BINARY})
    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        """A header, and a row for each stakeholder that fits."""
        return self.table(request)


def _narrowed(view: SpaceAPIView, request: Request) -> "list[Outgoing]":
    try:
        narrowing = narrowing_from(request.query_params.dict())
    except NarrowingError as error:
        raise ValidationError({str(error): ["?"]}) from error
    return list(outgoing(view.viewer, stakeholder_list(view.viewer, narrowing).rows))
