"""Showing that a value is true."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.access.visibility import Visibility
from core.models import StoredFile, User
from core.operations.audit import record
from core.operations.file import store_upload
from core.rules.upload_content import UploadError
from metrics.models import Measurement, MeasurementEvidence
from partnerships.rules.task_evidence import ALLOWED, Shown

PURPOSE = "measurement_evidence"


class ValueEvidenceRefusedError(Exception):
    """The evidence cannot be taken; ``field`` is what the message is about."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def show_value_evidence(*, measurement: Measurement, shown: Shown, by: User) -> MeasurementEvidence:
    """Add evidence to a value; the same words again return what is there, a file is always kept.

    Raises ValueEvidenceRefusedError for nothing shown, for a file that cannot be taken, and for a value that was
    replaced: evidence belongs to the newer one.
    """
    if measurement.state == Measurement.State.CORRECTED:
        raise ValueEvidenceRefusedError("evidence", _("This value was replaced. Show it at the newer one."))
    if not shown:
        raise ValueEvidenceRefusedError("evidence", _("Write a line, give an address or choose a file."))
    if shown.upload is None:
        same = MeasurementEvidence.objects.filter(measurement=measurement, note=shown.note, link=shown.link, file=None)
        if (known := same.order_by("-at").first()) is not None:
            return known
    evidence = MeasurementEvidence.objects.create(
        measurement=measurement, note=shown.note, link=shown.link, file=_kept(measurement, shown, by), user=by
    )
    record("measurement.evidence_shown", measurement, by=by, scope_id=measurement.indicator.partnership.scope_id)
    return evidence


def _kept(measurement: Measurement, shown: Shown, by: User) -> StoredFile | None:
    if shown.upload is None:
        return None
    try:
        return store_upload(
            upload=shown.upload,
            purpose=PURPOSE,
            allowed=ALLOWED,
            by=by,
            scope_id=measurement.indicator.partnership.scope_id,
            visibility=Visibility(measurement.indicator.visibility),
        )
    except UploadError as error:
        raise ValueEvidenceRefusedError("evidence_file", str(error)) from error
