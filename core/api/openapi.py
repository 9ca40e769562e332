"""The OpenAPI document, for everybody: it says which addresses exist, never what stands there."""

from functools import cache
from threading import Lock

from django.http import HttpResponse
from django.utils.translation import get_language, get_supported_language_variant, override
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from drf_spectacular.settings import spectacular_settings
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request

from core.web.access import public

RENDERERS = {renderer.format: renderer for renderer in (OpenApiYamlRenderer, OpenApiJsonRenderer)}
_one_writes = Lock()


@cache
def _written(language: str, file_format: str) -> bytes:
    with override(language):
        document = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
        written: bytes = RENDERERS[file_format]().render(document, renderer_context={})
    return written


class OpenApiView(SpectacularAPIView):
    """The document as YAML or JSON, in the language of the page or of ``lang``.

    It hangs on the code alone and takes seconds to compose, so a process does that once in each language and form:
    whoever asks a second time, or many times, waits for nothing and costs nothing.
    """

    def _get_schema_response(self, request: Request) -> HttpResponse:
        renderer = request.accepted_renderer
        language = _one_of_ours(get_language())
        with _one_writes:
            content = _written(language, renderer.format)
        name = f"{spectacular_settings.TITLE}.{renderer.format}"
        return HttpResponse(
            content,
            content_type=renderer.media_type,
            headers={"Content-Disposition": f'inline; filename="{name}"', "Content-Language": language},
        )


def _one_of_ours(asked: str | None) -> str:
    """The language of the product nearest to what was asked for; English when there is none."""
    try:
        return get_supported_language_variant(asked or "en")
    except LookupError:
        return "en"


schema = public(OpenApiView.as_view(permission_classes=[AllowAny], authentication_classes=[]))
