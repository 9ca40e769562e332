"""Addresses of meetings, their agendas and minutes."""

from django.urls import path

from partnerships.api import agenda as agenda_api
from partnerships.api import attendance as attendance_api
from partnerships.api import decision as decision_api
from partnerships.api import meeting as meeting_api
from partnerships.api import meeting_document as document_api
from partnerships.api import meeting_series as series_api
from partnerships.api import minutes as minutes_api
from partnerships.urls.here import HERE
from partnerships.views import agenda, meeting, meeting_link, meeting_run, meeting_series, minutes, notes_link

MEETING = f"{HERE}meetings/<int:number>/"
ITEM = f"{MEETING}agenda/<uuid:agenda_item_id>/"

space_urlpatterns = [
    path(f"{HERE}meetings/", meeting.meetings, name="meeting_list"),
    path(f"{HERE}meetings/new/", meeting.meeting_new, name="meeting_new"),
    path(f"{HERE}meetings/series/new/", meeting_series.series_new, name="meeting_series_new"),
    path(
        f"{HERE}meetings/series/<uuid:meeting_series_id>/next/",
        meeting_series.series_next,
        name="meeting_series_next",
    ),
    path(MEETING, meeting.meeting_detail, name="meeting_detail"),
    path(f"{MEETING}edit/", meeting.meeting_edit, name="meeting_edit"),
    path(f"{MEETING}invite/", meeting.meeting_invite, name="meeting_invite"),
    path(f"{MEETING}people/<uuid:attendance_id>/remove/", meeting.meeting_uninvite, name="meeting_uninvite"),
    path(f"{MEETING}schedule/", meeting.meeting_schedule, name="meeting_schedule"),
    path(f"{MEETING}notes-link/", meeting.meeting_notes_link, name="meeting_notes_link"),
    path(f"{MEETING}cancel/", meeting.meeting_cancel, name="meeting_cancel"),
    path(f"{MEETING}answer/", meeting.meeting_answer, name="meeting_answer"),
    path(f"{MEETING}agenda/", agenda.agenda, name="agenda"),
    path(f"{MEETING}agenda/suggestions/", agenda.suggestion_take, name="agenda_suggestion"),
    path(f"{MEETING}agenda/send/", agenda.agenda_send, name="agenda_send"),
    path(f"{MEETING}agenda/download/", agenda.agenda_file, name="agenda_file"),
    path(ITEM, agenda.item_edit, name="agenda_item"),
    path(f"{ITEM}move/", agenda.item_move, name="agenda_item_move"),
    path(f"{ITEM}remove/", agenda.item_remove, name="agenda_item_remove"),
    path(f"{ITEM}paper/download/", agenda.item_paper, name="agenda_item_paper"),
    path(f"{MEETING}run/", meeting_run.meeting_run, name="meeting_run"),
    path(f"{MEETING}run/presence/", meeting_run.meeting_presence, name="meeting_presence"),
    path(f"{MEETING}run/heard/", meeting_run.meeting_heard, name="meeting_heard"),
    path(f"{MEETING}run/close/", meeting_run.meeting_close, name="meeting_close"),
    path(f"{ITEM}notes/", meeting_run.item_notes, name="agenda_item_notes"),
    path(f"{ITEM}action/", meeting_run.item_action, name="agenda_item_action"),
    path(f"{ITEM}interest/", meeting_run.item_interest, name="agenda_item_interest"),
    path(f"{MEETING}minutes/", minutes.minutes_detail, name="minutes_detail"),
    path(f"{MEETING}minutes/circulate/", minutes.minutes_circulate, name="minutes_circulate"),
    path(f"{MEETING}minutes/answer/", minutes.minutes_answer, name="minutes_answer"),
    path(f"{MEETING}minutes/close/", minutes.minutes_close, name="minutes_close"),
    path(f"{MEETING}minutes/correct/", minutes.minutes_correct, name="minutes_correct"),
    path(f"{MEETING}minutes/download/", minutes.minutes_file, name="minutes_file"),
    path(f"{MEETING}heard/<uuid:heard_back_id>/", minutes.heard_answer, name="heard_answer"),
]

link_urlpatterns = [
    path("notes/<str:token>/", notes_link.notes_link, name="notes_link"),
    path("notes/<str:token>/items/", notes_link.notes_link_add, name="notes_link_add"),
    path("notes/<str:token>/items/<uuid:agenda_item_id>/", notes_link.notes_link_item, name="notes_link_item"),
    path("notes/<str:token>/people/", notes_link.notes_link_people, name="notes_link_people"),
    path("notes/<str:token>/renew/", notes_link.notes_link_renew, name="notes_link_renew"),
    path("meeting/<str:token>/", meeting_link.meeting_link, name="meeting_link"),
    path("meeting/<str:token>/renew/", meeting_link.meeting_link_renew, name="meeting_link_renew"),
    path(
        "meeting/<str:token>/papers/<uuid:agenda_item_id>/download/",
        meeting_link.meeting_link_paper,
        name="meeting_link_paper",
    ),
    path("minutes/<str:token>/", meeting_link.minutes_link, name="minutes_link"),
    path("minutes/<str:token>/document/download/", meeting_link.minutes_link_pdf, name="minutes_link_pdf"),
    path("minutes/<str:token>/renew/", meeting_link.minutes_link_renew, name="minutes_link_renew"),
    path("minutes/<str:token>/heard/<uuid:heard_back_id>/", meeting_link.minutes_link_heard, name="minutes_link_heard"),
]

