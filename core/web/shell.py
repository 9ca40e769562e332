"""The shell around a working page (side, menus, bottom bar): drawn once for each person, place and language.

Everything it shows is part of what it is remembered by, so nothing can be stale or another tenant's (TEN-12). The two
things that change with every request, the form token and the address to come back to, are put in at the end.
"""

import secrets
import uuid
from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core.queries.frame import Space
from core.web.navigation import NavItem

TOKEN, ADDRESS = (f"shell-{name}-{secrets.token_hex(12)}" for name in ("token", "address"))


@dataclass(frozen=True)
class ShellFacts:
    """All the shell shows."""

    tenant_id: int
    slug: str
    name: str
    initial: str
    logo_url: str
    search_url: str
    user_id: uuid.UUID
    user_name: str
    nav: tuple[NavItem, ...]
    spaces: tuple[Space, ...]


@dataclass(frozen=True)
class Shell:
    """The shell of one request, a part at a time."""

    request: HttpRequest
    facts: ShellFacts

    @property
    def top(self) -> SafeString:
        """Side or top bar, with its menus."""
        return self._filled("layouts/shell_top.html")

    @property
    def bottom(self) -> SafeString:
        """The bar at the bottom of a phone."""
        return self._filled("layouts/bottombar.html")

    def _filled(self, template: str) -> SafeString:
        text = _drawn(template, get_language() or "en", self.facts)
        if TOKEN in text:
            text = text.replace(TOKEN, get_token(self.request))
        text = text.replace(ADDRESS, escape(self.request.get_full_path()))
        return mark_safe(text)  # noqa: S308 - a template's output, the token is ours, the address is escaped


@lru_cache(maxsize=1024)
def _drawn(template: str, language: str, facts: ShellFacts) -> str:
    user = _Person(facts.user_name)
    return str(
        get_template(template).render(
            {
                "space": facts,
                "nav": facts.nav,
                "spaces": facts.spaces,
                "logo_url": facts.logo_url,
                "search_url": facts.search_url,
                "user": user,
                "csrf_token": TOKEN,
                "request": SimpleNamespace(get_full_path=lambda: ADDRESS),
            }
        )
    )


@dataclass(frozen=True)
class _Person:
    name: str
    is_authenticated: bool = True

    def __str__(self) -> str:
        return self.name
