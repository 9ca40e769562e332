"""The second row of places inside a partnership; higher apps add theirs."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.access.permissions import Permission
from core.web.access import SpaceRequest
from core.web.space import space_url
from partnerships.models import Partnership


@dataclass(frozen=True)
class TabEntry:
    """A tab as an app registers it: its page takes ``tenant`` and ``slug``.

    ``is_folded_when_light``: three volunteers need it rarely, so a light partnership has it behind "More" too.
    ``is_more``: it stands behind "More", so that the places people go to every day are seen at a glance.
    """

    label: str | Promise
    url_name: str
    order: int
    permission: Permission = Permission.SEE_PARTNERSHIP
    is_folded_when_light: bool = False
    is_more: bool = False


@dataclass(frozen=True)
class Tab:
    """A tab as a page shows it."""

    label: str
    url: str
    is_current: bool
    is_more: bool = False


_tabs: list[TabEntry] = [
    TabEntry(_("Overview"), "partnership_detail", 0),
    TabEntry(_("Members"), "member_list", 5),
    TabEntry(_("Tasks"), "task_list", 10),
    TabEntry(_("Needs"), "resource_need_list", 12, is_folded_when_light=True, is_more=True),
    TabEntry(_("Meetings"), "meeting_list", 18),
    TabEntry(_("Decisions"), "decision_list", 32, is_folded_when_light=True, is_more=True),
    TabEntry(_("Agreements"), "agreement_list", 50),
    TabEntry(_("Documents"), "shelf", 55, is_folded_when_light=True, is_more=True),
    TabEntry(_("Updates"), "update_list", 58, is_folded_when_light=True, is_more=True),
    TabEntry(_("Thanks"), "thanks_list", 65, is_folded_when_light=True, is_more=True),
    TabEntry(_("Early signs"), "signal_list", 70, is_folded_when_light=True, is_more=True),
    TabEntry(_("Kit"), "partnership_kit", 90, Permission.EDIT_PARTNERSHIP, is_folded_when_light=True, is_more=True),
]


def register_tab(entry: TabEntry) -> None:
    """Add a tab; called from ``AppConfig.ready``."""
    if entry not in _tabs:
        _tabs.append(entry)


def partnership_tabs(request: SpaceRequest, partnership: Partnership, current: str) -> list[Tab]:
    """The tabs the viewer may open, the current one marked."""
    is_light = partnership.mode == Partnership.Mode.LIGHT
    return [
        Tab(
            str(entry.label),
            space_url(entry.url_name, slug=partnership.slug),
            is_current=entry.url_name == current,
            is_more=entry.is_more or (is_light and entry.is_folded_when_light),
        )
        for entry in sorted(_tabs, key=lambda found: found.order)
        if request.viewer.can(entry.permission, partnership.scope_id)
    ]
