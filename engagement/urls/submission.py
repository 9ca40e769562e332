"""Addresses of residents' messages."""

from django.urls import path

from engagement.api import submission as submission_api
from engagement.views import feedback, submission

space_urlpatterns = [
    path("residents/", submission.inbox, name="inbox"),
    path("residents/<uuid:submission_id>/", submission.submission_detail, name="submission_detail"),
    path("residents/<uuid:submission_id>/read/", submission.submission_read, name="submission_read"),
    path("residents/<uuid:submission_id>/reply/", submission.submission_reply, name="submission_reply"),
    path("residents/<uuid:submission_id>/theme/", submission.submission_file, name="submission_file"),
    path("residents/<uuid:submission_id>/close/", submission.submission_close, name="submission_close"),
    path("residents/<uuid:submission_id>/spam/", submission.submission_spam, name="submission_spam"),
    path("residents/<uuid:submission_id>/reopen/", submission.submission_reopen, name="submission_reopen"),
]

api_urlpatterns = [
    path("submissions/", submission_api.SubmissionList.as_view(), name="api_submission_list"),
    path("submissions/<uuid:submission_id>/", submission_api.SubmissionDetail.as_view(), name="api_submission_detail"),
    path(
        "submissions/<uuid:submission_id>/replies/",
        submission_api.SubmissionReplies.as_view(),
        name="api_submission_replies",
    ),
]

public_urlpatterns = [
    path("follow/", feedback.feedback_status, name="feedback_status"),
    path("follow/withdraw/", feedback.feedback_withdraw, name="feedback_withdraw"),
    path("follow/no-mail/", feedback.feedback_contact_forget, name="feedback_contact_forget"),
    path("<slug:slug>/feedback/", feedback.feedback_new, name="feedback_new"),
]

link_urlpatterns = [
    path("feedback/stop/<str:token>/", feedback.feedback_contact_stop, name="feedback_contact_stop"),
]
