"""Records whose level has a page of its own, as the apps know them (registry, filled in ``AppConfig.ready``)."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.access.viewer import Viewer
from core.access.visibility import Visibility
from partnerships.models import Partnership


@dataclass(frozen=True)
class ShownRecord:
    """A record of a partnership with a ``visibility``: its title, its page in the space.

    ``floor`` is the lowest level it may have: whoever is asked for something must be able to see it.
    """

    kind: str
    record: Any
    title: str
    url: str
    partnership: Partnership
    floor: Visibility = Visibility.COORDINATION


FindRecord = Callable[[Viewer, uuid.UUID], ShownRecord | None]
_finders: dict[str, FindRecord] = {}


def register_shown_record(kind: str, find: FindRecord) -> None:
    """Let people choose who sees records of a kind. ``find(viewer, id)`` gives one the viewer may see, else None."""
    _finders[kind] = find


def registered_shown_records() -> dict[str, FindRecord]:
    """All kinds."""
    return dict(_finders)


def shown_record(viewer: Viewer, kind: str, record_id: uuid.UUID) -> ShownRecord | None:
    """The record, for a viewer who may see it; None otherwise and for an unknown kind."""
    find = _finders.get(kind)
    return find(viewer, record_id) if find else None
