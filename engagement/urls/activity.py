"""Addresses of activities, of registering for them, and of the day itself."""

from django.urls import path

from engagement.api import activity as activity_api
from engagement.api import activity_registration as registration_api
from engagement.views import activity, activity_day, public_activity

HERE = "partnerships/<slug:slug>/activities/"
ACTIVITY = f"{HERE}<int:number>/"
REGISTRATION = f"{ACTIVITY}registrations/<uuid:registration_id>/"
PUBLIC_ACTIVITY = "<slug:slug>/activities/<int:number>/"

space_urlpatterns = [
    path(HERE, activity.activities, name="activity_list"),
    path(f"{HERE}new/", activity.activity_new, name="activity_new"),
    path(ACTIVITY, activity.activity_detail, name="activity_detail"),
    path(f"{ACTIVITY}edit/", activity.activity_edit, name="activity_edit"),
    path(f"{ACTIVITY}announce/", activity.activity_announce, name="activity_announce"),
    path(f"{ACTIVITY}held/", activity.activity_hold, name="activity_hold"),
    path(f"{ACTIVITY}summary/", activity.activity_summarise, name="activity_summarise"),
    path(f"{ACTIVITY}words/", activity.activity_quote, name="activity_quote"),
    path(
        f"{ACTIVITY}words/<uuid:activity_quote_id>/remove/",
        activity.activity_quote_remove,
        name="activity_quote_remove",
    ),
    path(f"{ACTIVITY}answer/", activity.activity_answer, name="activity_answer"),
    path(f"{ACTIVITY}close/", activity.activity_close, name="activity_close"),
    path(f"{ACTIVITY}cancel/", activity.activity_cancel, name="activity_cancel"),
    path(f"{ACTIVITY}registrations/", activity_day.activity_registrations, name="activity_registrations"),
    path(f"{REGISTRATION}accept/", activity_day.activity_registration_accept, name="activity_registration_accept"),
    path(f"{REGISTRATION}cancel/", activity_day.activity_registration_cancel, name="activity_registration_cancel"),
    path(f"{ACTIVITY}door/", activity_day.activity_door, name="activity_door"),
    path(f"{REGISTRATION}in/", activity_day.activity_check_in, name="activity_check_in"),
    path(f"{REGISTRATION}out/", activity_day.activity_check_in_undo, name="activity_check_in_undo"),
    path(f"{ACTIVITY}cards/", activity_day.activity_cards, name="activity_cards"),
]

public_urlpatterns = [
    path(PUBLIC_ACTIVITY, public_activity.public_activity, name="public_activity"),
    path(
        f"{PUBLIC_ACTIVITY}calendar/download/",
        public_activity.public_activity_calendar,
        name="public_activity_calendar",
    ),
    path(f"{PUBLIC_ACTIVITY}register/", public_activity.activity_register, name="activity_register"),
    path(f"{PUBLIC_ACTIVITY}card/", public_activity.activity_card, name="activity_card"),
]

link_urlpatterns = [
    path("activity/<str:token>/", public_activity.registration_manage, name="registration_manage"),
]

api_urlpatterns = [
    path(HERE, activity_api.ActivityList.as_view(), name="api_activity_list"),
    path(ACTIVITY, activity_api.ActivityDetail.as_view(), name="api_activity_detail"),
    path(f"{ACTIVITY}announce/", activity_api.ActivityAnnounce.as_view(), name="api_activity_announce"),
    path(f"{ACTIVITY}held/", activity_api.ActivityHold.as_view(), name="api_activity_hold"),
    path(f"{ACTIVITY}summary/", activity_api.ActivitySummary.as_view(), name="api_activity_summary"),
    path(f"{ACTIVITY}words/", activity_api.ActivityQuotes.as_view(), name="api_activity_quotes"),
    path(
        f"{ACTIVITY}words/<uuid:activity_quote_id>/",
        activity_api.ActivityQuoteDetail.as_view(),
        name="api_activity_quote",
    ),
    path(f"{ACTIVITY}answers/", activity_api.ActivityAnswers.as_view(), name="api_activity_answers"),
    path(f"{ACTIVITY}close/", activity_api.ActivityClose.as_view(), name="api_activity_close"),
    path(f"{ACTIVITY}cancel/", activity_api.ActivityCancel.as_view(), name="api_activity_cancel"),
    path(f"{ACTIVITY}registrations/", registration_api.RegistrationList.as_view(), name="api_registration_list"),
    path(f"{REGISTRATION}accept/", registration_api.RegistrationAccept.as_view(), name="api_registration_accept"),
    path(f"{REGISTRATION}cancel/", registration_api.RegistrationCancel.as_view(), name="api_registration_cancel"),
    path(f"{REGISTRATION}presence/", registration_api.RegistrationPresence.as_view(), name="api_registration_presence"),
    path(f"{ACTIVITY}cards/", registration_api.ActivityCards.as_view(), name="api_activity_cards"),
]
