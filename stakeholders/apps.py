"""Registration of stakeholders: its navigation entry and what its search finds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StakeholdersConfig(AppConfig):
    """The stakeholders rung of the ladder."""

    name = "stakeholders"

    def ready(self) -> None:
        """Add navigation and search."""
        from core.access.permissions import Permission
        from core.web.navigation import Entry, register_entry
        from stakeholders import search

        register_entry(
            Entry(_("Stakeholders"), "stakeholder_list", "users", order=20, permission=Permission.SEE_STAKEHOLDERS)
        )
        search.register_own()
