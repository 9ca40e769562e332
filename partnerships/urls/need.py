"""Addresses of what is needed and of scouting."""

from django.urls import path

from partnerships.api import resource_need as resource_need_api
from partnerships.urls.here import HERE
from partnerships.views import resource_need, scouting

NEED = f"{HERE}needs/<uuid:resource_need_id>/"

space_urlpatterns = [
    path("stakeholders/needs/", resource_need.needs, name="open_need_list"),
    path(f"{HERE}needs/", resource_need.resource_needs, name="resource_need_list"),
    path(f"{HERE}needs/new/", resource_need.resource_need_new, name="resource_need_new"),
    path(NEED, resource_need.resource_need_detail, name="resource_need_detail"),
    path(f"{NEED}edit/", resource_need.resource_need_edit, name="resource_need_edit"),
    path(f"{NEED}move/", resource_need.resource_need_move, name="resource_need_move"),
    path(f"{HERE}scouting/", scouting.scouting, name="scouting"),
    path(f"{HERE}scouting/<uuid:stakeholder_id>/", scouting.scouting_first_steps, name="scouting_first_steps"),
]

api_urlpatterns = [
    path(f"{HERE}needs/", resource_need_api.ResourceNeedList.as_view(), name="api_resource_need_list"),
    path(NEED, resource_need_api.ResourceNeedDetail.as_view(), name="api_resource_need_detail"),
    path(f"{NEED}move/", resource_need_api.ResourceNeedMove.as_view(), name="api_resource_need_move"),
    path(
        f"{NEED}candidates/",
        resource_need_api.ResourceNeedCandidates.as_view(),
        name="api_resource_need_candidates",
    ),
    path(f"{HERE}scouting/", resource_need_api.Scouting.as_view(), name="api_scouting"),
]
