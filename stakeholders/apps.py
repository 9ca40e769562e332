"""Registration of stakeholders: its navigation entry, what its search finds, its timeline, its look for duplicates."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StakeholdersConfig(AppConfig):
    """The stakeholders rung of the ladder."""

    name = "stakeholders"

    def ready(self) -> None:
        """Add navigation, search, talks in the timeline and the daily look for duplicates."""
        from core.access.permissions import Permission
        from core.jobs.daily import register_daily
        from core.web.navigation import Entry, register_entry
        from stakeholders import search
        from stakeholders.operations.duplicate import look_daily
        from stakeholders.queries.interaction import interaction_items
        from stakeholders.timeline import register_timeline

        register_entry(
            Entry(_("Stakeholders"), "stakeholder_list", "users", order=20, permission=Permission.SEE_STAKEHOLDERS)
        )
        register_entry(
            Entry(_("Our organisation"), "profile_list", "building-2", order=25, permission=Permission.EDIT_OWN_PROFILE)
        )
        search.register_own()
        register_timeline(interaction_items)
        register_daily(look_daily)
