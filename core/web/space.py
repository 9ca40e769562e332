"""Addresses inside the tenant at work."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from core.queries.tenant import tenant_at_work


def space_url(name: str, **kwargs: Any) -> str:
    """The path of a named view inside the tenant at work."""
    return reverse(name, kwargs={"tenant": tenant_at_work().slug, **kwargs})


def absolute(path: str) -> str:
    """A path with the address people use, for mails and documents."""
    return f"{settings.BASE_URL}{path}"
