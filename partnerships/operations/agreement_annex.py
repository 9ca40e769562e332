"""Annexing files to a version, and taking them out again while its text may change."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.access.visibility import Visibility
from core.models import User
from core.operations.audit import record
from core.operations.file import store_upload
from core.rules.upload import FileKind
from partnerships.models import AgreementAnnex, AgreementVersion
from partnerships.operations.agreement import AgreementRefusedError, changeable, settle_text
from partnerships.rules.annex import MOST_ANNEXES

PURPOSE = "agreement_annex"
ALLOWED = frozenset(FileKind) - {FileKind.JSON}


@transaction.atomic
def add_annex(*, version: AgreementVersion, title: str, upload: UploadedFile[Any], by: User) -> AgreementAnnex:
    """Annex a file, last in the list; the text names it with its fingerprint.

    A version being signed says something else then, so all its signatures are void (R-A3). Raises AgreementRefusedError
    once the version is in force or past, and beyond thirty; ValidationError for a title that is empty or taken;
    UploadError for a file that cannot be kept.
    """
    locked = changeable(version)
    here = AgreementAnnex.objects.filter(version=locked)
    if here.count() >= MOST_ANNEXES:
        raise AgreementRefusedError(_("That is enough annexes. Put several papers into one file."))
    last = here.aggregate(last=Max("position"))["last"] or 0
    annex = AgreementAnnex(version=locked, position=last + 1, title=title.strip())
    annex.full_clean(exclude=["file"])
    annex.file = store_upload(
        upload=upload,
        purpose=PURPOSE,
        allowed=ALLOWED,
        by=by,
        scope_id=locked.agreement.partnership.scope_id,
        visibility=Visibility(locked.agreement.visibility),
    )
    annex.save()
    _record("agreement.annex_added", locked, annex, by=by)
    return annex


@transaction.atomic
def remove_annex(*, annex: AgreementAnnex, by: User) -> None:
    """Take a file out of a version; versions that were signed with it keep theirs. Raises as ``add_annex``."""
    version = changeable(AgreementVersion(pk=annex.version_id, agreement_id=annex.version.agreement_id))
    AgreementAnnex.objects.filter(pk=annex.pk).delete()
    _record("agreement.annex_removed", version, annex, by=by)


def _record(verb: str, version: AgreementVersion, annex: AgreementAnnex, *, by: User) -> None:
    changes = {"sha256": annex.file.sha256, "signatures_voided": settle_text(version)}
    record(verb, version, by=by, scope_id=version.agreement.partnership.scope_id, changes=changes)
