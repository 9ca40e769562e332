"""The document shelf in the API."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.fields import CleanTextField
from core.api.views import SpaceAPIView
from core.web.downloads import file_answer
from core.web.lookup import or_404
from partnerships.models import Partnership, ShelfDocument, ShelfVersion
from partnerships.operations.shelf import ShelfRefusedError, put_away, put_on_shelf, renew_on_shelf
from partnerships.queries.partnership import partnership_at
from partnerships.queries.shelf import documents_visible_to, versions_of
from partnerships.rules.shelf import LEVELS


class ShelfDocumentOut(serializers.ModelSerializer[ShelfDocument]):
    """A paper on the shelf."""

    class Meta:
        model = ShelfDocument
        fields = ["id", "title", "visibility", "created_at"]
        read_only_fields = fields


class ShelfVersionOut(serializers.ModelSerializer[ShelfVersion]):
    """One version of a paper."""

    name = serializers.CharField(source="file.name", read_only=True)
    size_bytes = serializers.IntegerField(source="file.size_bytes", read_only=True)
    sha256 = serializers.CharField(source="file.sha256", read_only=True)

    class Meta:
        model = ShelfVersion
        fields = ["number", "name", "size_bytes", "sha256", "note", "at"]
        read_only_fields = fields


class ShelfDocumentIn(serializers.Serializer[Any]):
    """A paper to put on the shelf, as multipart; only coordination chooses the level."""

    title = CleanTextField(max_length=160)
    upload = serializers.FileField()
    visibility = serializers.ChoiceField(choices=[level.value for level in LEVELS], required=False)


class ShelfVersionIn(serializers.Serializer[Any]):
    """A new version, as multipart."""

    upload = serializers.FileField()
    note = CleanTextField(max_length=300, required=False, allow_blank=True, default="")


class ShelfView(SpaceAPIView):
    """The shelf of the partnership in the address."""

    reading: ClassVar[Permission | None] = Permission.SEE_PARTNERSHIP
    writing: ClassVar[Permission | None] = Permission.TAKE_PART
    serializer_class: Any = ShelfDocumentOut
    parser_classes = [MultiPartParser]

    def partnership(self) -> Partnership:
        """The partnership; 404 out of sight."""
        return or_404(partnership_at.first(self.viewer, slug=self.kwargs["slug"]))

    def document(self) -> ShelfDocument:
        """The paper; 404 out of sight."""
        rows = documents_visible_to(self.viewer).filter(partnership=self.partnership())
        return get_object_or_404(rows, pk=self.kwargs["shelf_document_id"])


class ShelfDocumentList(ShelfView):
    """The papers of a partnership."""

    @extend_schema(responses=ShelfDocumentOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, by title."""
        rows = documents_visible_to(self.viewer).filter(partnership=self.partnership())
        return self.get_paginated_response(ShelfDocumentOut(self.paginate_queryset(rows), many=True).data)

    @extend_schema(request={"multipart/form-data": ShelfDocumentIn}, responses={201: ShelfDocumentOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Put one there; 400 for a file that is not taken."""
        partnership = self.partnership()
        self.require(Permission.TAKE_PART, partnership.scope_id)
        wanted = ShelfDocumentIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        coordinates = self.viewer.can(Permission.EDIT_PARTNERSHIP, partnership.scope_id)
        try:
            document = put_on_shelf(
                partnership=partnership, by=self.person, coordinates=coordinates, **wanted.validated_data
            )
        except ShelfRefusedError as refusal:
            raise serializers.ValidationError({"upload": str(refusal)}) from refusal
        return Response(ShelfDocumentOut(document).data, status=status.HTTP_201_CREATED)


class ShelfDocumentDetail(ShelfView):
    """One paper with its versions."""

    serializer_class = ShelfVersionOut

    @extend_schema(operation_id="partnerships_documents_versions_list", responses=ShelfVersionOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of its versions, newest first."""
        found = self.paginate_queryset(versions_of(self.document()))
        return self.get_paginated_response(ShelfVersionOut(found, many=True).data)

    @extend_schema(
        operation_id="partnerships_documents_versions_create",
        request={"multipart/form-data": ShelfVersionIn},
        responses={201: ShelfVersionOut},
    )
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Add a version; 400 for a file that is not taken."""
        document = self.document()
        self.require(Permission.TAKE_PART, document.partnership.scope_id)
        wanted = ShelfVersionIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            version = renew_on_shelf(document=document, by=self.person, **wanted.validated_data)
        except ShelfRefusedError as refusal:
            raise serializers.ValidationError({"upload": str(refusal)}) from refusal
        return Response(ShelfVersionOut(version).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, **kwargs: Any) -> Response:
        """Put it away; 403 for who neither brought it nor coordinates."""
        document = self.document()
        own = document.created_by_id == self.person.pk
        if not own and not self.viewer.can(Permission.EDIT_PARTNERSHIP, document.partnership.scope_id):
            raise PermissionDenied
        put_away(document=document, by=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ShelfFile(ShelfView):
    """The bytes of a version."""

    writing = None

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, number: int, **kwargs: Any) -> HttpResponse:
        """A download."""
        return file_answer(get_object_or_404(versions_of(self.document()), number=number).file)
