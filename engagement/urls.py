"""Addresses of engagement."""

from django.urls import path

from engagement.api import submission as submission_api
from engagement.api import theme as theme_api
from engagement.api import theme_need as theme_need_api
from engagement.views import feedback, public_goal, public_page, submission, theme, theme_need

space_urlpatterns = [
    path("residents/", submission.inbox, name="inbox"),
    path("residents/<uuid:submission_id>/", submission.submission_detail, name="submission_detail"),
    path("residents/<uuid:submission_id>/read/", submission.submission_read, name="submission_read"),
    path("residents/<uuid:submission_id>/reply/", submission.submission_reply, name="submission_reply"),
    path("residents/<uuid:submission_id>/theme/", submission.submission_file, name="submission_file"),
    path("residents/<uuid:submission_id>/close/", submission.submission_close, name="submission_close"),
    path("residents/<uuid:submission_id>/spam/", submission.submission_spam, name="submission_spam"),
    path("residents/<uuid:submission_id>/reopen/", submission.submission_reopen, name="submission_reopen"),
    path("partnerships/<slug:slug>/said/", theme.themes, name="theme_list"),
    path("partnerships/<slug:slug>/said/new/", theme.theme_new, name="theme_new"),
    path("partnerships/<slug:slug>/said/<uuid:theme_id>/", theme.theme_detail, name="theme_detail"),
    path("partnerships/<slug:slug>/said/<uuid:theme_id>/edit/", theme.theme_edit, name="theme_edit"),
    path("partnerships/<slug:slug>/said/<uuid:theme_id>/publish/", theme.theme_publish, name="theme_publish"),
    path("partnerships/<slug:slug>/said/<uuid:theme_id>/unpublish/", theme.theme_unpublish, name="theme_unpublish"),
    path("partnerships/<slug:slug>/said/<uuid:theme_id>/needs/", theme_need.theme_needs, name="theme_needs"),
]

api_urlpatterns = [
    path("themes/", theme_api.ThemeList.as_view(), name="api_theme_list"),
    path("themes/<uuid:theme_id>/", theme_api.ThemeDetail.as_view(), name="api_theme_detail"),
    path("themes/<uuid:theme_id>/needs/", theme_need_api.ThemeNeeds.as_view(), name="api_theme_needs"),
    path("submissions/", submission_api.SubmissionList.as_view(), name="api_submission_list"),
    path("submissions/<uuid:submission_id>/", submission_api.SubmissionDetail.as_view(), name="api_submission_detail"),
    path(
        "submissions/<uuid:submission_id>/replies/",
        submission_api.SubmissionReplies.as_view(),
        name="api_submission_replies",
    ),
]

public_urlpatterns = [
    path("", public_page.public_space, name="public_space"),
    path("follow/", feedback.feedback_status, name="feedback_status"),
    path("follow/withdraw/", feedback.feedback_withdraw, name="feedback_withdraw"),
    path("follow/no-mail/", feedback.feedback_contact_forget, name="feedback_contact_forget"),
    path("<slug:slug>/", public_page.public_page, name="public_page"),
    path("<slug:slug>/goals/<int:number>/", public_goal.public_goal, name="public_goal"),
    path("<slug:slug>/feedback/", feedback.feedback_new, name="feedback_new"),
]

link_urlpatterns = [
    path("feedback/stop/<str:token>/", feedback.feedback_contact_stop, name="feedback_contact_stop"),
]
