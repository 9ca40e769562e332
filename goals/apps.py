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
        from goals.queries.text_slot import goals_in_words
        from partnerships.clauses.slots import TextSlot, register_text_slot
        from partnerships.kit_sections import KitSection, register_kit_section
        from partnerships.views.tabs import TabEntry, register_tab

        register_personal_data()
        register_tab(TabEntry(_("Goals"), "goal_list", 20))
        gates.register_own()
        register_text_slot(TextSlot("goals", _("goals"), goals_in_words))
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
