"""Registration of reports: the start page in the navigation and the reports tab."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """The highest rung of the ladder."""

    name = "reports"

    def ready(self) -> None:
        """Add navigation and tab."""
        from core.access.permissions import Permission
        from core.web.navigation import Entry, register_entry
        from partnerships.views.tabs import TabEntry, register_tab

        register_entry(Entry(_("Overview"), "start", "house", order=0))
        register_tab(TabEntry(_("Reports"), "report_list", 80, Permission.SEE_PARTNERSHIP))
