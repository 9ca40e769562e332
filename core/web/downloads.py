"""Stored files as downloads."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from core.models import StoredFile
from core.operations.file import read_file


def file_answer(stored: StoredFile) -> HttpResponse:
    """A stored file as an attachment under its own name, which no browser runs anything in (FIL-03)."""
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=stored.name) or "attachment",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(read_file(stored), content_type=stored.content_type, headers=headers)