api_urlpatterns = [
    path(f"{HERE}meetings/", meeting_api.MeetingList.as_view(), name="api_meeting_list"),
    path(f"{HERE}meetings/voices/", meeting_api.MeetingVoices.as_view(), name="api_meeting_voices"),
    path(f"{HERE}meetings/series/", series_api.MeetingSeriesList.as_view(), name="api_meeting_series_list"),
    path(
        f"{HERE}meetings/series/<uuid:meeting_series_id>/next/",
        series_api.MeetingSeriesNext.as_view(),
        name="api_meeting_series_next",
    ),
    path(MEETING, meeting_api.MeetingDetail.as_view(), name="api_meeting_detail"),
    path(f"{MEETING}schedule/", meeting_api.MeetingSchedule.as_view(), name="api_meeting_schedule"),
    path(f"{MEETING}notes-link/", meeting_api.MeetingNotesLink.as_view(), name="api_meeting_notes_link"),
    path(f"{MEETING}cancel/", meeting_api.MeetingCancel.as_view(), name="api_meeting_cancel"),
    path(f"{MEETING}close/", meeting_api.MeetingClose.as_view(), name="api_meeting_close"),
    path(f"{MEETING}people/", attendance_api.MeetingPeople.as_view(), name="api_meeting_people"),
    path(f"{MEETING}people/<uuid:attendance_id>/", attendance_api.MeetingPerson.as_view(), name="api_meeting_person"),
    path(f"{MEETING}answer/", attendance_api.MeetingAnswer.as_view(), name="api_meeting_answer"),
    path(f"{MEETING}presence/", attendance_api.MeetingPresence.as_view(), name="api_meeting_presence"),
    path(f"{MEETING}heard/", attendance_api.HeardBackList.as_view(), name="api_heard_list"),
    path(
        f"{MEETING}heard/<uuid:heard_back_id>/answer/",
        attendance_api.HeardBackAnswer.as_view(),
        name="api_heard_answer",
    ),
    path(f"{MEETING}agenda/", agenda_api.AgendaList.as_view(), name="api_agenda"),
    path(f"{MEETING}agenda/suggestions/", agenda_api.AgendaSuggestions.as_view(), name="api_agenda_suggestions"),
    path(f"{MEETING}agenda/send/", agenda_api.AgendaSend.as_view(), name="api_agenda_send"),
    path(f"{MEETING}agenda/document/", document_api.AgendaDocument.as_view(), name="api_agenda_document"),
    path(
        f"{MEETING}agenda/document/download/",
        document_api.AgendaDocumentFile.as_view(),
        name="api_agenda_document_file",
    ),
    path(ITEM, agenda_api.AgendaItemDetail.as_view(), name="api_agenda_item"),
    path(f"{ITEM}move/", agenda_api.AgendaItemMove.as_view(), name="api_agenda_item_move"),
    path(f"{ITEM}paper/", agenda_api.AgendaItemPaper.as_view(), name="api_agenda_item_paper"),
    path(f"{ITEM}notes/", agenda_api.AgendaItemNotes.as_view(), name="api_agenda_item_notes"),
    path(f"{ITEM}actions/", agenda_api.AgendaItemActions.as_view(), name="api_agenda_item_actions"),
    path(f"{ITEM}interests/", attendance_api.AgendaItemInterests.as_view(), name="api_agenda_item_interests"),
    path(f"{ITEM}decisions/", decision_api.AgendaItemDecisions.as_view(), name="api_agenda_item_decisions"),
    path(f"{MEETING}minutes/", minutes_api.MinutesDetail.as_view(), name="api_minutes"),
    path(f"{MEETING}minutes/draft/", minutes_api.MinutesDraft.as_view(), name="api_minutes_draft"),
    path(f"{MEETING}minutes/circulate/", minutes_api.MinutesCirculate.as_view(), name="api_minutes_circulate"),
    path(f"{MEETING}minutes/answer/", minutes_api.MinutesAnswer.as_view(), name="api_minutes_answer"),
    path(f"{MEETING}minutes/close/", minutes_api.MinutesClose.as_view(), name="api_minutes_close"),
    path(f"{MEETING}minutes/corrections/", minutes_api.MinutesCorrections.as_view(), name="api_minutes_corrections"),
    path(f"{MEETING}minutes/document/", document_api.MinutesDocument.as_view(), name="api_minutes_document"),
    path(
        f"{MEETING}minutes/document/download/",
        document_api.MinutesDocumentFile.as_view(),
        name="api_minutes_document_file",
    ),
]
