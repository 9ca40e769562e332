"""Addresses inside the tenant at work."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

from core.queries.tenant import tenant_at_work


def space_url(name: str, **kwargs: Any) -> str:
    """The path of a named view inside the tenant at work."""
    return _path(name, get_script_prefix(), get_urlconf(), tenant=tenant_at_work().slug, **kwargs)


@lru_cache(maxsize=4096)
def _path(name: str, _prefix: str, urlconf: str | None, **kwargs: Any) -> str:
    """Remembered: menus and tabs ask for the same dozens on every page."""
    return reverse(name, urlconf, kwargs=kwargs)


def absolute(path: str) -> str:
    """A path with the address people use, for mails and documents."""
    return f"{settings.BASE_URL}{path}"
