"""Registration of partnerships: its navigation entry and its own gates."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnershipsConfig(AppConfig):
    """The partnerships rung of the ladder."""

    name = "partnerships"

    def ready(self) -> None:
        """Add navigation, gates, what kits bring and the open needs beside the stakeholders."""
        from core.access.permissions import Permission
        from core.queries.retention import register_keeping
        from core.web.navigation import Entry, register_entry
        from partnerships import gates
        from partnerships.operations import kit_sections
        from partnerships.operations.retention import AGREEMENT
        from partnerships.personal_data import register_own as register_personal_data
        from partnerships.queries import ledger_sources, timeline
        from stakeholders.timeline import register_timeline
        from stakeholders.views.tabs import TabEntry, register_section_tab

        register_personal_data()
        register_keeping(AGREEMENT)
        register_entry(
            Entry(_("Partnerships"), "partnership_list", "handshake", order=10, permission=Permission.SEE_PARTNERSHIP)
        )
        register_section_tab(TabEntry(_("Open needs"), "open_need_list", 35))
        gates.register_own()
        ledger_sources.register_own()
        kit_sections.register_own()
        for source in (
            timeline.membership_items,
            timeline.signature_items,
            timeline.promise_items,
            timeline.commitment_items,
        ):
            register_timeline(source)
