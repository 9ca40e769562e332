"""Registration of engagement: its navigation entry and its tab inside a partnership."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EngagementConfig(AppConfig):
    """The engagement rung of the ladder."""

    name = "engagement"

    def ready(self) -> None:
        """Add navigation, tab and the daily forgetting of addresses."""
        from core.access.permissions import Permission
        from core.jobs.daily import register_daily
        from core.web.navigation import Entry, register_entry
        from engagement.operations.retention import forget_contacts
        from partnerships.views.tabs import TabEntry, register_tab

        register_daily(forget_contacts)
        register_entry(
            Entry(_("Residents"), "inbox", "message-square-text", order=40, permission=Permission.ANSWER_RESIDENTS)
        )
        register_tab(TabEntry(_("You said, we did"), "theme_list", 40))
