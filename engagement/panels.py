"""What higher apps add to a partnership's public page: its published reports (registry, filled in ``ready``)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from partnerships.models import Partnership


@dataclass(frozen=True)
class PublicReport:
    """A report everybody may read."""

    title: str
    url: str
    published_on: date


ReportSource = Callable[[Partnership], Sequence[PublicReport]]
_sources: list[ReportSource] = []


def register_public_reports(source: ReportSource) -> None:
    """Have ``source(partnership)`` name the reports everybody may read; called from ``AppConfig.ready``."""
    if source not in _sources:
        _sources.append(source)


def public_reports_of(partnership: Partnership) -> list[PublicReport]:
    """The reports of a public partnership, the newest first."""
    found = [report for source in _sources for report in source(partnership)]
    return sorted(found, key=lambda report: (report.published_on, report.url), reverse=True)
