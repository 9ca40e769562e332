"""What residents say of a need, as higher apps know it (registry, filled in ``AppConfig.ready``)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.access.viewer import Viewer
from goals.models import Need


@dataclass(frozen=True)
class Voice:
    """Something residents say: in words, on which page it stands, and how many messages say it."""

    text: str
    url: str
    count: int


VoiceSource = Callable[[Viewer, Need], Sequence[Voice]]
_sources: list[VoiceSource] = []


def register_voice_source(source: VoiceSource) -> None:
    """Have ``source(viewer, need)`` tell what residents say of a need; called from ``AppConfig.ready``."""
    if source not in _sources:
        _sources.append(source)


def voices_on(viewer: Viewer, need: Need) -> list[Voice]:
    """All that residents say of a need and a viewer may read, the most voices first."""
    found = [voice for source in _sources for voice in source(viewer, need)]
    return sorted(found, key=lambda voice: -voice.count)
