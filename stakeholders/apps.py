"""Registration of stakeholders: its navigation entry, search, timeline, duplicates, personal data."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StakeholdersConfig(AppConfig):
    """The stakeholders rung of the ladder."""

    name = "stakeholders"

    def ready(self) -> None:
        """Add navigation, search, talks in the timeline, daily work, and what is held on people and for how long."""
        from core.access.permissions import Permission
        from core.jobs.daily import register_daily
        from core.queries.retention import register_keeping
        from core.web.navigation import Entry, register_entry
        from stakeholders import search
        from stakeholders.operations.duplicate import look_daily
        from stakeholders.operations.personal_data import forget_old_exports
        from stakeholders.operations.retention import ASSESSMENT, IMPORT_FILE
        from stakeholders.personal_data.own import register_own
        from stakeholders.queries.interaction import interaction_items
        from stakeholders.queries.register_request import shared_within
        from stakeholders.reach import register_reach
        from stakeholders.timeline import register_timeline

        register_entry(
            Entry(_("Stakeholders"), "stakeholder_list", "users", order=20, permission=Permission.SEE_STAKEHOLDERS)
        )
        register_entry(
            Entry(_("Our organisation"), "profile_list", "building-2", order=25, permission=Permission.EDIT_OWN_PROFILE)
        )
        search.register_own()
        register_timeline(interaction_items)
        register_reach(stakeholders=shared_within)
        register_daily(look_daily)
        register_daily(forget_old_exports)
        register_own()
        for keeping in (ASSESSMENT, IMPORT_FILE):
            register_keeping(keeping)
