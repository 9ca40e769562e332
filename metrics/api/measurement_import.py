"""A file of values in the API: checked, or checked and imported, all its good rows or none."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core.access.permissions import Permission
from core.api.views import SpaceAPIView
from core.rules.upload_content import UploadError
from core.tabular.errors import RowError, TableError
from core.web.lookup import or_404
from metrics.api.caller import caller
from metrics.operations.measurement_batch import EntriesRefusedError
from metrics.operations.measurement_import import RowsRefusedError, begin_measurement_import, run_measurement_import
from metrics.queries.measurement import measuring_in
from metrics.queries.measurement_import import checked_file
from partnerships.queries.partnership import partnership_at


class ValuesFileIn(serializers.Serializer[Any]):
    """A table with the columns of the template."""

    file = serializers.FileField()
    dry_run = serializers.BooleanField(default=False, help_text="Only say what would happen.")
    corrects = serializers.BooleanField(default=False, help_text="Correct values that are different from the file.")
    leave_out_bad_rows = serializers.BooleanField(default=False)


class CellErrorOut(serializers.Serializer[Any]):
    """One cell that cannot be used; rows are counted with the header."""

    row = serializers.IntegerField(source="number")
    column = serializers.CharField(allow_null=True)
    reason = serializers.CharField()


class ValuesImportOut(serializers.Serializer[Any]):
    """What a file did, or with ``dry_run`` would do."""

    rows = serializers.IntegerField()
    added = serializers.IntegerField()
    corrected = serializers.IntegerField()
    known = serializers.IntegerField()
    different = serializers.IntegerField()
    errors = CellErrorOut(many=True)  # type: ignore[assignment]  # a field of the import named so


class MeasurementImportView(SpaceAPIView):
    """Importing values."""

    writing = Permission.ENTER_MEASUREMENTS
    serializer_class = ValuesImportOut
    parser_classes = [MultiPartParser]

    @extend_schema(
        request={"multipart/form-data": ValuesFileIn}, responses={200: ValuesImportOut, 201: ValuesImportOut}
    )
    def post(self, request: Request, slug: str, **kwargs: Any) -> Response:
        """Check a file, or import it (201); 400 with every cell that cannot be used, unless such rows are left out."""
        partnership = or_404(partnership_at.first(self.viewer, slug=slug))
        self.require(Permission.ENTER_MEASUREMENTS, partnership.scope_id)
        if not measuring_in(self.viewer, partnership):
            raise PermissionDenied
        wanted = ValuesFileIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        asked, language = wanted.validated_data, request.LANGUAGE_CODE[:2]
        who: dict[str, Any] = {"viewer": self.viewer, "by": caller(self), "language": language}
        try:
            begun = begin_measurement_import(partnership=partnership, upload=asked["file"], **who)
            checked = checked_file(begun, self.viewer, language=language)
            known: dict[str, Any] = {"rows": checked.row_count, "known": checked.known_count, "errors": checked.errors}
            known["different"] = len(checked.different)
            if asked["dry_run"]:
                would = {"added": len(checked.new), "corrected": len(checked.different) if asked["corrects"] else 0}
                return Response(ValuesImportOut({**known, **would}).data)
            told = {name: asked[name] for name in ("corrects", "leave_out_bad_rows")}
            entered = run_measurement_import(found=begun, **who, **told)
        except (UploadError, TableError) as error:
            raise ValidationError({"file": [str(error)]}) from error
        except RowsRefusedError as refusal:
            raise ValidationError({"rows": _by_cell(refusal.checked.errors)}) from refusal
        except EntriesRefusedError as refusal:
            raise ValidationError({"rows": refusal.by_place}) from refusal
        did = {"added": entered.sent, "corrected": entered.corrected}
        return Response(ValuesImportOut({**known, **did}).data, status=201)


def _by_cell(errors: list[RowError]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for error in errors:
        found.setdefault(str(error.number), {}).setdefault(error.column or _("Row"), []).append(str(error.reason))
    return found
