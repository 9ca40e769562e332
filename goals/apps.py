"""Registration of goals: its tab, its gate and its part of the templates."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GoalsConfig(AppConfig):
    """The goals rung of the ladder."""

    name = "goals"

    def ready(self) -> None:
        """Add tab, gate and template section."""
        from core.jobs.daily import register_daily
        from goals import gates
        from goals.operations import kit
        from goals.operations.handover import (
            count_goals,
            count_milestones,
            count_risks,
            count_roles,
            move_goals,
            move_milestones,
            move_risks,
            move_roles,
        )
        from goals.operations.review import note_goals_off_track
        from goals.personal_data import register_own as register_personal_data
        from goals.queries import update
        from goals.queries.agenda import goals_to_review, overdue_milestones, overdue_risks
        from goals.queries.goal import find_goal
        from goals.queries.happening import milestones_beside
        from goals.queries.leaving import goal_lines, goals_held, risks_held, roles_held
        from goals.queries.signal import MILESTONE_LATE, OVERLOAD
        from goals.queries.text_slot import goals_in_words, roles_in_words
        from goals.queries.thanks import milestones_reached
        from metrics.happenings import register_happening_source
        from partnerships.agenda import register_agenda_source
        from partnerships.clauses.slots import TextSlot, register_text_slot
        from partnerships.exits import register_exit_source
        from partnerships.handovers import Handover, register_handover
        from partnerships.kit_sections import KitSection, register_kit_section
        from partnerships.models import ExitStep
        from partnerships.signals import register_signal_rule
        from partnerships.thanks import register_thanks_source
        from partnerships.threads import register_thread_subject
        from partnerships.updates import Part, register_update_source
        from partnerships.views.tabs import TabEntry, register_tab
        from partnerships.welcome import WelcomeSection, register_welcome_section

        register_personal_data()
        register_exit_source(ExitStep.Kind.TASKS, roles_held)
        register_exit_source(ExitStep.Kind.TASKS, goals_held)
        register_exit_source(ExitStep.Kind.TASKS, risks_held)
        register_handover(Handover("goals", _("Goals looked after"), count_goals, move_goals))
        register_handover(Handover("milestones", _("Milestones looked after"), count_milestones, move_milestones))
        register_handover(Handover("roles", _("Parts in results"), count_roles, move_roles))
        register_handover(Handover("risks", _("Risks looked after"), count_risks, move_risks))
        register_update_source("milestones", 20, Part.WENT_WELL, update.reached_milestones)
        register_update_source("late_milestones", 20, Part.NOT_GOING_WELL, update.late_milestones)
        register_thanks_source("milestones", milestones_reached)
        register_signal_rule(OVERLOAD)
        register_signal_rule(MILESTONE_LATE)
        register_thread_subject("goal", find_goal)
        register_happening_source("milestones", milestones_beside)
        register_welcome_section(WelcomeSection("goals", _("What we want to reach"), 10, goal_lines))
        register_tab(TabEntry(_("Goals"), "goal_list", 20))
        register_tab(TabEntry(_("Who does what"), "deliverable_list", 15, is_folded_when_light=True, is_more=True))
        register_tab(TabEntry(_("Community needs"), "need_list", 19, is_folded_when_light=True, is_more=True))
        register_tab(TabEntry(_("How change comes about"), "theory", 21, is_folded_when_light=True, is_more=True))
        register_tab(TabEntry(_("Risks"), "risk_list", 22, is_folded_when_light=True, is_more=True))
        gates.register_own()
        register_text_slot(TextSlot("goals", _("goals"), goals_in_words))
        register_text_slot(TextSlot("roles", _("who does what"), roles_in_words))
        register_agenda_source(overdue_milestones)
        register_agenda_source(overdue_risks)
        register_agenda_source(goals_to_review)
        register_daily(note_goals_off_track)
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
