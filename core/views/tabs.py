"""The second row of places inside a space's settings."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.access.permissions import Permission
from core.web.access import SpaceRequest
from core.web.space import space_url


@dataclass(frozen=True)
class Tab:
    """A tab as a page shows it."""

    label: str
    url: str
    is_current: bool


_TABS: list[tuple[str | Promise, str, Permission | None]] = [
    (_("Settings"), "space_settings", Permission.ADMINISTER_SPACE),
    (_("Public pages"), "public_settings", Permission.ADMINISTER_SPACE),
    (_("People"), "people", Permission.ADMINISTER_SPACE),
    (_("History"), "history", Permission.READ_AUDIT),
    (_("Keeping data"), "retention", Permission.ADMINISTER_SPACE),
    (_("Mail"), "unsent_mail", Permission.ADMINISTER_SPACE),
    (_("API tokens"), "tokens", None),
]


def settings_tabs(request: SpaceRequest, current: str) -> list[Tab]:
    """The tabs the viewer may open, the current one marked."""
    return [
        Tab(str(label), space_url(url_name), url_name == current)
        for label, url_name, permission in _TABS
        if permission is None or request.viewer.can(permission)
    ]
