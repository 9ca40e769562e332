"""Addresses of requests for records out of sight."""

from django.urls import path

from stakeholders.api import register_request as request_api
from stakeholders.views import register_request

ONE = "stakeholders/requests/<uuid:register_request_id>/"

space_urlpatterns = [
    path("stakeholders/requests/", register_request.request_list, name="register_request_list"),
    path("stakeholders/requests/new/", register_request.request_new, name="register_request_new"),
    path(ONE, register_request.request_answer, name="register_request_answer"),
]

api_urlpatterns = [
    path("register-requests/", request_api.RegisterRequestList.as_view(), name="api_register_request_list"),
    path(
        "register-requests/<uuid:register_request_id>/answer/",
        request_api.RegisterRequestAnswer.as_view(),
        name="api_register_request_answer",
    ),
]
