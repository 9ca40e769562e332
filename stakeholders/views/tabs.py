"""The second row of places: in the stakeholders' part of a space, and on one stakeholder's page."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.access.permissions import Permission
from core.web.access import SpaceRequest
from core.web.space import space_url
from stakeholders.models import Stakeholder


@dataclass(frozen=True)
class TabEntry:
    """A tab as it is registered. ``permission`` None shows it to whoever sees the thing it belongs to."""

    label: str | Promise
    url_name: str
    order: int
    permission: Permission | None = Permission.SEE_STAKEHOLDERS
    # Shown beside a person only, and only to who holds the permission in the whole space.
    of_people: bool = False


@dataclass(frozen=True)
class Tab:
    """A tab as a page shows it."""

    label: str
    url: str
    is_current: bool


_section: list[TabEntry] = [
    TabEntry(_("Register"), "stakeholder_list", 0),
    TabEntry(_("Maps"), "map_list", 20, permission=Permission.ASSESS_STAKEHOLDERS),
    TabEntry(_("What they can bring"), "asset_list", 30),
    TabEntry(_("Missing voices"), "representation_list", 60),
    TabEntry(_("Changes by partners"), "profile_edit_list", 80, permission=Permission.EDIT_STAKEHOLDERS),
    TabEntry(_("Duplicates"), "duplicate_list", 90, permission=Permission.EDIT_STAKEHOLDERS),
]
_of_one: list[TabEntry] = [
    TabEntry(_("Overview"), "stakeholder_detail", 0, permission=None),
    TabEntry(_("Can bring"), "stakeholder_assets", 5, permission=None),
    TabEntry(_("Relations"), "stakeholder_relations", 7),
    TabEntry(_("Timeline"), "stakeholder_timeline", 10, permission=None),
    TabEntry(_("Personal data"), "person_data", 95, permission=Permission.HANDLE_PERSONAL_DATA, of_people=True),
]


def register_section_tab(entry: TabEntry) -> None:
    """Add a place to the stakeholders' part of a space; its page takes ``tenant``."""
    if entry not in _section:
        _section.append(entry)


def register_stakeholder_tab(entry: TabEntry) -> None:
    """Add a place to a stakeholder's page; its page takes ``tenant`` and ``stakeholder_id``."""
    if entry not in _of_one:
        _of_one.append(entry)


def section_tabs(request: SpaceRequest, current: str) -> list[Tab]:
    """The places of the stakeholders' part that the viewer may open, the current one marked."""
    return [
        Tab(str(entry.label), space_url(entry.url_name), entry.url_name == current)
        for entry in _open(_section, request)
    ]


def stakeholder_tabs(request: SpaceRequest, stakeholder: Stakeholder, current: str) -> list[Tab]:
    """The places of one stakeholder that the viewer may open, the current one marked."""
    return [
        Tab(str(entry.label), space_url(entry.url_name, stakeholder_id=stakeholder.pk), entry.url_name == current)
        for entry in _open(_of_one, request)
        if not entry.of_people or _handles(request, stakeholder, entry)
    ]


def _handles(request: SpaceRequest, stakeholder: Stakeholder, entry: TabEntry) -> bool:
    is_person = stakeholder.kind == Stakeholder.Kind.PERSON
    return is_person and entry.permission is not None and request.viewer.can_everywhere(entry.permission)


def _open(entries: list[TabEntry], request: SpaceRequest) -> list[TabEntry]:
    seen = [entry for entry in entries if entry.permission is None or request.viewer.can(entry.permission)]
    return sorted(seen, key=lambda entry: entry.order)
