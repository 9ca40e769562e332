"""Addresses inside the tenant at work."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

from core.queries.tenant import tenant_at_work


def space_url(name: str, **kwargs: Any) -> str:
    """The path of a named view inside the tenant at work."""
    slug = tenant_at_work().slug
    if kwargs:
        return reverse(name, kwargs={"tenant": slug, **kwargs})
    # Menus and tabs ask for the same dozen on every page.
    return _place(name, slug, get_script_prefix(), get_urlconf())


@lru_cache(maxsize=4096)
def _place(name: str, slug: str, _prefix: str, urlconf: str | None) -> str:
    return reverse(name, urlconf, kwargs={"tenant": slug})


def absolute(path: str) -> str:
    """A path with the address people use, for mails and documents."""
    return f"{settings.BASE_URL}{path}"
