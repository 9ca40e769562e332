"""The register for other programs: contact cards and an Open Referral directory."""

import uuid
from typing import Any

from django.http import HttpResponse
from drf_spectacular.plumbing import build_array_type, build_object_type
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request

from core.access.permissions import Permission
from core.api.views import SpaceAPIView
from stakeholders.models import Stakeholder
from stakeholders.queries.exchange import outgoing
from stakeholders.queries.register import stakeholder_list
from stakeholders.queries.stakeholder import stakeholders_visible_to
from stakeholders.rules.exchange import Outgoing
from stakeholders.rules.hsds_writing import hsds_directory
from stakeholders.rules.register import NarrowingError, narrowing_from
from stakeholders.rules.vcard_writing import vcards

VCARD, JSON = "text/vcard", "application/json"
NARROWED_BY = [
    OpenApiParameter(name, OpenApiTypes.STR)
    for name in ("q", "kind", "sector", "status", "stake", "place", "tag", "owner", "contact", "basis")
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
        visible = stakeholders_visible_to(self.viewer)
        found: Stakeholder = get_object_or_404(visible, pk=stakeholder_id)
        content = b"".join(vcards(outgoing(self.viewer, visible.filter(pk=found.pk))))
        return HttpResponse(content, content_type=f"{VCARD}; charset=utf-8")


def _narrowed(view: SpaceAPIView, request: Request) -> "list[Outgoing]":
    try:
        narrowing = narrowing_from(request.query_params.dict())
    except NarrowingError as error:
        raise ValidationError({str(error): ["?"]}) from error
    return list(outgoing(view.viewer, stakeholder_list(view.viewer, narrowing).rows))
