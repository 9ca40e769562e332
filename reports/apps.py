"""Registration of reports: the start page in the navigation and the reports tab."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """The highest rung of the ladder."""

    name = "reports"

    def ready(self) -> None:
        """Add navigation and tab."""
        from core.access.permissions import Permission
        from core.jobs.daily import register_daily
        from core.web.navigation import Entry, register_entry
        from engagement.panels import register_public_reports
        from partnerships.views.tabs import TabEntry, register_tab
        from reports.operations.digest import write_digests
        from reports.operations.partner_page import write_partner_pages
        from reports.personal_data import register_own as register_personal_data
        from reports.queries.public_report import published_reports

        register_personal_data()
        register_entry(Entry(_("Overview"), "start", "house", order=0))
        register_entry(Entry(_("Reminders"), "reminders", "bell", order=60, permission=Permission.SEE_REMINDERS))
        register_public_reports(published_reports)
        register_daily(write_digests)
        register_daily(write_partner_pages)
        register_tab(TabEntry(_("Reports"), "report_list", 80, Permission.SEE_PARTNERSHIP))
