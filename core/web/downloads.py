"""Stored files as downloads."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from core.models import StoredFile
from core.operations.file import read_file


def file_answer(stored: StoredFile | None) -> HttpResponse:
    """A stored file as an attachment under its own name, which no browser runs anything in (FIL-03).

    The caller found out that the viewer may have it. 404 without a file, and when the store lost the bytes.
    """
    if stored is None:
        raise Http404
    try:
        content = read_file(stored)
    except FileNotFoundError as error:
        raise Http404 from error
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=stored.name) or "attachment",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=stored.content_type, headers=headers)


def picture_answer(content: bytes | memoryview, content_type: str, *, cache: str) -> HttpResponse:
    """A picture we encoded anew, as a browser shows it; ``cache`` says who may keep it."""
    headers = {
        "Cache-Control": cache,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Content-Disposition": "inline",
    }
    return HttpResponse(bytes(content), content_type=content_type, headers=headers)
