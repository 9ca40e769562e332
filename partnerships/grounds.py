"""What an agreement is based on, as the apps know it, and what of that has changed since its text was fixed.

The app that knows something an agreement names keeps it as it stands when the text is fixed, and tells the difference
later (registry, filled in ``AppConfig.ready``).
"""

from collections.abc import Callable
from dataclasses import dataclass

from core.access.viewer import Viewer
from partnerships.models import AgreementVersion


@dataclass(frozen=True)
class GroundChange:
    """Something a version names that is another now: its words when the text was fixed, and those of today.

    Both are in the language of the version.
    """

    title: str
    url: str
    before: str
    now: str


@dataclass(frozen=True)
class Ground:
    """One kind of what agreements are based on.

    ``keep(version)`` is called with the fixed text of a locked version and replaces what was kept for it;
    ``changes(viewer, version)`` tells what changed since, as far as the viewer may see it.
    """

    keep: Callable[[AgreementVersion], None]
    changes: Callable[[Viewer, AgreementVersion], list[GroundChange]]


_grounds: dict[str, Ground] = {}


def register_ground(code: str, ground: Ground) -> None:
    """Add a kind; called from ``AppConfig.ready``. The same code again replaces it."""
    _grounds[code] = ground


def keep_grounds(version: AgreementVersion) -> None:
    """Have every app keep what the fixed text of a version names; part of the operation that fixed it."""
    for ground in _grounds.values():
        ground.keep(version)


def changes_since(viewer: Viewer, version: AgreementVersion) -> list[GroundChange]:
    """What a version is based on and is another now, as far as the viewer may see it."""
    return [change for ground in _grounds.values() for change in ground.changes(viewer, version)]
