"""Imports in the API: up to a thousand rows at once, taken over by a worker, all or nothing."""

import uuid
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.problems import ConflictError
from core.api.views import SpaceAPIView
from core.operations.file import QuotaFullError
from core.rules.upload_content import UploadError
from core.tabular.errors import TableError
from stakeholders.models import StakeholderImport
from stakeholders.operations.import_steps import begin_import, begin_import_of_rows, choose_columns, start_import
from stakeholders.operations.import_undo import ImportNotUndoableError, ask_to_undo
from stakeholders.operations.stakeholder_import import ImportRefusedError
from stakeholders.queries.import_undo import kept_after_undo
from stakeholders.queries.stakeholder_import import imports_visible_to, mapping_of
from stakeholders.rules.import_fields import IMPORT_FIELDS, MappingError

MOST_ROWS = 1_000


class ImportErrorOut(serializers.Serializer[Any]):
    """One thing wrong with a row; the first row sent is row 2, as in a file with a header."""

    row = serializers.IntegerField(allow_null=True)
    column = serializers.CharField(allow_null=True)
    reason = serializers.CharField()


class ImportOut(serializers.ModelSerializer[StakeholderImport]):
    """How far an import is and what came of it."""

    errors = ImportErrorOut(many=True, read_only=True)  # type: ignore[assignment]  # a field of the import named so

    class Meta:
        model = StakeholderImport
        fields = [
            "id",
            "state",
            "format",
            "row_count",
            "added_count",
            "known_count",
            "updated_count",
            "mended_count",
            "error_count",
            "shown_counts",
            "errors",
            "created_at",
            "undone_at",
        ]
        read_only_fields = fields


class ImportIn(serializers.Serializer[Any]):
    """Rows as objects whose names are the fields of a stakeholder; each needs a name."""

    rows = serializers.ListField(
        child=serializers.DictField(child=serializers.CharField(allow_blank=True, max_length=4000)),
        min_length=1,
        max_length=MOST_ROWS,
    )
    leave_out_bad_rows = serializers.BooleanField(default=False)
    updates_known = serializers.BooleanField(
        default=False, help_text="Fill in what is empty on stakeholders known already; nothing is overwritten."
    )

    takes_levels = serializers.BooleanField(
        default=False, help_text="Show the new ones to whom the rows say; without it to the coordination alone."
    )

    def validate_rows(self, rows: list[dict[str, str]]) -> list[dict[str, str]]:
        """Refuse names that are no field."""
        unknown = sorted({name for row in rows for name in row} - set(IMPORT_FIELDS))
        if unknown:
            raise ValidationError([f"{name[:60]}?" for name in unknown[:10]])
        return rows


