"""Addresses of the communication plan and updates."""

from django.urls import path

from partnerships.api import communication as communication_api
from partnerships.urls.here import HERE
from partnerships.views import communication, update

PLAN = f"{HERE}communication/"
LINE = f"{PLAN}<uuid:communication_line_id>/"
UPDATE = f"{HERE}updates/<int:number>/"

space_urlpatterns = [
    path(PLAN, communication.communication, name="communication"),
    path(f"{PLAN}new/", communication.communication_line_new, name="communication_line_new"),
    path(f"{LINE}edit/", communication.communication_line_edit, name="communication_line_edit"),
    path(f"{LINE}remove/", communication.communication_line_remove, name="communication_line_remove"),
    path(f"{HERE}updates/", update.updates, name="update_list"),
    path(f"{HERE}updates/new/", update.update_new, name="update_new"),
    path(UPDATE, update.update_detail, name="update_detail"),
    path(f"{UPDATE}edit/", update.update_edit, name="update_edit"),
    path(f"{UPDATE}step/", update.update_step, name="update_step"),
    path(f"{UPDATE}correct/", update.update_correct, name="update_correct"),
]

link_urlpatterns = [path("updates/<str:token>/", update.update_stop, name="update_stop")]

api_urlpatterns = [
    path(PLAN, communication_api.CommunicationPlan.as_view(), name="api_communication"),
    path(f"{HERE}updates/", communication_api.UpdateList.as_view(), name="api_update_list"),
    path(UPDATE, communication_api.UpdateDetail.as_view(), name="api_update_detail"),
    path(f"{UPDATE}step/", communication_api.UpdateStep.as_view(), name="api_update_step"),
]
