"""Handing out files people brought: as a download, never shown as a page of ours (FIL-03)."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from core.models import StoredFile
from core.operations.file import read_file


def file_response(stored: StoredFile) -> HttpResponse:
    """A file as a download; the caller found out that the viewer may have it. 404 when the store lost the bytes."""
    try:
        content = read_file(stored)
    except FileNotFoundError as error:
        raise Http404 from error
    headers = {
        "Content-Disposition": content_disposition_header(True, stored.name) or "attachment",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=stored.content_type, headers=headers)