class ImportList(SpaceAPIView):
    """The imports of the space."""

    reading = Permission.IMPORT_STAKEHOLDERS
    writing = Permission.IMPORT_STAKEHOLDERS
    serializer_class = ImportOut

    @extend_schema(responses=ImportOut(many=True))
    def get(self, request: Request, **kwargs: Any) -> Response:
        """A page of them, newest first."""
        found = self.paginate_queryset(imports_visible_to(self.viewer))
        return self.get_paginated_response(ImportOut(found, many=True).data)

    @extend_schema(request=ImportIn, responses={202: ImportOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Check and start one; 409 when rows cannot be used and are not to be left out. Ask again for the result."""
        wanted = ImportIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        rows = wanted.validated_data["rows"]
        fields = [name for name in IMPORT_FIELDS if any(name in row for row in rows)]
        try:
            begun = begin_import_of_rows(rows=rows, fields=fields, by=self.viewer.user)
            checked = choose_columns(record_id=begun.pk, mapping=mapping_of(begun), by=self.viewer.user)
            leaves_out = wanted.validated_data["leave_out_bad_rows"]
            started = start_import(
                record_id=begun.pk,
                leave_out_bad_rows=leaves_out,
                updates_known=wanted.validated_data["updates_known"],
                takes_levels=wanted.validated_data["takes_levels"],
                by=self.viewer.user,
            )
        except (MappingError, TableError) as error:
            raise ValidationError({"rows": [str(error)]}) from error
        except ImportRefusedError as refusal:
            raise ConflictError(f"{refusal} {_first_of(checked)}") from refusal
        return Response(ImportOut(started).data, status=status.HTTP_202_ACCEPTED)


class ImportFileIn(serializers.Serializer[Any]):
    """A file as the page takes it: a table (its headers are guessed, or matched by a profile), cards, a directory."""

    file = serializers.FileField()
    leave_out_bad_rows = serializers.BooleanField(default=False)
    updates_known = serializers.BooleanField(default=False)
    takes_levels = serializers.BooleanField(default=False)


class ImportFile(SpaceAPIView):
    """Importing a file."""

    writing = Permission.IMPORT_STAKEHOLDERS
    serializer_class = ImportOut
    parser_classes = [MultiPartParser]

    @extend_schema(request={"multipart/form-data": ImportFileIn}, responses={202: ImportOut})
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Check and start one; 409 when rows cannot be used and are not to be left out. Ask again for the result."""
        wanted = ImportFileIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        facts = dict(wanted.validated_data)
        try:
            begun = begin_import(upload=facts.pop("file"), by=self.person)
            if begun.state == StakeholderImport.State.UPLOADED:
                begun = choose_columns(record_id=begun.pk, mapping=mapping_of(begun), by=self.person)
            started = start_import(record_id=begun.pk, by=self.person, **facts)
        except (MappingError, TableError, UploadError) as error:
            raise ValidationError({"file": [str(error)]}) from error
        except QuotaFullError as error:
            raise ConflictError(_("This space has no room for more files.")) from error
        except ImportRefusedError as refusal:
            raise ConflictError(f"{refusal} {_first_of(begun)}") from refusal
        return Response(ImportOut(started).data, status=status.HTTP_202_ACCEPTED)


def _first_of(checked: StakeholderImport) -> str:
    """What is wrong, as far as somebody reads."""
    return "; ".join(f"{error['row']}, {error['column']}: {error['reason']}" for error in checked.errors[:20])


class ImportDetail(SpaceAPIView):
    """One import."""

    reading = Permission.IMPORT_STAKEHOLDERS
    serializer_class = ImportOut

    def get(self, request: Request, import_id: uuid.UUID, **kwargs: Any) -> Response:
        """Its state, its counts and what was wrong."""
        return Response(ImportOut(get_object_or_404(imports_visible_to(self.viewer), pk=import_id)).data)


class KeptOut(serializers.Serializer[Any]):
    """A stakeholder that stayed, and why; ``fields`` names facts that were changed since."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    reason = serializers.CharField()
    fields = serializers.CharField()  # type: ignore[assignment]  # a fact named so


class UndoneOut(serializers.Serializer[Any]):
    """What undoing did."""

    removed = serializers.IntegerField()
    kept_count = serializers.IntegerField()
    emptied = serializers.IntegerField(help_text="Fields that were filled in and are empty again.")
    kept = KeptOut(many=True)


class ImportUndo(SpaceAPIView):
    """Undoing an import."""

    reading = None
    writing = Permission.IMPORT_STAKEHOLDERS
    serializer_class = UndoneOut

    @extend_schema(request=None, responses={200: UndoneOut, 202: ImportOut})
    def post(self, request: Request, import_id: uuid.UUID, **kwargs: Any) -> Response:
        """Take back what it did, a large one in the background (202); 409 for one not done, or undone already."""
        found = get_object_or_404(imports_visible_to(self.viewer), pk=import_id)
        try:
            undone = ask_to_undo(record_id=found.pk, by=self.person)
        except ImportNotUndoableError as refusal:
            raise ConflictError(str(refusal)) from refusal
        if undone is None:
            return Response(ImportOut(found).data, status=status.HTTP_202_ACCEPTED)
        kept = kept_after_undo(self.viewer, found)
        counts = {"removed": undone.removed, "kept_count": undone.kept, "emptied": undone.emptied}
        return Response(UndoneOut({**counts, "kept": kept}).data)
