"""What every page knows: the space, its navigation and its colours."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from core.models import Tenant, User
from core.queries.tenant import spaces_of
from core.web.navigation import navigation_for
from core.web.shell import Shell, ShellFacts
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
        context["shell"] = SimpleLazyObject(lambda: _shell(request, tenant, user, context["logo_url"] or ""))
    return context


def _shell(request: HttpRequest, tenant: Tenant, user: User, logo_url: str) -> Shell:
    facts = ShellFacts(
        tenant_id=tenant.pk,
        slug=tenant.slug,
        name=tenant.name,
        initial=tenant.initial,
        logo_url=logo_url,
        search_url=space_url("search"),
        user_id=user.pk,
        user_name=str(user),
        nav=tuple(navigation_for(request)),
        spaces=tuple(spaces_of(user)),
    )
    return Shell(request, facts)
