"""Taking in files people bring, and reading them back."""

import hashlib
import secrets
import uuid
from typing import Any, BinaryIO, cast

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from core.access.visibility import Visibility
from core.models import StoredFile, User
from core.operations.audit import record
from core.rules.upload import FileKind, inspect_upload
from core.rules.upload_content import UploadError
from core.tenancy.context import current_tenant_id

# Bytes one tenant may keep; a full tenant stops nobody else (FIL-05).
QUOTA_BYTES = 5 * 1024**3


class QuotaFullError(UploadError):
    """The tenant's space for files is used up."""

    message = _("Your space for files is full.")


@transaction.atomic
def store_upload(
    *,
    upload: UploadedFile[Any],
    purpose: str,
    allowed: frozenset[FileKind],
    by: User | None,
    scope_id: uuid.UUID | None = None,
    visibility: Visibility = Visibility.COORDINATION,
) -> StoredFile:
    """Keep an upload under a random key; images are encoded anew without metadata.

    Raises a ``core.rules.upload_content.UploadError`` with words for the person, also for a full space. When the
    transaction is rolled back, the bytes are an orphan that nothing points at.
    """
    source = cast(BinaryIO, upload)
    accepted = inspect_upload(source, filename=upload.name or "file", size=upload.size or 0, allowed=allowed)
    source.seek(0)
    # Loaded by whoever stores a picture, not by every web worker.
    from core.rules.image import reencode_image

    content = reencode_image(source) if accepted.kind is FileKind.IMAGE else source.read()
    return store_bytes(
        content=content,
        name=accepted.name,
        content_type=accepted.content_type,
        extension=accepted.extension,
        purpose=purpose,
        by=by,
        scope_id=scope_id,
        visibility=visibility,
    )


@transaction.atomic
def store_bytes(
    *,
    content: bytes,
    name: str,
    content_type: str,
    extension: str,
    purpose: str,
    by: User | None,
    scope_id: uuid.UUID | None = None,
    visibility: Visibility = Visibility.COORDINATION,
) -> StoredFile:
    """Keep bytes we made ourselves (a rendered document, an encoded image). Raises QuotaFullError."""
    used = StoredFile.objects.aggregate(total=Sum("size_bytes"))["total"] or 0
    if used + len(content) > QUOTA_BYTES:
        raise QuotaFullError
    # The tenant stands in the key, so a key of one tenant can never name a file of another (TEN-12).
    key = default_storage.save(f"{current_tenant_id()}/{secrets.token_hex(16)}{extension}", ContentFile(content))
    stored = StoredFile.objects.create(
        name=name[:200],
        storage_key=key,
        content_type=content_type,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        purpose=purpose,
        scope_id=scope_id,
        visibility=visibility,
        uploaded_by=by,
    )
    record("file.stored", stored, by=by, scope_id=scope_id, changes={"purpose": purpose, "bytes": len(content)})
    return stored


def read_file(stored: StoredFile) -> bytes:
    """The bytes of a file; raises FileNotFoundError when the store lost them."""
    with default_storage.open(stored.storage_key) as source:
        return bytes(source.read())
