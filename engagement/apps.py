"""Registration of engagement: its navigation entry and its tab inside a partnership."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EngagementConfig(AppConfig):
    """The engagement rung of the ladder."""

    name = "engagement"

    def ready(self) -> None:
        """Add navigation, tab and how long residents' addresses are kept."""
        from core.access.permissions import Permission
        from core.jobs.daily import register_daily
        from core.jobs.hourly import register_hourly
        from core.queries.retention import register_keeping
        from core.web.navigation import Entry, register_entry
        from engagement.operations.loop import record_loop_figures
        from engagement.operations.retention import RESIDENT_CONTACT
        from engagement.operations.submission import close_settled_submissions
        from engagement.operations.survey import close_ended_surveys
        from engagement.operations.survey_retention import SURVEY_FILES, SURVEY_INVITATIONS, SURVEY_WORDS
        from engagement.operations.theme import reopen_due_themes
        from engagement.operations.theme_hearer import tell_residents
        from engagement.operations.urgent_notice import has_urgent_news, write_urgent_notices
        from engagement.personal_data import register_own as register_personal_data
        from engagement.queries.agenda import themes_without_answer
        from engagement.queries.signal import RESIDENTS_WAITING, SHIFTS_EMPTY
        from engagement.queries.theme_hearer import residents_to_write_to
        from engagement.queries.theme_need import voices_of_need
        from goals.hearers import Hearers, register_hearers
        from goals.voices import register_voice_source
        from partnerships.agenda import register_agenda_source
        from partnerships.early_signs import register_signal_rule
        from partnerships.views.tabs import TabEntry, register_tab

        register_personal_data()
        register_signal_rule(RESIDENTS_WAITING)
        register_signal_rule(SHIFTS_EMPTY)
        register_agenda_source(themes_without_answer)
        register_voice_source(voices_of_need)
        register_hearers(Hearers(residents_to_write_to, tell_residents))
        _register_activities()
        _register_volunteering()
        _register_social()
        _register_kit()
        from engagement.queries.update import messages_answered, messages_waiting
        from partnerships.updates import Part, register_update_source

        register_update_source("messages", 50, Part.WENT_WELL, messages_answered)
        register_update_source("messages_waiting", 50, Part.NOT_GOING_WELL, messages_waiting)
        register_keeping(RESIDENT_CONTACT)
        register_hourly(write_urgent_notices, is_needed=has_urgent_news)
        register_daily(reopen_due_themes)
        register_daily(close_settled_submissions)
        register_daily(close_ended_surveys)
        register_daily(record_loop_figures)
        register_keeping(SURVEY_FILES)
        register_keeping(SURVEY_INVITATIONS)
        register_keeping(SURVEY_WORDS)
        register_entry(
            Entry(_("Residents"), "inbox", "message-square-text", order=40, permission=Permission.ANSWER_RESIDENTS)
        )
        register_tab(TabEntry(_("You said, we did"), "theme_list", 40, is_more=True))
        register_tab(TabEntry(_("Surveys"), "survey_list", 42, is_folded_when_light=True, is_more=True))


def _register_activities() -> None:
    from core.jobs.daily import register_daily
    from core.operations.mail import register_mail_check
    from core.queries.retention import register_keeping
    from engagement.operations.activity_day import forget_access_needs, remind_registered
    from engagement.operations.activity_mail import KIND, is_still_wanted
    from engagement.operations.activity_retention import ACTIVITY_CONTACTS
    from engagement.queries.activity_calendar import activity_entries
    from engagement.queries.public_promise import promises_of_activities
    from partnerships.calendar_sources import register_calendar_source
    from partnerships.views.tabs import TabEntry, register_tab
    from stakeholders.promises import register_promise_source

    register_mail_check(KIND, is_still_wanted)
    register_promise_source(promises_of_activities)
    register_daily(remind_registered)
    register_daily(forget_access_needs)
    register_keeping(ACTIVITY_CONTACTS)
    register_calendar_source(activity_entries)
    register_tab(TabEntry(_("Activities"), "activity_list", 36, is_more=True))


def _register_volunteering() -> None:
    from core.jobs.daily import register_daily
    from core.queries.retention import register_keeping
    from engagement.operations.volunteer_mail import remind_volunteers
    from engagement.operations.volunteer_retention import CONCERNS, VOLUNTEER_FILES
    from engagement.queries.leaving import named_in_public, volunteers_hosted
    from partnerships.exits import register_exit_source
    from partnerships.models import ExitStep
    from partnerships.views.tabs import TabEntry, register_tab

    register_exit_source(ExitStep.Kind.DATA, volunteers_hosted)
    register_exit_source(ExitStep.Kind.LOGO, named_in_public)
    register_daily(remind_volunteers)
    register_keeping(VOLUNTEER_FILES)
    register_keeping(CONCERNS)
    register_tab(TabEntry(_("Volunteering"), "opportunity_list", 38, is_folded_when_light=True, is_more=True))


def _register_social() -> None:
    from core.jobs.daily import register_daily
    from core.queries.retention import register_keeping
    from engagement.operations.picture_consent import PICTURE_CONSENTS, end_expired_consents
    from engagement.queries.post_calendar import post_entries
    from engagement.queries.social_plan import plans_to_review
    from partnerships.agenda import register_agenda_source
    from partnerships.calendar_sources import register_calendar_source
    from partnerships.views.tabs import TabEntry, register_tab

    register_keeping(PICTURE_CONSENTS)
    register_daily(end_expired_consents)
    register_calendar_source(post_entries)
    register_agenda_source(plans_to_review)
    register_tab(TabEntry(_("Social media"), "post_list", 39, is_folded_when_light=True, is_more=True))


def _register_kit() -> None:
    from engagement.operations.kit import apply_activities, move_activity_dates
    from engagement.queries.kit_capture import SECTION, capture_activities
    from partnerships.kit_sections import KitSection, none_of_ours, register_kit_section

    words = _("Activities with residents")
    register_kit_section(
        KitSection(SECTION, words, 45, none_of_ours, apply_activities, capture_activities, move=move_activity_dates)
    )
