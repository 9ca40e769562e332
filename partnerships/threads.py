"""What can be talked about, as the apps know it (registry, filled in ``AppConfig.ready``)."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from core.access.viewer import Viewer
from partnerships.models import Partnership


@dataclass(frozen=True)
class ThreadSubject:
    """One thing with a thread: its title, its page in the space, and the level its thread is capped at."""

    kind: str
    subject_id: uuid.UUID
    title: str
    url: str
    visibility: int
    partnership: Partnership

    @property
    def level(self) -> int:
        """Who may see the thread: those who see the thing and its partnership."""
        return min(self.visibility, self.partnership.visibility)


FindSubject = Callable[[Viewer, uuid.UUID], ThreadSubject | None]
_finders: dict[str, FindSubject] = {}


def register_thread_subject(kind: str, find: FindSubject) -> None:
    """Let a thread stand on things of a kind. ``find(viewer, id)`` gives one the viewer may see, else None."""
    _finders[kind] = find


def registered_thread_subjects() -> dict[str, FindSubject]:
    """All kinds."""
    return dict(_finders)


def thread_subject(viewer: Viewer, kind: str, subject_id: uuid.UUID) -> ThreadSubject | None:
    """The thing a thread is about, for a viewer who may see it; None otherwise and for an unknown kind."""
    find = _finders.get(kind)
    return find(viewer, subject_id) if find else None
