"""The annexes of a version in the API."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
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
from partnerships.api.agreement import edited_version, version_of
from partnerships.api.agreement_document import BYTES
from partnerships.models import AgreementAnnex
from partnerships.operations.agreement import AgreementRefusedError
from partnerships.operations.agreement_annex import add_annex, remove_annex
from partnerships.queries.agreement_annex import annexes_of


class AnnexOut(serializers.ModelSerializer[AgreementAnnex]):
    """An annex, with the fingerprint the text names it by."""

    name = serializers.CharField(source="file.name", read_only=True)
    size_bytes = serializers.IntegerField(source="file.size_bytes", read_only=True)
    sha256 = serializers.CharField(source="file.sha256", read_only=True)

    class Meta:
        model = AgreementAnnex
        fields = ["id", "position", "title", "name", "size_bytes", "sha256", "added_at"]
        read_only_fields = fields


class AnnexIn(serializers.Serializer[Any]):
    """A file and what the text calls it."""

    title = CleanTextField(max_length=160)
    upload = serializers.FileField()


class AnnexList(SpaceAPIView):
    """The annexes of a version."""

    reading = Permission.SEE_PARTNERSHIP
    writing = Permission.EDIT_PARTNERSHIP
    serializer_class = AnnexOut
    parser_classes = [MultiPartParser]

    @extend_schema(responses=AnnexOut(many=True))
    def get(self, request: Request, slug: str, number: int, version: int, **kwargs: Any) -> Response:
        """All of them, in the order in which the text names them."""
        return Response(AnnexOut(annexes_of(version_of(self, slug, number, version)), many=True).data)

    @extend_schema(request={"multipart/form-data": AnnexIn}, responses={201: AnnexOut})
    def post(self, request: Request, slug: str, number: int, version: int, **kwargs: Any) -> Response:
        """Annex a file; 409 once the version is in force or past. Signatures given to the text without it are void."""
        found = edited_version(self, slug, number, version)
        wanted = AnnexIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            annex = add_annex(version=found, by=self.person, **wanted.validated_data)
        except AgreementRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        except UploadError as error:
            raise serializers.ValidationError({"upload": [str(error)]}) from error
        except ValidationError as error:
            raise serializers.ValidationError({"title": error.messages}) from error
        return Response(AnnexOut(annex).data, status=status.HTTP_201_CREATED)


class AnnexDetail(SpaceAPIView):
    """One annex."""

    writing = Permission.EDIT_PARTNERSHIP
    serializer_class = AnnexOut

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, slug: str, number: int, version: int, **kwargs: Any) -> Response:
        """Take it out; 409 once the version is in force or past."""
        found = edited_version(self, slug, number, version)
        rows = AgreementAnnex.objects.filter(version=found).select_related("file", "version__agreement")
        try:
            remove_annex(annex=get_object_or_404(rows, pk=kwargs["annex_id"]), by=self.person)
        except AgreementRefusedError as refusal:
            raise ConflictError(str(refusal)) from refusal
        return Response(status=status.HTTP_204_NO_CONTENT)


class AnnexFile(SpaceAPIView):
    """The bytes of an annex."""

    reading = Permission.SEE_PARTNERSHIP
    serializer_class = AnnexOut

    @extend_schema(responses=BYTES)
    def get(self, request: Request, slug: str, number: int, version: int, **kwargs: Any) -> HttpResponse:
        """A download, for whoever may read the version."""
        found = version_of(self, slug, number, version)
        rows = AgreementAnnex.objects.filter(version=found).select_related("file")
        return file_answer(get_object_or_404(rows, pk=kwargs["annex_id"]).file)
