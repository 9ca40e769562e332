"""The document of an agreement and the files of its signatures in the API."""

from typing import Any

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.rules.upload_content import UploadError
from core.web.downloads import file_answer
from partnerships.api.agreement import SignatureOut, edited_version, version_of
from partnerships.models import AgreementVersion, Signature
from partnerships.operations.agreement_document import ask_for_agreement_pdf
from partnerships.operations.signature import SignatureIncompleteError, SignatureRefusedError, record_signed_file
from partnerships.queries.agreement import live_signatures
from partnerships.queries.authority import authority_to_sign

BYTES = {(200, "application/octet-stream"): OpenApiTypes.BINARY}


class SignedFileIn(serializers.Serializer[Any]):
    """What a party signed on paper or in a file."""

    upload = serializers.FileField()
    method = serializers.ChoiceField(choices=[one for one in Signature.Method.choices if one[0] != "in_app_acceptance"])
    name = CleanTextField(max_length=120)
    capacity = CleanTextField(max_length=120)
    authority = serializers.ChoiceField(
        choices=Signature.Authority.choices, required=False, allow_blank=True, default=""
    )
    delegation = serializers.FileField(required=False, help_text="Of a delegate: the written delegation.")


class AgreementDocumentOut(serializers.ModelSerializer[AgreementVersion]):
    """How far the document of a version is: ``job_state`` of the newest run, and the file that can be had."""

    job_state = serializers.CharField(source="job.state", default=None, allow_null=True, read_only=True)
    name = serializers.CharField(source="pdf.name", default=None, allow_null=True, read_only=True)
    size_bytes = serializers.IntegerField(source="pdf.size_bytes", default=None, allow_null=True, read_only=True)
    sha256 = serializers.CharField(source="pdf.sha256", default=None, allow_null=True, read_only=True)

    class Meta:
        model = AgreementVersion
        fields = ["job_state", "name", "size_bytes", "sha256"]
        read_only_fields = fields


class AgreementDocument(SpaceAPIView):
    """The PDF of a version."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.EDIT_PARTNERSHIP
    serializer_class = AgreementDocumentOut

    @extend_schema(responses=AgreementDocumentOut)
    def get(self, request: Request, slug: str, number: int, version: int, **kwargs: Any) -> Response:
        """How far it is."""
        return Response(AgreementDocumentOut(version_of(self, slug, number, version)).data)

    @extend_schema(request=None, responses={202: AgreementDocumentOut})
    def post(self, request: Request, slug: str, number: int, version: int, **kwargs: Any) -> Response:
        """Have a worker make it anew as text and signatures stand now."""
        found = edited_version(self, slug, number, version)
        asked = ask_for_agreement_pdf(version=found, by=self.person)
        return Response(AgreementDocumentOut(asked).data, status=status.HTTP_202_ACCEPTED)


class AgreementDocumentFile(SpaceAPIView):
    """The bytes of the PDF."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = AgreementDocumentOut

    @extend_schema(responses=BYTES)
    def get(self, request: Request, slug: str, number: int, version: int, **kwargs: Any) -> HttpResponse:
        """A download, as it was made last; 404 before."""
        return file_answer(version_of(self, slug, number, version).pdf)


class SignatureFiles(SpaceAPIView):
    """Files of a signature: for coordination and the party's own people, others get 404."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = SignatureOut

    def signature(self) -> Signature:
        """The signature of the address."""
        found = version_of(self, self.kwargs["slug"], self.kwargs["number"], self.kwargs["version"])
        rows = live_signatures().select_related("file", "delegation", "member__partnership")
        signature: Signature = get_object_or_404(rows, version=found, pk=self.kwargs["signature_id"])
        rights = authority_to_sign(signature.member, self.person)
        if not (rights.coordinates or rights.is_own):
            raise Http404
        return signature


class SignatureFile(SignatureFiles):
    """The file of a signature given on paper or with a certificate."""

    writing = Permission.SEE_PARTNERSHIP
    parser_classes = [MultiPartParser]

    @extend_schema(responses=BYTES)
    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        """A download, unchanged as it came; 404 for a signature without file."""
        return file_answer(self.signature().file)

    @extend_schema(request={"multipart/form-data": SignedFileIn}, responses=SignatureOut)
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Keep one as the party's signature; 409 for an answer already given."""
        signature = self.signature()
        wanted = SignedFileIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            kept = record_signed_file(signature=signature, by=self.person, **wanted.validated_data)
        except SignatureIncompleteError as missing:
            raise serializers.ValidationError(missing.fields) from missing
        except SignatureRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        except UploadError as error:
            raise serializers.ValidationError({"upload": [str(error)]}) from error
        return Response(SignatureOut(kept).data)


class SignatureDelegation(SignatureFiles):
    """The delegation of who signed; it is brought with the answer."""

    @extend_schema(responses=BYTES)
    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        """A download; 404 for who signed by their own right."""
        return file_answer(self.signature().delegation)
