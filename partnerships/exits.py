"""What a leaving organisation still holds, as the apps know it (registry, filled in ``AppConfig.ready``)."""

from collections.abc import Callable
from dataclasses import dataclass

from partnerships.models import ExitStep, PartnershipMember


@dataclass(frozen=True)
class Hold:
    """Something still open, in words, and where it is changed. ``stops``: the point cannot be settled before."""

    text: str
    url: str = ""
    stops: bool = False


ExitSource = Callable[[PartnershipMember], list[Hold]]
_sources: dict[str, list[ExitSource]] = {}


def register_exit_source(kind: ExitStep.Kind, source: ExitSource) -> None:
    """Have ``source(member)`` say what is still open under a point of the checklist."""
    known = _sources.setdefault(kind, [])
    if source not in known:
        known.append(source)


def registered_exit_sources() -> dict[str, list[ExitSource]]:
    """All sources by point."""
    return {kind: list(sources) for kind, sources in _sources.items()}


def holds_of(member: PartnershipMember, kind: str) -> list[Hold]:
    """What a member still holds under a point."""
    return [hold for source in _sources.get(kind, ()) for hold in source(member)]
