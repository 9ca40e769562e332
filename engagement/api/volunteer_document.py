"""The documents of volunteering in the API: certificates of confirmed hours, and the register of Italian law."""

import uuid
from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.problems import ConflictError
from core.models import StoredFile
from core.web.downloads import file_answer
from core.web.lists import csv_response
from engagement.api.volunteer_people import PeopleView
from engagement.models import Volunteer, VolunteerCertificate
from engagement.operations.volunteer_certificate import ask_for_certificate
from engagement.operations.volunteer_opportunity import OpportunityRefusedError
from engagement.operations.volunteer_register import ask_for_register
from engagement.queries.volunteer import file_of_register
from engagement.queries.volunteer_document import certificates_of, table_of_register

PDF = {(200, "application/octet-stream"): OpenApiTypes.BINARY}
TABLE = {(200, "text/csv"): OpenApiTypes.STR}


class CertificateOut(serializers.ModelSerializer[VolunteerCertificate]):
    """Confirmed hours as they stood on a day; ``is_made`` once a worker made the document."""

    is_made = serializers.SerializerMethodField()

    class Meta:
        model = VolunteerCertificate
        fields = ["id", "code", "hours", "since", "until", "issued_on", "is_made"]
        read_only_fields = fields

    def get_is_made(self, certificate: VolunteerCertificate) -> bool:
        """Whether the document can be had."""
        return certificate.pdf_id is not None


class RegisterDocumentOut(serializers.ModelSerializer[StoredFile]):
    """The newest document of a register; all null where none was made."""

    class Meta:
        model = StoredFile
        fields = ["name", "size_bytes", "sha256", "created_at"]
        read_only_fields = fields
        extra_kwargs: ClassVar = {name: {"allow_null": True} for name in fields}


class _OfVolunteer(PeopleView):
    """What belongs to the volunteer in the address."""

    def volunteer(self) -> Volunteer:
        """One of the partnership's; the same 404 for any other."""
        rows = Volunteer.objects.filter(partnership=self.partnership())
        found: Volunteer = get_object_or_404(rows, pk=self.kwargs["volunteer_id"])
        return found


class CertificateList(_OfVolunteer):
    """The certificates of a volunteer."""

    serializer_class = CertificateOut

    @extend_schema(responses=CertificateOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, the newest first."""
        found = self.paginate_queryset(certificates_of(self.volunteer()))
        return self.get_paginated_response(CertificateOut(found, many=True).data)

    @extend_schema(request=None, responses={202: CertificateOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Certify what is confirmed now; a worker makes the document. 409 without confirmed hours."""
        volunteer = self.volunteer()
        try:
            certificate = ask_for_certificate(volunteer=volunteer, by=self.person)
        except OpportunityRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(CertificateOut(certificate).data, status=status.HTTP_202_ACCEPTED)


class CertificateFile(_OfVolunteer):
    """The bytes of a certificate."""

    writing = None
    serializer_class = CertificateOut

    @extend_schema(responses=PDF)
    def get(self, request: Request, certificate_id: uuid.UUID, **kwargs: Any) -> HttpResponse:
        """A download; 404 while it is being made."""
        return file_answer(get_object_or_404(certificates_of(self.volunteer()), pk=certificate_id).pdf)


class RegisterDocument(PeopleView):
    """The register of volunteers as a document."""

    serializer_class = RegisterDocumentOut

    @extend_schema(responses=RegisterDocumentOut)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """The newest one."""
        found = file_of_register(self.partnership())
        told = RegisterDocumentOut(found).data if found else dict.fromkeys(RegisterDocumentOut.Meta.fields)
        return Response(told)

    @extend_schema(request=None, responses={202: None})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Have a worker make it as it stands now."""
        ask_for_register(partnership=self.partnership(), by=self.person)
        return Response(status=status.HTTP_202_ACCEPTED)


class RegisterDocumentFile(PeopleView):
    """The bytes of that document."""

    writing = None
    serializer_class = RegisterDocumentOut

    @extend_schema(responses=PDF)
    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        """A download; 404 before any was made."""
        return file_answer(file_of_register(self.partnership()))


class RegisterTable(PeopleView):
    """The register as a table."""

    writing = None
    serializer_class = RegisterDocumentOut

    @extend_schema(responses=TABLE)
    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        """A CSV, the same as on the page."""
        table = table_of_register(self.partnership())
        return csv_response(table.name, table.header, table.rows, language=get_language() or "en")
