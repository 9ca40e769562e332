"""The main navigation: each app adds its entries, the viewer sees those they may open."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise

from core.access.permissions import Permission
from core.web.access import SpaceRequest
from core.web.space import space_url


@dataclass(frozen=True)
class Entry:
    """An entry as an app registers it; ``permission`` None shows it to every member."""

    label: str | Promise
    url_name: str
    icon: str
    order: int
    permission: Permission | None = None
    section: str = ""


@dataclass(frozen=True)
class NavItem:
    """An entry as a page shows it."""

    label: str
    url: str
    icon: str
    is_current: bool
    count: int | None = None


_entries: list[Entry] = []


def register_entry(entry: Entry) -> None:
    """Add an entry; called from ``AppConfig.ready``."""
    if entry not in _entries:
        _entries.append(entry)
        _entries.sort(key=lambda found: found.order)


def navigation_for(request: SpaceRequest | HttpRequest) -> list[NavItem]:
    """The entries the viewer may open, the current one marked by its section (the address below the space)."""
    viewer = request.viewer  # type: ignore[union-attr]  # set by AccessMiddleware
    items = []
    for entry in _entries:
        if entry.permission is not None and not viewer.can(entry.permission):
            continue
        url = space_url(entry.url_name)
        root = entry.order == 0
        current = request.path == url if root else request.path.startswith(url)
        items.append(NavItem(str(entry.label), url, entry.icon, current))
    return items
