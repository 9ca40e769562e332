"""Putting papers on the shelf, renewing them, and putting them away."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from core.access.visibility import Visibility
from core.models import User
from core.operations.audit import record
from core.operations.file import store_upload
from core.rules.upload import FileKind
from core.rules.upload_content import UploadError
from partnerships.models import Partnership, ShelfDocument, ShelfVersion
from partnerships.rules.shelf import level_of_new_document

PURPOSE = "shelf"
ALLOWED = frozenset(FileKind) - {FileKind.JSON}


class ShelfRefusedError(Exception):
    """The file was not taken; the message says why."""


@transaction.atomic
def put_on_shelf(
    *,
    partnership: Partnership,
    title: str,
    upload: UploadedFile[Any],
    by: User,
    coordinates: bool,
    visibility: int | None = None,
    note: str = "",
) -> ShelfDocument:
    """A new paper with its first version.

    What somebody brings who does not coordinate is for the partners. Raises ShelfRefusedError for a file that is not
    taken.
    """
    level = level_of_new_document(coordinates=coordinates, wanted=visibility, cap=partnership.visibility)
    document = ShelfDocument.objects.create(partnership=partnership, title=title, visibility=level, created_by=by)
    _add(document, upload=upload, by=by, note=note, number=1)
    record("shelf.added", document, by=by, scope_id=partnership.scope_id)
    return document


@transaction.atomic
def renew_on_shelf(*, document: ShelfDocument, upload: UploadedFile[Any], by: User, note: str = "") -> ShelfVersion:
    """A new version of a paper; the old ones stay. Raises ShelfRefusedError."""
    locked = ShelfDocument.objects.select_for_update().get(pk=document.pk)
    version = _add(locked, upload=upload, by=by, note=note, number=locked.versions.count() + 1)
    changes = {"number": version.number}
    record("shelf.renewed", locked, by=by, scope_id=locked.partnership.scope_id, changes=changes)
    return version


@transaction.atomic
def put_away(*, document: ShelfDocument, by: User) -> None:
    """Take a paper off the list; a second time changes nothing."""
    here = ShelfDocument.objects.filter(pk=document.pk, put_away_at=None)
    if here.update(put_away_at=timezone.now()):
        record("shelf.put_away", document, by=by, scope_id=document.partnership.scope_id)


def _add(document: ShelfDocument, *, upload: UploadedFile[Any], by: User, note: str, number: int) -> ShelfVersion:
    try:
        stored = store_upload(
            upload=upload,
            purpose=PURPOSE,
            allowed=ALLOWED,
            by=by,
            scope_id=document.partnership.scope_id,
            visibility=Visibility(document.visibility),
        )
    except UploadError as error:
        raise ShelfRefusedError(str(error)) from error
    version: ShelfVersion = ShelfVersion.objects.create(
        document=document, number=number, file=stored, note=note.strip(), by=by
    )
    return version
