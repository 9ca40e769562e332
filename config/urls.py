"""The URL map: people work below ``/s/<tenant>/``, the public reads below ``/p/<tenant>/``."""

from importlib import import_module

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

import core.urls


def _patterns(name: str) -> list[URLPattern | URLResolver]:
    found: list[URLPattern | URLResolver] = []
    for app in settings.LADDER:
        found += getattr(import_module(f"{app}.urls"), name, [])
    # The front page is asked for most and would be looked for last.
    return sorted(found, key=lambda one: str(one.pattern) != "")


urlpatterns = [
    *core.urls.urlpatterns,
    path("accounts/", include("allauth.urls")),
    # Before the pages, each of which would be looked at first.
    path("s/<slug:tenant>/api/v1/", include(_patterns("api_urlpatterns"))),
    path("s/<slug:tenant>/", include(_patterns("space_urlpatterns"))),
    path("p/<slug:tenant>/", include(_patterns("public_urlpatterns"))),
    path("l/<slug:tenant>/", include(_patterns("link_urlpatterns"))),
    path("verify/<slug:tenant>/", include(_patterns("verify_urlpatterns"))),
]
handler400 = "core.web.errors.bad_request"
handler404 = "core.web.errors.not_found"
