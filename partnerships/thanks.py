"""Facts worth a thank-you, as the apps know them (registry, filled in ``AppConfig.ready``)."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from partnerships.models import Partnership


@dataclass(frozen=True)
class ThanksReason:
    """A fact and to whom it is owed: a member or a person. ``key`` names the fact for good, at most 80 characters."""

    key: str
    on: date
    what: str
    to: str
    member_id: uuid.UUID | None = None
    person_id: uuid.UUID | None = None
    evidence_url: str = ""


ThanksSource = Callable[..., list[ThanksReason]]
_sources: dict[str, ThanksSource] = {}


def register_thanks_source(code: str, source: ThanksSource) -> None:
    """Have ``source(partnership, today=...)`` name facts worth a thank-you. The same code again replaces it."""
    _sources[code] = source


def registered_thanks_sources() -> dict[str, ThanksSource]:
    """All sources by code."""
    return dict(_sources)


def reasons_for_thanks(partnership: Partnership, *, today: date) -> list[ThanksReason]:
    """All facts worth a thank-you, the newest first; nobody is ranked by them."""
    found = [reason for source in _sources.values() for reason in source(partnership, today=today)]
    return sorted(found, key=lambda reason: (-reason.on.toordinal(), reason.to, reason.key))
