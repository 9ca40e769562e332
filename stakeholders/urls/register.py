"""Addresses of the register."""

from django.urls import path

from stakeholders.api import stakeholder as stakeholder_api
from stakeholders.views import search, stakeholder

space_urlpatterns = [
    path("search/", search.search, name="search"),
    path("stakeholders/", stakeholder.stakeholders, name="stakeholder_list"),
    path("stakeholders/new/", stakeholder.stakeholder_new, name="stakeholder_new"),
    path("stakeholders/<uuid:stakeholder_id>/", stakeholder.stakeholder_detail, name="stakeholder_detail"),
    path("stakeholders/<uuid:stakeholder_id>/edit/", stakeholder.stakeholder_edit, name="stakeholder_edit"),
    path(
        "stakeholders/<uuid:stakeholder_id>/people/new/",
        stakeholder.stakeholder_person_new,
        name="stakeholder_person_new",
    ),
]

api_urlpatterns = [
    path("stakeholders/", stakeholder_api.StakeholderList.as_view(), name="api_stakeholder_list"),
    path(
        "stakeholders/<uuid:stakeholder_id>/",
        stakeholder_api.StakeholderDetail.as_view(),
        name="api_stakeholder_detail",
    ),
]
