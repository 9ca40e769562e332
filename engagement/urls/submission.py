"""Addresses of residents' messages."""

from django.urls import path

from engagement.api import answer_template as template_api
from engagement.api import submission as submission_api
from engagement.api import submission_part as part_api
from engagement.api import told_message as told_api
from engagement.api import triage as triage_api
from engagement.api import triage_many as many_api
from engagement.views import answer_template, feedback, inbox, submission, submission_photo, told_message, triage

_MESSAGE = "submissions/<uuid:submission_id>/"

space_urlpatterns = [
    path("residents/", inbox.inbox, name="inbox"),
    path("residents/<uuid:submission_id>/", submission.submission_detail, name="submission_detail"),
    path("residents/<uuid:submission_id>/read/", submission.submission_read, name="submission_read"),
    path("residents/<uuid:submission_id>/reply/", submission.submission_reply, name="submission_reply"),
    path("residents/<uuid:submission_id>/theme/", submission.submission_file, name="submission_file"),
    path(
        "residents/<uuid:submission_id>/photo/<uuid:photo_id>/",
        submission_photo.submission_photo,
        name="submission_photo",
    ),
    path(
        "residents/<uuid:submission_id>/photo/<uuid:photo_id>/review/",
        submission_photo.photo_review,
        name="photo_review",
    ),
    path(
        "residents/<uuid:submission_id>/theme/<uuid:theme_id>/remove/",
        submission.submission_unfile,
        name="submission_unfile",
    ),
    path("residents/<uuid:submission_id>/join/", triage.submission_merge, name="submission_merge"),
    path("residents/<uuid:submission_id>/take-out/", triage.submission_split, name="submission_split"),
    path("residents/<uuid:submission_id>/give/", triage.submission_assign, name="submission_assign"),
    path("residents/<uuid:submission_id>/refer/", triage.submission_refer, name="submission_refer"),
    path("residents/<uuid:submission_id>/about/", triage.submission_about, name="submission_about"),
    path("residents/<uuid:submission_id>/close/", submission.submission_close, name="submission_close"),
    path("residents/<uuid:submission_id>/spam/", submission.submission_spam, name="submission_spam"),
    path("residents/<uuid:submission_id>/reopen/", submission.submission_reopen, name="submission_reopen"),
    path("partnerships/<slug:slug>/residents/enter/", told_message.message_enter, name="message_enter"),
    path("residents/sentences/", answer_template.templates, name="answer_template_list"),
    path("residents/sentences/new/", answer_template.template_new, name="answer_template_new"),
    path("residents/sentences/<uuid:template_id>/", answer_template.template_edit, name="answer_template_edit"),
    path(
        "residents/sentences/<uuid:template_id>/remove/", answer_template.template_remove, name="answer_template_remove"
    ),
]

api_urlpatterns = [
    path("submissions/", submission_api.SubmissionList.as_view(), name="api_submission_list"),
    path("submissions/many/", many_api.SubmissionsMany.as_view(), name="api_submissions_many"),
    path("submissions/<uuid:submission_id>/", submission_api.SubmissionDetail.as_view(), name="api_submission_detail"),
    path("submissions/<uuid:submission_id>/acts/", triage_api.SubmissionActs.as_view(), name="api_submission_acts"),
    path("partnerships/<slug:slug>/told/", told_api.ToldMessages.as_view(), name="api_told_messages"),
    path(
        "submissions/<uuid:submission_id>/replies/",
        submission_api.SubmissionReplies.as_view(),
        name="api_submission_replies",
    ),
    path(f"{_MESSAGE}additions/", part_api.SubmissionAdditions.as_view(), name="api_submission_additions"),
    path(f"{_MESSAGE}photos/", part_api.SubmissionPhotos.as_view(), name="api_submission_photos"),
    path(f"{_MESSAGE}photos/<uuid:photo_id>/", part_api.SubmissionPhotoDetail.as_view(), name="api_submission_photo"),
    path("residents/sentences/", template_api.AnswerTemplateList.as_view(), name="api_answer_template_list"),
    path(
        "residents/sentences/<uuid:template_id>/",
        template_api.AnswerTemplateDetail.as_view(),
        name="api_answer_template",
    ),
]

public_urlpatterns = [
    path("photo/<uuid:photo_id>/", submission_photo.public_photo, name="public_photo"),
    path("follow/", feedback.feedback_status, name="feedback_status"),
    path("follow/add/", feedback.feedback_add, name="feedback_add"),
    path("follow/withdraw/", feedback.feedback_withdraw, name="feedback_withdraw"),
    path("follow/photo/", feedback.feedback_photo, name="feedback_photo"),
    path("follow/no-mail/", feedback.feedback_contact_forget, name="feedback_contact_forget"),
    path("<slug:slug>/feedback/", feedback.feedback_new, name="feedback_new"),
]

link_urlpatterns = [
    path("feedback/stop/<str:token>/", feedback.feedback_contact_stop, name="feedback_contact_stop"),
]
