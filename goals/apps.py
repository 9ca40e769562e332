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
        from goals.operations.handover import count_goals, count_roles, move_goals, move_roles
        from goals.personal_data import register_own as register_personal_data
        from goals.queries import update
        from goals.queries.agenda import overdue_milestones
        from goals.queries.goal import find_goal
        from goals.queries.leaving import goal_lines, goals_held, roles_held
        from goals.queries.signal import MILESTONE_LATE, OVERLOAD
        from goals.queries.text_slot import goals_in_words, roles_in_words
        from goals.queries.thanks import milestones_reached
        from partnerships.agenda import register_agenda_source
        from partnerships.clauses.slots import TextSlot, register_text_slot
        from partnerships.early_signs import register_signal_rule
        from partnerships.exits import register_exit_source
        from partnerships.handovers import Handover, register_handover
        from partnerships.kit_sections import KitSection, register_kit_section
        from partnerships.models import ExitStep
        from partnerships.thanks import register_thanks_source
        from partnerships.threads import register_thread_subject
        from partnerships.updates import Part, register_update_source
        from partnerships.views.tabs import TabEntry, register_tab
        from partnerships.welcome import WelcomeSection, register_welcome_section

        register_personal_data()
        register_exit_source(ExitStep.Kind.TASKS, roles_held)
        register_exit_source(ExitStep.Kind.TASKS, goals_held)
        register_handover(Handover("goals", _("Goals looked after"), count_goals, move_goals))
        register_handover(Handover("roles", _("Parts in results"), count_roles, move_roles))
        register_update_source("milestones", 20, Part.WENT_WELL, update.reached_milestones)
        register_update_source("late_milestones", 20, Part.NOT_GOING_WELL, update.late_milestones)
        register_thanks_source("milestones", milestones_reached)
        register_signal_rule(OVERLOAD)
        register_signal_rule(MILESTONE_LATE)
        register_thread_subject("goal", find_goal)
        register_welcome_section(WelcomeSection("goals", _("What we want to reach"), 10, goal_lines))
        register_tab(TabEntry(_("Goals"), "goal_list", 20))
        register_tab(TabEntry(_("Who does what"), "deliverable_list", 15, is_folded_when_light=True, is_more=True))
        gates.register_own()
        register_text_slot(TextSlot("goals", _("goals"), goals_in_words))
        register_text_slot(TextSlot("roles", _("who does what"), roles_in_words))
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
