"""Registration of goals: tabs and panel, gate, kit section, and what goals add to the apps below."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GoalsConfig(AppConfig):
    """The goals rung of the ladder."""

    name = "goals"

    def ready(self) -> None:
        """Add all of it."""
        from goals import gates
        from goals.personal_data import register_own as register_personal_data

        register_personal_data()
        gates.register_own()
        _register_pages()
        _register_holders()
        _register_words()
        _register_watching()
        _register_kit()


def _register_pages() -> None:
    from goals.panels import register_panel
    from goals.queries.goal import find_goal
    from goals.queries.shown import find_deliverable, find_trend_review
    from partnerships.shown import register_shown_record
    from partnerships.threads import register_thread_subject
    from partnerships.views.tabs import TabEntry, register_tab

    register_tab(TabEntry(_("Goals"), "goal_list", 20))
    register_tab(TabEntry(_("Who does what"), "deliverable_list", 15, is_folded_when_light=True, is_more=True))
    register_tab(TabEntry(_("Community needs"), "need_list", 19, is_folded_when_light=True, is_more=True))
    register_tab(TabEntry(_("How change comes about"), "theory", 21, is_folded_when_light=True, is_more=True))
    register_tab(TabEntry(_("Risks"), "risk_list", 22, is_folded_when_light=True, is_more=True))
    register_tab(TabEntry(_("What we learn"), "trend_review_list", 36, is_folded_when_light=True, is_more=True))
    register_panel("goal_learning", 30)
    register_thread_subject("goal", find_goal)
    register_shown_record("deliverable", find_deliverable)
    register_shown_record("trend_review", find_trend_review)


def _register_holders() -> None:
    """What a person or member looks after, for who leaves."""
    from goals.operations import handover
    from goals.queries.deliverable import answering_members
    from goals.queries.leaving import goals_held, lesson_asked, risks_held, roles_held
    from partnerships.answering import register_answering_source
    from partnerships.exits import register_exit_source
    from partnerships.handovers import Handover, register_handover
    from partnerships.models import ExitStep

    register_answering_source(answering_members)
    for held in (roles_held, goals_held, risks_held):
        register_exit_source(ExitStep.Kind.TASKS, held)
    register_exit_source(ExitStep.Kind.LESSON, lesson_asked)
    register_handover(Handover("goals", _("Goals looked after"), handover.count_goals, handover.move_goals))
    register_handover(
        Handover("milestones", _("Milestones looked after"), handover.count_milestones, handover.move_milestones)
    )
    register_handover(Handover("roles", _("Parts in results"), handover.count_roles, handover.move_roles))
    register_handover(Handover("risks", _("Risks looked after"), handover.count_risks, handover.move_risks))


def _register_words() -> None:
    """What is told of goals in agreements, updates, thanks, welcomes and beside values."""
    from goals.operations.agreed_goal import keep_named_goals
    from goals.queries import update
    from goals.queries.agreed_goal import changed_goals_of
    from goals.queries.happening import milestones_beside
    from goals.queries.leaving import goal_lines
    from goals.queries.text_slot import goals_in_words, roles_in_words
    from goals.queries.thanks import milestones_reached
    from metrics.happenings import register_happening_source
    from partnerships.clauses.slots import TextSlot, register_text_slot
    from partnerships.grounds import Ground, register_ground
    from partnerships.thanks import register_thanks_source
    from partnerships.updates import Part, register_update_source
    from partnerships.welcome import WelcomeSection, register_welcome_section

    register_ground("goals", Ground(keep_named_goals, changed_goals_of))
    register_text_slot(TextSlot("goals", _("goals"), goals_in_words))
    register_text_slot(TextSlot("roles", _("who does what"), roles_in_words))
    register_update_source("milestones", 20, Part.WENT_WELL, update.reached_milestones)
    register_update_source("late_milestones", 20, Part.NOT_GOING_WELL, update.late_milestones)
    register_thanks_source("milestones", milestones_reached)
    register_welcome_section(WelcomeSection("goals", _("What we want to reach"), 10, goal_lines))
    register_happening_source("milestones", milestones_beside)


def _register_watching() -> None:
    """What goals ask to be looked at."""
    from core.jobs.daily import register_daily
    from goals.operations.review import note_goals_off_track
    from goals.queries.agenda import goals_to_review, overdue_milestones, overdue_risks
    from goals.queries.lived_need import lived_needs
    from goals.queries.signal import CONTESTED, MILESTONE_LATE, OVERLOAD
    from partnerships.agenda import register_agenda_source
    from partnerships.early_signs import register_signal_rule
    from stakeholders.lived_needs import register_lived_need_source

    register_lived_need_source(lived_needs)
    for source in (overdue_milestones, overdue_risks, goals_to_review):
        register_agenda_source(source)
    for rule in (CONTESTED, OVERLOAD, MILESTONE_LATE):
        register_signal_rule(rule)
    register_daily(note_goals_off_track)


def _register_kit() -> None:
    from goals.operations import kit, kit_dates
    from goals.queries import kit_capture as capture
    from partnerships.kit_sections import KitSection, none_of_ours, register_kit_section

    for section in (
        KitSection(
            capture.NEEDS,
            _("Community needs"),
            25,
            capture.need_content,
            kit.apply_needs,
            capture.capture_community_needs,
        ),
        KitSection(
            capture.GOALS,
            _("Goals and indicators with examples"),
            30,
            capture.goal_content,
            kit.apply_goal_kit,
            capture.capture_goals,
            move=kit_dates.move_goal_dates,
        ),
        KitSection(capture.RISKS, _("Risks"), 35, capture.risk_content, kit.apply_risks, capture.capture_risks),
        KitSection(
            capture.RESULTS,
            _("Results and who does what"),
            40,
            none_of_ours,
            kit.apply_results,
            capture.capture_results,
            move=kit_dates.move_result_dates,
        ),
    ):
        register_kit_section(section)
