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
        from partnerships.exits import register_exit_source
        from partnerships.handovers import Handover, register_handover
        from partnerships.models import ExitStep
        from partnerships.operations import kit_sections
        from partnerships.operations.handover import count_tasks, move_tasks
        from partnerships.operations.retention import AGREEMENT
        from partnerships.personal_data import register_own as register_personal_data
        from partnerships.queries import exit as leaving
        from partnerships.queries import timeline, welcome
        from partnerships.welcome import WelcomeSection, register_welcome_section
        from stakeholders.timeline import register_timeline
        from stakeholders.views.tabs import TabEntry, register_section_tab

        register_personal_data()
        register_keeping(AGREEMENT)
        register_entry(
            Entry(_("Partnerships"), "partnership_list", "handshake", order=10, permission=Permission.SEE_PARTNERSHIP)
        )
        register_section_tab(TabEntry(_("Open needs"), "open_need_list", 35))
        gates.register_own()
        kit_sections.register_own()
        for source in (timeline.membership_items, timeline.signature_items, timeline.promise_items):
            register_timeline(source)
        register_exit_source(ExitStep.Kind.TASKS, leaving.open_tasks_held)
        register_exit_source(ExitStep.Kind.PEOPLE, leaving.still_speaking)
        register_handover(Handover("tasks", _("Open tasks"), count_tasks, move_tasks))
        for section in (
            WelcomeSection("purpose", _("Why this partnership exists"), 0, welcome.purpose_lines),
            WelcomeSection("agreements", _("What is agreed"), 20, welcome.agreement_lines),
            WelcomeSection("promises", _("What your organisation promised or is asked"), 30, welcome.promise_lines),
            WelcomeSection("contacts", _("Whom to ask"), 90, welcome.contact_lines),
        ):
            register_welcome_section(section)
        _register_channels()


def _register_channels() -> None:
    """What can be talked about, what updates begin with and reach, what is worth a thank-you, sealed worries."""
    from core.access.visibility import Visibility
    from core.jobs.daily import register_daily
    from core.queries.retention import register_keeping
    from partnerships.operations.retention import WORRY
    from partnerships.operations.worry import remind_contacts
    from partnerships.queries import communication, recognition, thread
    from partnerships.thanks import register_thanks_source
    from partnerships.threads import register_thread_subject
    from partnerships.updates import Part, register_update_audience, register_update_source

    register_keeping(WORRY)
    register_daily(remind_contacts)
    register_thread_subject("task", thread.find_task)
    register_thread_subject("agreement", thread.find_agreement)
    register_update_source("finished", 10, Part.WENT_WELL, communication.finished_tasks)
    register_update_source("slipped", 10, Part.NOT_GOING_WELL, communication.slipped_tasks)
    register_update_source("coming", 10, Part.NEXT_DATES, communication.coming_tasks)
    register_update_audience(Visibility.PARTNERS, communication.partner_people)
    register_thanks_source("promises", recognition.promises_kept)
    register_thanks_source("anniversaries", recognition.anniversaries)
    register_thanks_source("quiet_work", recognition.quiet_work)
