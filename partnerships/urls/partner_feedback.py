"""Addresses of what partners say of working together."""

from django.urls import path

from partnerships.api import partner_feedback as feedback_api
from partnerships.urls.here import HERE
from partnerships.views import partner_feedback

ONE = f"{HERE}together/<uuid:partner_feedback_id>/"

space_urlpatterns = [
    path(f"{HERE}together/", partner_feedback.partner_feedback, name="partner_feedback_list"),
    path(f"{HERE}together/new/", partner_feedback.partner_feedback_new, name="partner_feedback_new"),
    path(f"{ONE}answer/", partner_feedback.partner_feedback_answer, name="partner_feedback_answer"),
]

api_urlpatterns = [
    path(f"{HERE}together/", feedback_api.FeedbackList.as_view(), name="api_partner_feedback_list"),
    path(f"{ONE}answer/", feedback_api.FeedbackAnswer.as_view(), name="api_partner_feedback_answer"),
]
