"""Registration of engagement: its navigation entry and its tab inside a partnership."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EngagementConfig(AppConfig):
    """The engagement rung of the ladder."""

    name = "engagement"

    def ready(self) -> None:
        """Add navigation, tab and how long residents' addresses are kept."""
        from core.access.permissions import Permission
        from core.queries.retention import register_keeping
        from core.web.navigation import Entry, register_entry
        from engagement.operations.retention import RESIDENT_CONTACT
        from engagement.operations.survey_retention import SURVEY_FILES, SURVEY_INVITATIONS, SURVEY_WORDS
        from engagement.personal_data import register_own as register_personal_data
        from engagement.queries.agenda import themes_without_answer
        from engagement.queries.signal import RESIDENTS_WAITING
        from engagement.queries.theme_need import voices_of_need
        from goals.voices import register_voice_source
        from partnerships.agenda import register_agenda_source
        from partnerships.early_signs import register_signal_rule
        from partnerships.views.tabs import TabEntry, register_tab

        register_personal_data()
        register_signal_rule(RESIDENTS_WAITING)
        register_agenda_source(themes_without_answer)
        register_voice_source(voices_of_need)
        from engagement.queries.update import messages_answered, messages_waiting
        from partnerships.updates import Part, register_update_source

        register_update_source("messages", 50, Part.WENT_WELL, messages_answered)
        register_update_source("messages_waiting", 50, Part.NOT_GOING_WELL, messages_waiting)
        register_keeping(RESIDENT_CONTACT)
        register_keeping(SURVEY_FILES)
        register_keeping(SURVEY_INVITATIONS)
        register_keeping(SURVEY_WORDS)
        register_entry(
            Entry(_("Residents"), "inbox", "message-square-text", order=40, permission=Permission.ANSWER_RESIDENTS)
        )
        register_tab(TabEntry(_("You said, we did"), "theme_list", 40, is_more=True))
        register_tab(TabEntry(_("Surveys"), "survey_list", 42, is_folded_when_light=True, is_more=True))
