"""A space's look: its colours as a stylesheet and its logo."""

import re
import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core.models import StoredFile
from core.operations.file import read_file
from core.rules.brand import brand_css
from core.web.access import public

ONE_YEAR = "public, max-age=31536000, immutable"


@public
@require_safe
def brand(request: HttpRequest, colour: str) -> HttpResponse:
    """The stylesheet of one colour; the colour is in the address, so it can be kept for good."""
    if not re.fullmatch(r"[0-9a-f]{6}", colour):
        raise Http404
    return HttpResponse(
        brand_css(f"#{colour}"), content_type="text/css; charset=utf-8", headers={"Cache-Control": ONE_YEAR}
    )


@public
@require_safe
def logo(request: HttpRequest, file_id: uuid.UUID) -> HttpResponse:
    """The space's logo, an image we encoded ourselves; other files of the space are not served here."""
    stored = StoredFile.objects.filter(pk=file_id, purpose="logo").first()
    if stored is None:
        raise Http404
    headers = {"Cache-Control": ONE_YEAR, "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
    return HttpResponse(read_file(stored), content_type=stored.content_type, headers=headers)
