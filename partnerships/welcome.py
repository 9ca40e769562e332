"""What somebody new in a partnership reads first; apps add sections (registry, filled in ``AppConfig.ready``)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from core.access.viewer import Viewer
from partnerships.models import PartnershipMember

MOST_LINES = 12


@dataclass(frozen=True)
class WelcomeLine:
    """One thing to know; ``when`` a day in words, ``url`` a page inside the space."""

    text: str
    when: str = ""
    url: str = ""


WelcomeSource = Callable[[Viewer, PartnershipMember], Sequence[WelcomeLine]]


@dataclass(frozen=True)
class WelcomeSection:
    """A heading and what stands beneath it for a member; a section without lines is left out."""

    code: str
    title: str | Promise
    order: int
    lines: WelcomeSource


_sections: dict[str, WelcomeSection] = {}


def register_welcome_section(section: WelcomeSection) -> None:
    """Add a section; called from ``AppConfig.ready``. The same code again replaces it."""
    _sections[section.code] = section


def registered_welcome_sections() -> list[WelcomeSection]:
    """All sections in order."""
    return sorted(_sections.values(), key=lambda section: (section.order, section.code))


def welcome_pack(viewer: Viewer, member: PartnershipMember) -> list[tuple[str, list[WelcomeLine]]]:
    """The headings with their lines, as far as the viewer may see them; at most twelve lines each."""
    found = [
        (str(section.title), list(section.lines(viewer, member))[:MOST_LINES])
        for section in registered_welcome_sections()
    ]
    return [(title, lines) for title, lines in found if lines]
