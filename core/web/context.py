"""What every page knows: the space, its navigation and its colours."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from core.models import User
from core.queries.tenant import tenants_of
from core.web.navigation import navigation_for
from core.web.space import space_url


def space(request: HttpRequest) -> dict[str, Any]:
    """Names used by the layouts; nothing here touches the database until a template asks."""
    context: dict[str, Any] = {"languages": settings.LANGUAGES, "demo": settings.DEMO}
    tenant = getattr(request, "tenant", None)
    if tenant is None:
        return context
    version = f"{tenant.brand_colour.lstrip('#').lower()}"
    context["space"] = tenant
    context["brand_css_url"] = reverse("brand_css", kwargs={"tenant": tenant.slug, "colour": version})
    context["logo_url"] = (
        reverse("logo", kwargs={"tenant": tenant.slug, "file_id": tenant.logo_id}) if tenant.logo_id else None
    )
    user = request.user
    if request.path_info.startswith("/s/") and isinstance(user, User):
        context["nav"] = SimpleLazyObject(lambda: navigation_for(request))
        context["spaces"] = SimpleLazyObject(lambda: list(tenants_of(user)))
        context["search_url"] = space_url("search")
    return context
