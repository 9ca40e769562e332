"""Reports of the demo: frozen, rendered, published and shared with a funder."""

from partnerships.models import Partnership
from reports.demo.clock import day
from reports.demo.people import Cast, address
from reports.demo.story import Story
from reports.operations.report import freeze_report, publish_report, render_report, share_report

TITLE = {"it": "Rapporto di impatto {year}", "en": "Impact report {year}"}


def bring_in_report(cast: Cast, story: Story, partnership: Partnership) -> list[dict[str, str]]:
    """Publish the report of a story and share it with the space's funder; returns the links made."""
    if not story.report_summary:
        return []
    partnership.refresh_from_db()
    today = day(0).date()
    report = freeze_report(
        partnership=partnership,
        title=TITLE[cast.space.language].format(year=today.year),
        language=cast.space.language,
        period_starts_on=day(-365).date(),
        period_ends_on=today,
        summary=story.report_summary,
        not_working=story.report_not_working,
        by=cast.coordinator,
    )
    report = publish_report(report=render_report(report_id=report.pk), by=cast.coordinator)
    funder = next(account for account in cast.space.accounts if account.role == "funder")
    _link, url = share_report(
        report=report,
        email=address(funder.name, cast.space),
        label=cast.organisations[funder.organisation].name,
        days=90,
        language=cast.space.language,
        by=cast.coordinator,
    )
    return [{"tenant": cast.tenant.slug, "role": "funder", "what": "read a shared report", "start_url": url}]
