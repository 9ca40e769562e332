"""One timeline per stakeholder: higher apps add what they know of it (registry, filled in ``AppConfig.ready``)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from core.access.viewer import Viewer
from stakeholders.models import Stakeholder

MOST_OF_A_SOURCE = 200
# What the page can be narrowed to. A source names one of these.
KINDS = {
    "talk": _("Talks"),
    "partnership": _("Partnerships"),
    "agreement": _("Agreements"),
    "promise": _("Promises"),
    "funding": _("Contributions"),
}


@dataclass(frozen=True)
class TimelineItem:
    """Something that happened: a call, a signature, a promise kept. ``url`` leads to the record, where there is one.

    ``kind`` is a key of ``KINDS``.
    """

    on: date
    kind: str
    title: str
    text: str = ""
    url: str = ""
    tone: str = "info"
    icon: str = ""


Source = Callable[[Viewer, Stakeholder], Sequence[TimelineItem]]
_sources: list[Source] = []


def register_timeline(source: Source) -> None:
    """Add a source: it returns only what the viewer may see, the latest first, at most two hundred."""
    if source not in _sources:
        _sources.append(source)


def timeline_of(viewer: Viewer, stakeholder: Stakeholder, *, until: date | None = None) -> list[TimelineItem]:
    """Everything the viewer may see of a stakeholder's time with us, the latest first, up to a day if given."""
    found = [item for source in _sources for item in source(viewer, stakeholder)]
    return sorted(
        (item for item in found if until is None or item.on <= until),
        key=lambda item: (item.on, item.kind),
        reverse=True,
    )
