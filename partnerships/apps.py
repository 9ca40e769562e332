"""Registration of partnerships: what it adds to the registries of core, of the stakeholders, and its own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnershipsConfig(AppConfig):
    """The partnerships rung of the ladder."""

    name = "partnerships"

    def ready(self) -> None:
        """Fill the registries."""
        from partnerships.operations import kit_sections
        from partnerships.personal_data import register_own as register_personal_data
        from partnerships.queries import gate as gates
        from partnerships.queries import ledger_sources, text_slots

        register_personal_data()
        gates.register_own()
        ledger_sources.register_own()
        kit_sections.register_own()
        text_slots.register_own()
        _register_places()
        _register_reach()
        _register_daily_work()
        _register_timelines()
        _register_agenda()
        _register_leaving_and_beginning()
        _register_channels()
        _register_signals()


def _register_places() -> None:
    from core.access.permissions import Permission
    from core.queries.places import register_places
    from core.web.navigation import Entry, register_entry
    from partnerships.queries.places import partnership_places
    from stakeholders.views.tabs import TabEntry, register_section_tab

    register_entry(
        Entry(_("Partnerships"), "partnership_list", "handshake", order=10, permission=Permission.SEE_PARTNERSHIP)
    )
    register_section_tab(TabEntry(_("Open needs"), "open_need_list", 35))
    register_places(partnership_places)


def _register_daily_work() -> None:
    from core.jobs.daily import register_daily
    from core.queries.retention import register_keeping
    from partnerships.operations.agreement_keeping import check_kept_agreements, end_agreements, start_agreements
    from partnerships.operations.agreement_review import plan_reviews
    from partnerships.operations.decision import bring_decisions_into_force
    from partnerships.operations.minutes import approve_silent_minutes, archive_settled_meetings
    from partnerships.operations.representative import end_terms
    from partnerships.operations.retention import AGREEMENT

    register_keeping(AGREEMENT)
    for work in (
        start_agreements,
        end_agreements,
        plan_reviews,
        end_terms,
        check_kept_agreements,
        approve_silent_minutes,
        archive_settled_meetings,
        bring_decisions_into_force,
    ):
        register_daily(work)


def _register_timelines() -> None:
    from partnerships.queries import timeline
    from stakeholders.timeline import register_timeline

    for source in (
        timeline.membership_items,
        timeline.signature_items,
        timeline.promise_items,
        timeline.commitment_items,
    ):
        register_timeline(source)


def _register_agenda() -> None:
    from partnerships.agenda import register_agenda_source
    from partnerships.queries import agenda
    from partnerships.queries.partnership_review import partnership_reviews

    own = (agenda.unfinished_items, agenda.overdue_tasks, agenda.decisions_to_review, agenda.agreements_due)
    for offer in (*own, partnership_reviews):
        register_agenda_source(offer)


def _register_reach() -> None:
    """What of the register belongs to partnerships, for who coordinates some of them."""
    from partnerships.queries import reach
    from stakeholders.reach import register_reach

    for within in (
        reach.members_within,
        reach.people_within,
        reach.speakers_within,
        reach.guests_within,
        reach.mapped_within,
    ):
        register_reach(stakeholders=within)
    register_reach(maps=reach.maps_taken_along)


def _register_leaving_and_beginning() -> None:
    from partnerships.exits import register_exit_source
    from partnerships.handovers import Handover, register_handover
    from partnerships.models import ExitStep
    from partnerships.operations.handover import count_meetings, count_tasks, move_meetings, move_tasks
    from partnerships.operations.worry import count_contact, move_contact
    from partnerships.queries import exit as leaving
    from partnerships.queries import welcome
    from partnerships.welcome import WelcomeSection, register_welcome_section

    for kind, held in (
        (ExitStep.Kind.TASKS, leaving.open_tasks_held),
        (ExitStep.Kind.TASKS, leaving.promises_held),
        (ExitStep.Kind.EQUIPMENT, leaving.things_lent),
        (ExitStep.Kind.DATA, leaving.papers_shelved),
        (ExitStep.Kind.LOGO, leaving.thanked_in_public),
        (ExitStep.Kind.PEOPLE, leaving.still_speaking),
        (ExitStep.Kind.PEOPLE, leaving.contacts_held),
    ):
        register_exit_source(kind, held)
    register_handover(Handover("tasks", _("Open tasks"), count_tasks, move_tasks))
    register_handover(Handover("meetings", _("Meetings to come"), count_meetings, move_meetings))
    register_handover(Handover("contact", _("Being somebody to turn to with a worry"), count_contact, move_contact))
    for section in (
        WelcomeSection("purpose", _("Why this partnership exists"), 0, welcome.purpose_lines),
        WelcomeSection("history", _("How it came to be"), 5, welcome.history_lines),
        WelcomeSection("agreements", _("What is agreed"), 20, welcome.agreement_lines),
        WelcomeSection("decisions", _("What was decided in the last year"), 25, welcome.decision_lines),
        WelcomeSection("promises", _("What your organisation promised or is asked"), 30, welcome.promise_lines),
        WelcomeSection("contacts", _("Whom to ask"), 90, welcome.contact_lines),
    ):
        register_welcome_section(section)


def _register_channels() -> None:
    """What can be talked about or shown, what updates begin with and reach, what is worth a thank-you, worries."""
    from core.access.visibility import Visibility
    from core.jobs.daily import register_daily
    from core.queries.retention import register_keeping
    from partnerships.operations.retention import WORRY
    from partnerships.operations.worry import remind_contacts, tell_who_was_left_alone
    from partnerships.queries import communication, recognition, shown, thread
    from partnerships.shown import register_shown_record
    from partnerships.thanks import register_thanks_source
    from partnerships.threads import register_thread_subject
    from partnerships.updates import Part, register_update_audience, register_update_source

    register_keeping(WORRY)
    register_daily(remind_contacts)
    register_daily(tell_who_was_left_alone)
    register_thread_subject("task", thread.find_task)
    register_thread_subject("agreement", thread.find_agreement)
    register_thread_subject("meeting", thread.find_meeting)
    register_shown_record("task", shown.find_task)
    register_shown_record("agreement", shown.find_agreement)
    register_shown_record("commitment", shown.find_commitment)
    register_shown_record("resource_need", shown.find_resource_need)
    register_update_source("finished", 10, Part.WENT_WELL, communication.finished_tasks)
    register_update_source("slipped", 10, Part.NOT_GOING_WELL, communication.slipped_tasks)
    register_update_source("coming", 10, Part.NEXT_DATES, communication.coming_tasks)
    register_update_audience(Visibility.PARTNERS, communication.partner_people)
    register_thanks_source("promises", recognition.promises_kept)
    register_thanks_source("anniversaries", recognition.anniversaries)
    register_thanks_source("quiet_work", recognition.quiet_work)


def _register_signals() -> None:
    from core.jobs.daily import register_daily
    from partnerships.early_signs import register_signal_rule
    from partnerships.operations.signal import look_daily
    from partnerships.queries import signal_rules
    from partnerships.queries.signal_resource import CLAIMED_TWICE

    signal_rules.register_own()
    register_signal_rule(CLAIMED_TWICE)
    register_daily(look_daily)
