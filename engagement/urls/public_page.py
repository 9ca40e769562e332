"""Addresses of the pages everybody may read."""

from django.urls import path

from engagement.api import public_settings as settings_api
from engagement.api import public_text as text_api
from engagement.views import (
    embedded,
    public_about,
    public_feeds,
    public_goal,
    public_page,
    public_phrase,
    public_settings,
    public_text,
    sharing,
)

space_urlpatterns = [
    path("settings/public/", public_settings.public_settings_edit, name="public_settings"),
    path("partnerships/<slug:slug>/residents/share/", sharing.share, name="feedback_share"),
    path("partnerships/<slug:slug>/languages/", public_text.public_texts, name="public_text_list"),
    path(
        "partnerships/<slug:slug>/languages/<slug:language_code>/",
        public_text.public_text_edit,
        name="public_text_edit",
    ),
    path(
        "partnerships/<slug:slug>/languages/<slug:language_code>/remove/",
        public_text.public_text_remove,
        name="public_text_remove",
    ),
    path(
        "partnerships/<slug:slug>/languages/<slug:language_code>/texts/<slug:sheet_name>/",
        public_phrase.public_phrases,
        name="public_phrases",
    ),
]

public_urlpatterns = [
    path("", public_page.public_space, name="public_space"),
    path("worker.js", public_page.public_worker, name="public_worker"),
    path("about/contact/", public_about.public_contact, name="public_contact"),
    path("about/privacy/", public_about.public_privacy, name="public_privacy"),
    path("about/accessibility/", public_about.public_accessibility, name="public_accessibility"),
    path("<slug:slug>/", public_page.public_page, name="public_page"),
    path("<slug:slug>/in/<slug:language_code>/", public_text.public_text, name="public_text"),
    path("<slug:slug>/calendar/", public_feeds.public_calendar, name="public_calendar"),
    path("<slug:slug>/calendar.ics", public_feeds.public_calendar_file, name="public_calendar_file"),
    path("<slug:slug>/feed.xml", public_feeds.public_feed, name="public_feed"),
    path("<slug:slug>/embed/form/", embedded.feedback_embedded, name="feedback_embedded"),
    path("<slug:slug>/embed/figures/", embedded.figures_embedded, name="figures_embedded"),
    path("<slug:slug>/goals/<int:number>/", public_goal.public_goal, name="public_goal"),
]

_LANGUAGE = "partnerships/<slug:slug>/languages/<slug:language_code>/"

api_urlpatterns = [
    path("settings/public/", settings_api.PublicSettingsDetail.as_view(), name="api_public_settings"),
    path("partnerships/<slug:slug>/languages/", text_api.PublicTextList.as_view(), name="api_public_text_list"),
    path(_LANGUAGE, text_api.PublicTextDetail.as_view(), name="api_public_text"),
    path(f"{_LANGUAGE}phrases/", text_api.PublicPhrases.as_view(), name="api_public_phrases"),
]
