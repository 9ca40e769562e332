"""Registration of partnerships: its navigation entry and its own gates."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnershipsConfig(AppConfig):
    """The partnerships rung of the ladder."""

    name = "partnerships"

    def ready(self) -> None:
        """Add navigation, gates, what kits bring and the open needs beside the stakeholders."""
        from core.access.permissions import Permission
        from core.web.navigation import Entry, register_entry
        from partnerships import gates
        from partnerships.operations import kit_sections
        from partnerships.queries import timeline
        from stakeholders.timeline import register_timeline
        from stakeholders.views.tabs import TabEntry, register_section_tab

        register_entry(
            Entry(_("Partnerships"), "partnership_list", "handshake", order=10, permission=Permission.SEE_PARTNERSHIP)
        )
        register_section_tab(TabEntry(_("Open needs"), "open_need_list", 35))
        gates.register_own()
        kit_sections.register_own()
        for source in (timeline.membership_items, timeline.signature_items, timeline.promise_items):
            register_timeline(source)
