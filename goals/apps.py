"""Registration of goals: its tab, its gate and its part of the templates."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GoalsConfig(AppConfig):
    """The goals rung of the ladder."""

    name = "goals"

    def ready(self) -> None:
        """Add tab, gate and template section."""
        from goals import gates
        from goals.operations import kit
        from goals.personal_data import register_own as register_personal_data
        from goals.queries.agenda import overdue_milestones
        from partnerships.agenda import register_agenda_source
        from partnerships.kit_sections import KitSection, register_kit_section
        from partnerships.views.tabs import TabEntry, register_tab

        register_personal_data()
        register_tab(TabEntry(_("Goals"), "goal_list", 20))
        gates.register_own()
        register_agenda_source(overdue_milestones)
        register_kit_section(
            KitSection(
                kit.SECTION,
                _("Goals and indicators with examples"),
                30,
                kit.goal_content,
                kit.apply_goal_kit,
                kit.capture_goals,
            )
        )
